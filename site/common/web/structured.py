"""JSON-LD (schema.org): what a page is, for those who do not read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from common.addresses import absolute, language_of, path_of, roots
from common.generation import per_generation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from common.pages import BasePage

    Data = dict[str, Any]

ORGANISATION_ID = "/#association"
SITE_ID = "/#site"
# In a JSON string these mean the same as the characters, and no longer end a script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

_describe_organisation: Callable[[], Data] | None = None


def register_organisation(describe: Callable[[], Data]) -> None:
    """The room that holds the association's name and address says how it is described."""
    global _describe_organisation  # noqa: PLW0603
    _describe_organisation = describe


@per_generation
def organisation() -> Data:
    """The association behind the site. Shared: never change it."""
    described = _describe_organisation() if _describe_organisation else {"name": settings.WAGTAIL_SITE_NAME}
    return {"@type": "Organization", "@id": absolute(ORGANISATION_ID), **described}


def organisation_reference() -> Data:
    """A pointer to the association, described once in every page."""
    return {"@id": absolute(ORGANISATION_ID)}


@per_generation
def website(language: str) -> Data:
    """The site in one language, and how to search it. Shared: never change it."""
    root = roots().get(language)
    home = absolute(root.prefix if root else "/")
    return {
        "@type": "WebSite",
        "@id": absolute(SITE_ID),
        "name": settings.WAGTAIL_SITE_NAME,
        "url": home,
        "inLanguage": language,
        "publisher": organisation_reference(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{home}recherche/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb_list(trail: Sequence[tuple[str, str]]) -> Data:
    """A breadcrumb from title and path of each page, the home page first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": absolute(path)}
            for position, (title, path) in enumerate(trail, start=1)
        ],
    }


def article(page: BasePage, published: dt.date, image: str = "") -> Data:
    """A page that one reads from top to bottom. `image` is an address on this site."""
    url = absolute(path_of(page))
    data: Data = {
        "@type": "Article",
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        "headline": page.title,
        "description": page.share_description,
        "inLanguage": language_of(page),
        "datePublished": published.isoformat(),
        "author": organisation_reference(),
        "publisher": organisation_reference(),
    }
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.isoformat()
    if image:
        data["image"] = absolute(image)
    return data


def script(objects: Sequence[Data]) -> SafeString:
    """One script element that holds everything said of a page."""
    graph = {"@context": "https://schema.org", "@graph": objects}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"), default=str).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)
