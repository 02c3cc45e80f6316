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
]

if settings.STYLEGUIDE:
    from common.styleguide import show

    urlpatterns.append(path("styleguide/", show, name="styleguide"))

urlpatterns += i18n_patterns(
    path("compte/", include("allauth.urls")),
    re_path(r"^((?:[\w\-]+/)*)$", routing.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
