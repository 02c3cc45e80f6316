"""The lists of practices and of tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from common import addresses
from common.bitmaps import Bitmaps, build_bitmaps
from common.generation import per_generation
from common.known import fill
from common.listing import Listing, build_from_bitmaps

from .finding.filters import PRACTICE_FILTERS, PRACTICE_SORTS, TOOL_FILTERS, TOOL_SORTS
from .models import Practice, PracticePage, Tool, ToolPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from common.pages import BasePage

PER_PAGE = 12

# What a card shows; the long texts stay in the database.
PRACTICE_CARD = (
    "title",
    "summary",
    "url_path",
    "locale_id",
    "translation_key",
    "facts__sector",
    "facts__size",
    "facts__effort",
    "facts__example",
    "facts__lead_theme_id",
)
TOOL_CARD = (
    "title",
    "summary",
    "url_path",
    "locale_id",
    "translation_key",
    "facts__kind",
    "facts__accessible",
    "facts__audience",
    "facts__example",
    "facts__lead_theme_id",
    "facts__page_count",
    "facts__document__file",
    "facts__document__file_size",
)


def in_locale(rows: QuerySet[Any], pages: type[BasePage], locale_id: int) -> QuerySet[Any]:
    """Rows that have a live page in a language (a live row always has a French one)."""
    if addresses.locale_codes().get(locale_id) == settings.LANGUAGE_CODE:
        return rows
    versions = pages._default_manager.filter(facts=OuterRef("pk"), locale_id=locale_id, live=True)
    return rows.filter(Exists(versions))


def practice_cards(rows: Sequence[Practice | int], locale_id: int) -> list[PracticePage]:
    """The pages of some practices (or of their keys), in the same order, with what a card shows."""
    keys = [getattr(row, "pk", row) for row in rows]
    pages = (
        PracticePage.objects.filter(facts__in=keys, locale_id=locale_id, live=True)
        .select_related("facts__lead_theme")
        .only(
            *PRACTICE_CARD, "facts__lead_theme__slug", "facts__lead_theme__family", "facts__lead_theme__names"
        )
    )
    by_row = {page.facts_id: page for page in pages}
    for page in by_row.values():
        fill(page.facts)  # type: ignore[arg-type]
    return [by_row[key] for key in keys if key in by_row]


def tool_cards(rows: Sequence[Tool | int], locale_id: int) -> list[ToolPage]:
    """The pages of some tools (or of their keys), in the same order, with what a card shows."""
    keys = [getattr(row, "pk", row) for row in rows]
    pages = (
        ToolPage.objects.filter(facts__in=keys, locale_id=locale_id, live=True)
        .select_related("facts__document")
        .only(*TOOL_CARD)
    )
    by_row = {page.facts_id: page for page in pages}
    for page in by_row.values():
        fill(page.facts)  # type: ignore[arg-type]
    return [by_row[key] for key in keys if key in by_row]


@per_generation
def practice_bitmaps(locale_id: int) -> Bitmaps:
    """The practices of a language, as they are counted."""
    return build_bitmaps(in_locale(Practice.objects.live(), PracticePage, locale_id), PRACTICE_FILTERS)


@per_generation
def tool_bitmaps(locale_id: int) -> Bitmaps:
    """The tools of a language, as they are counted."""
    return build_bitmaps(in_locale(Tool.objects.live(), ToolPage, locale_id), TOOL_FILTERS)


def practice_listing(query: QueryDict, index: BasePage) -> Listing[Practice]:
    """Practices in the language of the index page, under the filters of the query."""
    return build_from_bitmaps(
        practice_bitmaps(index.locale_id),
        PRACTICE_FILTERS,
        query,
        path=index.path_on_site,
        per_page=PER_PAGE,
        present=lambda keys: practice_cards(keys, index.locale_id),
        sorts=PRACTICE_SORTS,
    )


def tool_listing(query: QueryDict, index: BasePage) -> Listing[Tool]:
    """Tools in the language of the index page, under the filters of the query."""
    return build_from_bitmaps(
        tool_bitmaps(index.locale_id),
        TOOL_FILTERS,
        query,
        path=index.path_on_site,
        per_page=PER_PAGE,
        present=lambda keys: tool_cards(keys, index.locale_id),
        sorts=TOOL_SORTS,
    )
