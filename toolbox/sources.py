"""What the search keeps of practices and tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.findable import join, label_in, page_text, plain, themes_of, words_of
from common.registries import SearchSource, SearchText, search_sources

from .models import PracticePage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Iterable


def describe_practice(page: PracticePage) -> SearchText | None:
    """A practice: what was done, and by whom."""
    organisation = page.organisation
    rich_texts = (page.context_text, page.actions_text, page.results_text, page.keys_text, page.pitfalls_text)
    return page_text(
        page,
        "practice",
        body=join(
            [
                *(plain(text) for text in rich_texts),
                words_of(page.key_results),
                words_of(page.steps),
                organisation.name if organisation else "",
            ]
        ),
        themes=themes_of(page),
        sector=page.sector,
        size=page.size,
        commune=(organisation.commune_id or "") if organisation else "",
        date=timezone.localdate(page.first_published_at) if page.first_published_at else None,
    )


def describe_tool(page: ToolPage) -> SearchText | None:
    """A tool: what it is for, how to use it, what kind of thing one gets.

    Of a tool that is not for everybody, its title and its sentence only.
    """
    kind = label_in(ToolPage.Kind(page.kind).label, page.locale.language_code)
    return page_text(
        page,
        "tool",
        body=join([words_of(page.body) if page.audience == ToolPage.Audience.PUBLIC else "", kind]),
        themes=themes_of(page),
        date=page.updated_on
        or (timezone.localdate(page.first_published_at) if page.first_published_at else None),
    )


def all_practices() -> Iterable[PracticePage]:
    """Every practice page, with what is read of it."""
    return PracticePage.objects.select_related(
        "locale", "organisation", "facts__lead_theme"
    ).prefetch_related("facts__themes")


def all_tools() -> Iterable[ToolPage]:
    """Every tool page, with what is read of it."""
    return ToolPage.objects.select_related("locale", "facts__lead_theme").prefetch_related("facts__themes")


def register() -> None:
    """Make practices and tools findable."""
    search_sources.register(
        SearchSource("practice", _("Good practice"), PracticePage, describe_practice, all_practices)
    )
    search_sources.register(SearchSource("tool", _("Tool"), ToolPage, describe_tool, all_tools))
