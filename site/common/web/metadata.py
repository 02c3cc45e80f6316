"""What stands in a page's `<head>` besides its title.

For a page of the tree the whole block is rendered once a generation; later requests take it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import QueryDict
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from common.addresses import absolute, language_of
from common.generation import per_generation
from common.listing import Listing
from common.pages import BasePage

from . import structured
from .feeds import Link, feed_links
from .sharing import address_of, default_image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

TEMPLATE = "components/page_metadata.html"
SHARE_IMAGE_SIZE = (1200, 630)
LOCALES = {"fr": "fr_FR", "en": "en_GB", "nl": "nl_BE"}
KEPT_BLOCKS = 2048


@dataclass(frozen=True, slots=True)
class Head:
    """What the template prints."""

    title: str
    description: str
    canonical: str
    language: str
    image: str
    data: SafeString
    kind: str = "website"
    alternates: Sequence[tuple[str, str]] = ()
    feeds: Sequence[Link] = ()
    hidden: bool = False

    @property
    def site_name(self) -> str:
        """The name of the whole."""
        return settings.WAGTAIL_SITE_NAME

    @property
    def locale(self) -> str:
        """The language as Open Graph writes it."""
        return LOCALES.get(self.language, self.language)

    @property
    def other_locales(self) -> list[str]:
        """The other languages of the page, as Open Graph writes them."""
        languages = [code for code, _url in self.alternates if code not in (self.language, "x-default")]
        return [LOCALES.get(code, code) for code in languages]

    @property
    def image_size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return SHARE_IMAGE_SIZE


def query_of(listing: Listing[Any] | None) -> str:
    """The part of a query string that tells one list from another, always in the same order.

    Filters that no choice knows, campaign tags and the way a list is shown are left out.
    """
    if listing is None:
        return ""
    query = QueryDict(listing.query, mutable=True)
    if listing.extra.get("when") == "past":
        query["when"] = "past"
    if listing.page.number > 1:
        query["page"] = str(listing.page.number)
    return f"?{query.urlencode()}" if query else ""


def is_narrow(listing: Listing[Any] | None) -> bool:
    """Whether several filters are combined: too many such lists for a search engine to keep."""
    return listing is not None and len(listing.chips) > 1


def alternates(versions: Mapping[str, str]) -> list[tuple[str, str]]:
    """Language and address of each version, then the one for everybody else; none for a lone version."""
    if len(versions) < 2:  # noqa: PLR2004
        return []
    found = [(language, absolute(path)) for language, path in sorted(versions.items())]
    default = versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))
    return [*found, ("x-default", absolute(default))]


def kind_of(objects: Sequence[dict[str, Any]]) -> str:
    """The Open Graph type of a page that is described by these objects."""
    kinds = {"Article": "article", "NewsArticle": "article", "VideoObject": "video.other"}
    return next((kinds[data["@type"]] for data in objects if data["@type"] in kinds), "website")


def describe_page(page: BasePage, listing: Listing[Any] | None = None, *, hidden: bool = False) -> Head:
    """The head of a page of the tree."""
    language = language_of(page)
    own = page.structured_data()
    trail = page.breadcrumb()
    objects = [structured.organisation(), structured.website(language)]
    if trail:
        objects.append(structured.breadcrumb_list([*trail, (page.title, page.path_on_site)]))
    picture = address_of(str(page.translation_key), language)
    query = query_of(listing)
    return Head(
        title=page.share_title,
        description=page.share_description,
        canonical=absolute(page.path_on_site) + query,
        language=language,
        image=absolute(picture) if picture else default_image(),
        kind=kind_of(own),
        alternates=[] if query else alternates(page.languages()),
        feeds=feed_links(language),
        data=structured.script([*objects, *own]),
        hidden=hidden or is_narrow(listing),
    )


def describe_view(request: HttpRequest, context: Mapping[str, Any]) -> Head:
    """The head of a page that is not in the tree.

    Its context may have `title`, `description`, `hidden`, `versions` (the path in each language) and
    `structured` (JSON-LD objects).
    """
    language = get_language() or settings.LANGUAGE_CODE
    listing = listing_in(context)
    query = query_of(listing)
    objects = [structured.organisation(), structured.website(language), *(context.get("structured") or ())]
    return Head(
        title=str(context.get("title") or settings.WAGTAIL_SITE_NAME),
        description=str(context.get("description") or ""),
        canonical=absolute(request.path) + query,
        language=language,
        image=default_image(),
        alternates=[] if query else alternates(context.get("versions") or {}),
        feeds=feed_links(language),
        data=structured.script(objects),
        hidden=bool(context.get("hidden")) or is_narrow(listing),
    )


def listing_in(context: Mapping[str, Any]) -> Listing[Any] | None:
    """The list that the page shows, if it shows one."""
    listing = context.get("listing")
    return listing if isinstance(listing, Listing) else None


def render(head: Head) -> SafeString:
    """The block of elements."""
    return mark_safe(get_template(TEMPLATE).render({"head": head}))  # noqa: S308 (a template escapes)


@per_generation
def _blocks() -> dict[int, SafeString]:
    return {}


def page_block(page: BasePage) -> SafeString:
    """The block of a page as it stands in the tree, kept for the generation."""
    kept = _blocks()
    block = kept.get(page.pk)
    if block is None:
        if len(kept) >= KEPT_BLOCKS:
            kept.clear()
        block = kept[page.pk] = render(describe_page(page))
    return block


def head_block(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """The block for whatever is being rendered."""
    page = context.get("page")
    if not isinstance(page, BasePage):
        return render(describe_view(request, context))
    if getattr(request, "is_preview", False):
        return render(describe_page(page, hidden=True))
    listing = listing_in(context)
    if query_of(listing):
        return render(describe_page(page, listing))
    return page_block(page)
