"""What the sections of the home page show today. Each is looked up once a generation."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from charters.directory import charter_summary
from common import addresses
from common.addresses import section
from common.generation import per_generation
from common.known import themes
from common.models.themes import Family
from common.pictures import warm
from events.listing import event_cards
from events.listing import in_locale as events_in_locale
from events.models import Event, EventPage
from toolbox.listing import in_locale, practice_cards, tool_cards
from toolbox.models import Practice, PracticePage, Tool, ToolPage

from .models import NewsPage, VideoPage

CARDS = 4
EVENTS = 4
NEWS = 3
HAND = 2
CANDIDATES = 24


def _locale_id() -> int:
    return addresses.locale_ids().get(get_language() or "", 0)


def spread(rows: list[Practice], wanted: int) -> list[Practice]:
    """The latest rows, one of each family before a second of any."""
    families: dict[str, int] = {}
    ranked = []
    for age, row in enumerate(rows):
        family = themes()[row.lead_theme_id].family
        ranked.append((families.get(family, 0), age, row))
        families[family] = families.get(family, 0) + 1
    return [row for _turn, _age, row in sorted(ranked, key=lambda item: item[:2])][:wanted]


@per_generation
def _practices(locale_id: int, chosen: tuple[int, ...]) -> dict[str, Any]:
    live = in_locale(Practice.objects.live(), PracticePage, locale_id)
    first = list(live.filter(pages__in=chosen).distinct())
    others = spread(list(live.exclude(pk__in=[row.pk for row in first])[:CANDIDATES]), CARDS)
    return {"practices": practice_cards([*first, *others][:CARDS], locale_id), "total": live.count()}


def latest_practices(chosen: list[int]) -> dict[str, Any]:
    """Four practices: those chosen, then the latest of each family."""
    return {**_practices(_locale_id(), tuple(chosen)), "path": section("bonnes-pratiques")}


@per_generation
def _events(locale_id: int) -> list[EventPage]:
    rows = events_in_locale(Event.objects.upcoming(), locale_id).filter(cancelled_at=None)
    return event_cards(list(rows[: 2 * EVENTS]), locale_id)


def coming_events() -> dict[str, Any]:
    """The next four events."""
    now = timezone.now()
    coming = [page for page in _events(_locale_id()) if page.facts and page.facts.ends_at > now]
    return {"events": coming[:EVENTS], "path": section("evenements")}


def charter_band() -> dict[str, Any]:
    """The charter's counts."""
    path = section("charte")
    directory = f"{path}signataires/"
    return {
        "charter": charter_summary(),
        "path": path,
        "directory": directory,
        "labelled": f"{directory}?state=labelled",
        "engagements": f"{path}#engagements",
    }


@per_generation
def _themes(_language: str) -> list[dict[str, Any]]:
    counts: dict[int, int] = {}
    for theme_id in Practice.objects.live().values_list("themes", flat=True):
        counts[theme_id] = counts.get(theme_id, 0) + 1
    families: dict[str, list[dict[str, Any]]] = {str(family): [] for family in Family.values}
    for theme in themes().values():
        families[theme.family].append({"theme": theme, "count": counts.get(theme.pk, 0)})
    return [
        {"family": family, "label": Family(family).label, "themes": members}
        for family, members in families.items()
    ]


def themes_by_family() -> dict[str, Any]:
    """The four families, each with its themes and their number of practices."""
    return {"families": _themes(get_language() or ""), "path": section("bonnes-pratiques")}


@per_generation
def _tools(locale_id: int) -> dict[str, Any]:
    live = in_locale(Tool.objects.live(), ToolPage, locale_id)
    return {"tools": tool_cards(list(live[:CARDS]), locale_id), "total": live.count()}


def latest_tools() -> dict[str, Any]:
    """The four latest tools."""
    return {**_tools(_locale_id()), "path": section("boite-a-outils")}


@per_generation
def _video(locale_id: int) -> VideoPage | None:
    rows = VideoPage.objects.filter(live=True, locale_id=locale_id, facts__live=True)
    return (
        rows.select_related("facts__lead_theme", "poster")
        .defer("transcript")
        .order_by("-published_on", "-pk")
        .first()
    )


def latest_video() -> dict[str, Any]:
    """The latest video, or None."""
    return {"video": _video(_locale_id()), "path": section("videos")}


@per_generation
def _news(locale_id: int) -> list[NewsPage]:
    rows = NewsPage.objects.filter(live=True, locale_id=locale_id).defer("body")
    pages = list(rows.order_by("-published_on", "-pk")[:NEWS])
    warm(page.picture_id for page in pages)
    return pages


def latest_news() -> dict[str, Any]:
    """The three latest news items."""
    return {"news": _news(_locale_id()), "path": section("actualites")}


@per_generation
def hand(locale_id: int) -> list[PracticePage]:
    """Two recent practices of two families, for the top of the home page."""
    live = in_locale(Practice.objects.live(), PracticePage, locale_id)
    rows = spread(list(live[CARDS : CARDS + CANDIDATES]), HAND) or list(live[:HAND])
    return practice_cards(rows, locale_id)
