"""What else to read after a practice or a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from common.generation import per_generation
from common.known import fill

from .listing import PRACTICE_CARD, in_locale, practice_cards, tool_cards
from .models import Adoption, Practice, PracticePage, Tool, ToolPage

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 4
# Fewer companies are a coincidence, and could be recognised.
ENOUGH = 2


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


def _taken_up_after(facts_id: int) -> QuerySet[Adoption]:
    """What companies that took a practice up plan, or have in place, since a later day."""
    dated = Adoption.objects.annotate(begun=Coalesce("planned_on", "in_place_on", "dropped_on"))
    before = dated.filter(
        practice=facts_id, organisation=OuterRef("organisation"), begun__lt=OuterRef("begun")
    )
    return dated.running().exclude(practice=facts_id).filter(Exists(before)).order_by()


@per_generation
def _adopted_next(facts_id: int, locale_id: int) -> list[PracticePage]:
    """One query, whose grouping sees keys only: those most often taken up first."""
    after = _taken_up_after(facts_id)
    readable = after.filter(
        practice__live=True, practice__pages__live=True, practice__pages__locale=locale_id
    )
    counted = readable.values("practice").annotate(companies=Count("pk")).filter(companies__gte=ENOUGH)
    most = counted.order_by("-companies", "-practice").values("practice")[:MOST]
    times = after.filter(practice=OuterRef("facts")).values("practice").annotate(n=Count("pk")).values("n")
    pages = PracticePage.objects.filter(live=True, locale_id=locale_id, facts__in=most)
    found = list(
        pages.annotate(companies=Subquery(times))
        .select_related("facts")
        .only(*PRACTICE_CARD)
        .order_by("-companies", "-facts")
    )
    for page in found:
        fill(page.facts)  # type: ignore[arg-type]
    return found


def adopted_next(page: PracticePage) -> list[PracticePage]:
    """Up to four practices that at least two companies took up after this one."""
    return _adopted_next(page.facts_id, page.locale_id) if page.facts_id else []
