"""The lists of practices and of tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from common import addresses
from common.choices import enumeration, theme_choices
from common.known import fill
from common.listing import Filter, Listing, build
from common.vocabulary import Cost, Effort, Sector, Size

from .models import Practice, PracticePage, Tool, ToolFields, ToolPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from common.pages import BasePage

PER_PAGE = 12

THEME = Filter("theme", _("Theme"), theme_choices, "themes__slug")
PRACTICE_FILTERS = (
    THEME,
    Filter("sector", _("Sector"), enumeration(Sector), "sector"),
    Filter("size", _("Size"), enumeration(Size), "size"),
    Filter("effort", _("Effort"), enumeration(Effort), "effort"),
    Filter("cost", _("Cost"), enumeration(Cost), "cost"),
)
TOOL_FILTERS = (THEME, Filter("kind", _("Kind"), enumeration(ToolFields.Kind), "kind"))

# What a card shows; the long texts stay in the database.
PRACTICE_CARD = (
    "title",
    "summary",
    "url_path",
    "locale_id",
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
    "facts__kind",
    "facts__accessible",
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


def practice_cards(rows: Sequence[Practice], locale_id: int) -> list[PracticePage]:
    """The pages of some practices, in the same order, with what a card shows."""
    pages = (
        PracticePage.objects.filter(facts__in=[row.pk for row in rows], locale_id=locale_id, live=True)
        .select_related("facts__lead_theme")
        .only(
            *PRACTICE_CARD, "facts__lead_theme__slug", "facts__lead_theme__family", "facts__lead_theme__names"
        )
    )
    by_row = {page.facts_id: page for page in pages}
    for page in by_row.values():
        fill(page.facts)  # type: ignore[arg-type]
    return [by_row[row.pk] for row in rows if row.pk in by_row]


def tool_cards(rows: Sequence[Tool], locale_id: int) -> list[ToolPage]:
    """The pages of some tools, in the same order, with what a card shows."""
    pages = (
        ToolPage.objects.filter(facts__in=[row.pk for row in rows], locale_id=locale_id, live=True)
        .select_related("facts__document")
        .only(*TOOL_CARD)
    )
    by_row = {page.facts_id: page for page in pages}
    for page in by_row.values():
        fill(page.facts)  # type: ignore[arg-type]
    return [by_row[row.pk] for row in rows if row.pk in by_row]


def practice_listing(query: QueryDict, index: BasePage) -> Listing[Practice]:
    """Practices in the language of the index page, under the filters of the query."""
    return build(
        in_locale(Practice.objects.live(), PracticePage, index.locale_id),
        PRACTICE_FILTERS,
        query,
        path=index.path_on_site,
        per_page=PER_PAGE,
        present=lambda rows: practice_cards(rows, index.locale_id),
    )


def tool_listing(query: QueryDict, index: BasePage) -> Listing[Tool]:
    """Tools in the language of the index page, under the filters of the query."""
    return build(
        in_locale(Tool.objects.live(), ToolPage, index.locale_id),
        TOOL_FILTERS,
        query,
        path=index.path_on_site,
        per_page=PER_PAGE,
        present=lambda rows: tool_cards(rows, index.locale_id),
    )
