"""Addresses. Path words stay French in every language; French stands at the root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from common import appearance, files, health, routing
from common.open_data.urls import api_urls, list_urls
from common.web import feeds, robots, sitemaps
from events import ical

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("fichiers/<path:name>", files.serve_private, name="private_file"),
    path("media/<path:name>", files.serve_public, name="public_file"),
    path("documents/", include(wagtaildocs_urls)),
    path("apparence/", appearance.choose, name="appearance"),
    path("admin/", include(wagtailadmin_urls)),
    path("robots.txt", robots.serve_robots, name="robots"),
    path("sitemap.xml", sitemaps.serve_sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.serve_part, name="sitemap_part"),
    *api_urls(),
]

handler400 = "common.web.errors.bad_request"
handler403 = "common.web.errors.forbidden"
handler404 = "common.web.errors.not_found"
handler429 = "members.joining.views.too_many_requests"
handler500 = "common.web.errors.server_error"

# A section of the tree, whatever its words: the file belongs to the list or the event at that address.
SECTION = r"^(?P<section>(?:[\w\-]+/)+)"

if settings.STYLEGUIDE:
    from common.styleguide import show

    urlpatterns.append(path("styleguide/", show, name="styleguide"))

DEMO_ONLY = [path("demo/courriels/", include("common.demo_mail"))] if settings.DEMO else []

urlpatterns += i18n_patterns(
    *DEMO_ONLY,
    path("", include("members.urls")),
    path("", include("toolbox.urls")),
    path("recherche/", include("search.urls")),
    re_path(rf"{SECTION}flux\.atom$", feeds.serve_feed, name="feed"),
    re_path(rf"{SECTION}calendrier\.ics$", ical.serve_calendar, name="calendar"),
    re_path(rf"{SECTION}evenement\.ics$", ical.serve_event, name="event_calendar"),
    *list_urls(SECTION),
    re_path(r"^((?:[\w\-]+/)*)$", routing.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
