"""`/sitemap.xml`: every public page, its languages and its film (sitemaps.org, and Google's video extension).

Three queries whatever the number of pages. Above `MOST` addresses it becomes an index of parts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from common import addresses

from .metadata import alternates

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST = 5000

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Film:
    """A film on a page; addresses are on this site."""

    title: str
    description: str
    thumbnail: str
    content: str
    published: dt.date
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the map; `path` and `versions` are on this site."""

    path: str
    changed: dt.datetime | None = None
    versions: Mapping[str, str] | None = None
    film: Film | None = None


_more: list[Callable[[], Iterable[Address]]] = []
_films: list[Callable[[], Mapping[int, Film]]] = []


def register_addresses(addresses_of: Callable[[], Iterable[Address]]) -> None:
    """Add public addresses that are not pages of the tree."""
    _more.append(addresses_of)


def register_films(films: Callable[[], Mapping[int, Film]]) -> None:
    """Say which pages have a film, by page id, in one query."""
    _films.append(films)


def page_addresses() -> list[Address]:
    """Every live page that everybody may read, in the order of the tree."""
    rows = (
        Page.objects.live()
        .public()
        .filter(alias_of=None, depth__gt=1)
        .order_by("path")
        .values_list("pk", "url_path", "locale_id", "translation_key", "last_published_at")
    )
    codes = addresses.locale_codes()
    films = {pk: film for find in _films for pk, film in find().items()}
    found = []
    versions: dict[object, dict[str, str]] = {}
    for pk, url_path, locale_id, key, changed in rows:
        path = addresses.path_for(url_path, locale_id)
        if path:
            versions.setdefault(key, {})[codes[locale_id]] = path
            found.append((pk, path, key, changed))
    return [Address(path, changed, versions[key], films.get(pk)) for pk, path, key, changed in found]


def all_addresses() -> list[Address]:
    """Pages, then what else is public."""
    return [*page_addresses(), *(address for find in _more for address in find())]


def write_film(film: Film) -> str:
    """The video entry of a page."""
    fields = {
        "thumbnail_loc": addresses.absolute(film.thumbnail),
        "title": film.title,
        "description": film.description,
        "content_loc": addresses.absolute(film.content),
        "duration": film.seconds,
        "publication_date": film.published.isoformat(),
    }
    inner = "".join(
        f"<video:{name}>{escape(str(value))}</video:{name}>" for name, value in fields.items() if value
    )
    return f"<video:video>{inner}</video:video>"


def write_address(address: Address) -> str:
    """One `<url>` element."""
    parts = [f"<loc>{escape(addresses.absolute(address.path))}</loc>"]
    if address.changed:
        parts.append(f"<lastmod>{address.changed.isoformat(timespec='seconds')}</lastmod>")
    parts += [
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>'
        for language, url in alternates(address.versions or {})
    ]
    if address.film:
        parts.append(write_film(address.film))
    return f"<url>{''.join(parts)}</url>\n"


def write_map(found: Iterable[Address]) -> str:
    """A map of addresses."""
    return f"{DECLARATION}<urlset {NAMESPACES}>\n{''.join(map(write_address, found))}</urlset>\n"


def write_index(found: list[Address]) -> str:
    """The index of the parts, each with the moment its latest page changed."""
    parts = []
    for number, start in enumerate(range(0, len(found), MOST), start=1):
        changes = [address.changed for address in found[start : start + MOST] if address.changed]
        lastmod = f"<lastmod>{max(changes).isoformat(timespec='seconds')}</lastmod>" if changes else ""
        parts.append(
            f"<sitemap><loc>{addresses.absolute(f'/sitemap-{number}.xml')}</loc>{lastmod}</sitemap>\n"
        )
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f"{DECLARATION}<sitemapindex {namespace}>\n{''.join(parts)}</sitemapindex>\n"


def respond(text: str) -> HttpResponse:
    """An XML answer that is not itself a search result."""
    return HttpResponse(
        text, content_type="application/xml; charset=utf-8", headers={"X-Robots-Tag": "noindex"}
    )


@require_safe
def serve_sitemap(_request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the map, or the index of its parts."""
    found = all_addresses()
    return respond(write_map(found) if len(found) <= MOST else write_index(found))


@require_safe
def serve_part(_request: HttpRequest, number: int) -> HttpResponse:
    """`/sitemap-2.xml`: a part of a large map. Raises Http404 beyond the last."""
    found = all_addresses()
    part = found[(number - 1) * MOST : number * MOST] if number and len(found) > MOST else []
    if not part:
        raise Http404
    return respond(write_map(part))
