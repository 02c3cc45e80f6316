"""Where a lower room shows what a higher one owns: each room fills these in `AppConfig.ready`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


# ---------------------------------------------------------------- figures
@dataclass(frozen=True)
class Figure:
    """A countable thing: who counts it, what exactly is counted, where its rows can be seen.

    `count` takes a year, or None for all time up to now.
    """

    key: str
    label: Callable[[int], str]
    definition: str | _StrPromise
    count: Callable[[int | None], int]
    url: Callable[[int | None], str]


@dataclass(frozen=True)
class CountedFigure:
    """A figure counted now."""

    value: int
    label: str
    definition: str
    url: str


class FigureRegistry:
    """All the figures that pages may show."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def register(self, figure: Figure) -> None:
        """Add a figure; its key is `room.name`."""
        self._figures[figure.key] = figure

    def choices(self) -> list[tuple[str, str]]:
        """For a select box: key and definition."""
        return [(figure.key, str(figure.definition)) for figure in self._figures.values()]

    def count(self, key: str, year: int | None = None) -> CountedFigure:
        """Count now. Raises KeyError for an unknown key."""
        figure = self._figures[key]
        value = figure.count(year)
        return CountedFigure(value, figure.label(value), str(figure.definition), figure.url(year))


figures = FigureRegistry()


# ---------------------------------------------------------------- search
@dataclass(frozen=True)
class SearchText:
    """What the search keeps of one thing in one language."""

    kind: str
    target: str
    language: str
    url: str
    title: str
    summary: str = ""
    body: str = ""
    themes: Sequence[str] = ()
    sector: str = ""
    size: str = ""
    commune: str = ""
    date: dt.date | None = None
    example: bool = False


@dataclass(frozen=True)
class SearchSource:
    """How a room's rows become search entries.

    `describe` returns the text of one instance, or None when it must not be found (a draft…).
    """

    kind: str
    label: str | _StrPromise
    model: type[Any]
    describe: Callable[[Any], SearchText | None]
    all: Callable[[], Iterable[Any]]


@dataclass
class SearchRegistry:
    """All the sources of the one search."""

    sources: list[SearchSource] = field(default_factory=list)

    def register(self, source: SearchSource) -> None:
        """Add a source; a kind has one source."""
        self.sources.append(source)

    def for_model(self, model: type[Any]) -> SearchSource | None:
        """The source of that model's rows, if any."""
        return next((source for source in self.sources if source.model is model), None)


search_sources = SearchRegistry()


# ---------------------------------------------------------------- boundaries in time
Boundary = Callable[[dt.datetime], dt.datetime | None]
_boundaries: list[Boundary] = []


def register_boundary(next_change: Boundary) -> None:
    """Add a function that says when, after a moment, public pages change by themselves."""
    _boundaries.append(next_change)


def next_boundary(now: dt.datetime) -> dt.datetime:
    """The first moment after `now` when some public page changes: at the latest, local midnight."""
    tomorrow = timezone.localtime(now).date() + dt.timedelta(days=1)
    midnight = timezone.make_aware(dt.datetime.combine(tomorrow, dt.time.min))
    return min([midnight, *(moment for change in _boundaries if (moment := change(now)))])
