"""Atom feeds (RFC 4287): the latest pages of a section, at the address of its list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from common import addresses
from common.generation import per_generation
from common.routing import find_page, has_restrictions

from . import structured

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from common.pages import BasePage

FILE = "flux.atom"
MOST = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in a feed. Moments are aware."""

    key: str
    title: str
    path: str
    summary: str
    published: dt.datetime
    updated: dt.datetime
    categories: Sequence[str] = ()


@dataclass(frozen=True)
class FeedSource:
    """The feed of a section: which list it belongs to, and its latest pages in a language."""

    index: type[BasePage]
    latest: Callable[[int], Sequence[Entry]]
    title: str | _StrPromise
    # Other files at the same address: name, media type and title.
    files: Sequence[tuple[str, str, str | _StrPromise]] = field(default=())


@dataclass(frozen=True, slots=True)
class Link:
    """A file that a reader may subscribe to."""

    path: str
    media_type: str
    title: str


_sources: dict[type[Page], FeedSource] = {}


def register_feed(source: FeedSource) -> None:
    """Add the feed of a section; a list has one."""
    _sources[source.index] = source


@per_generation
def feed_links(language: str) -> list[Link]:
    """The feeds of a language, in the order they were registered. The language must be active."""
    types = {ContentType.objects.get_for_model(model).pk: model for model in _sources}
    locale_id = addresses.locale_ids().get(language)
    pages = Page.objects.live().public().filter(locale_id=locale_id, content_type__in=types, alias_of=None)
    by_model = {types[page.content_type_id]: page for page in pages.order_by("-path")}
    links = []
    for model, source in _sources.items():
        if model in by_model:
            section = addresses.path_of(by_model[model])
            links.append(Link(section + FILE, "application/atom+xml", str(source.title)))
            links.extend(Link(section + name, kind, str(title)) for name, kind, title in source.files)
    return links


def public_page(path: str) -> Page:
    """The live page at a path of the active language that everybody may read. Raises Http404."""
    page = find_page(get_language() or "", path)
    if page is None or (has_restrictions() and page.get_view_restrictions().exists()):
        raise Http404
    return page


def identifier(key: str, language: str) -> str:
    """A name that stays when an address changes (RFC 4151)."""
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},2026:{language}/{key}"


def write_feed(source: FeedSource, page: Page) -> bytes:
    """The feed as an XML document."""
    language = addresses.language_of(page)
    section = addresses.absolute(addresses.path_of(page))
    feed = Atom1Feed(
        title=f"{settings.WAGTAIL_SITE_NAME} – {source.title}",
        link=section,
        description="",
        subtitle=getattr(page, "summary", "") or None,
        language=language,
        feed_url=section + FILE,
        feed_guid=identifier(str(page.translation_key), language),
        author_name=structured.organisation()["name"],
    )
    for entry in source.latest(page.locale_id):
        feed.add_item(
            title=entry.title,
            link=addresses.absolute(entry.path),
            description=entry.summary,
            unique_id=identifier(entry.key, language),
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.categories,
        )
    return feed.writeString("utf-8").encode()


@require_safe
def serve_feed(_request: HttpRequest, section: str) -> HttpResponse:
    """The feed of the list at `section`."""
    page = public_page(section)
    source = _sources.get(type(page))
    if source is None:
        raise Http404(_("This section has no feed."))
    return HttpResponse(write_feed(source, page), content_type="application/atom+xml; charset=utf-8")
