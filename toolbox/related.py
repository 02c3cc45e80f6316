"""What else to read after a practice or a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.generation import per_generation

from .listing import in_locale, practice_cards, tool_cards
from .models import Practice, PracticePage, Tool, ToolPage

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 4


def _same_theme(rows: QuerySet[Practice], practice: Practice) -> list[Practice]:
    """Same main theme first, a company like this one before the others, then the latest."""
    candidates = list(rows.exclude(pk=practice.pk).filter(themes=practice.lead_theme_id)[: 4 * MOST])
    return sorted(
        candidates,
        key=lambda other: (
            other.lead_theme_id != practice.lead_theme_id,
            (other.sector != practice.sector) + (other.size != practice.size),
        ),
    )[:MOST]


@per_generation
def _related_practices(facts_id: int, locale_id: int) -> list[PracticePage]:
    practice = Practice.objects.get(pk=facts_id)
    rows = in_locale(Practice.objects.live(), PracticePage, locale_id)
    return practice_cards(_same_theme(rows, practice), locale_id)


def related_practices(page: PracticePage) -> list[PracticePage]:
    """Up to four practices near this one."""
    return _related_practices(page.facts_id, page.locale_id) if page.facts_id else []


@per_generation
def _tools_for(facts_id: int, locale_id: int) -> list[ToolPage]:
    rows = in_locale(Tool.objects.live(), ToolPage, locale_id).filter(practices=facts_id)
    return tool_cards(list(rows[:MOST]), locale_id)


def tools_for(page: PracticePage) -> list[ToolPage]:
    """The tools that a practice names."""
    return _tools_for(page.facts_id, page.locale_id) if page.facts_id else []


@per_generation
def _related_tools(facts_id: int, theme_id: int, locale_id: int) -> list[ToolPage]:
    rows = in_locale(Tool.objects.live(), ToolPage, locale_id).exclude(pk=facts_id)
    return tool_cards(list(rows.filter(themes=theme_id)[:MOST]), locale_id)


def related_tools(page: ToolPage) -> list[ToolPage]:
    """Up to four tools on the same theme."""
    return _related_tools(page.facts_id, page.lead_theme_id, page.locale_id) if page.facts_id else []


@per_generation
def _practices_for(facts_id: int, locale_id: int) -> list[PracticePage]:
    rows = in_locale(Practice.objects.live(), PracticePage, locale_id).filter(tools=facts_id)
    return practice_cards(list(rows[:MOST]), locale_id)


def practices_for(page: ToolPage) -> list[PracticePage]:
    """The practices that used a tool."""
    return _practices_for(page.facts_id, page.locale_id) if page.facts_id else []
