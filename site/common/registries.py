"""Where a lower room shows what a higher one owns: each room fills these in `AppConfig.ready`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
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

    def for_model(self, model: type[Any]) -> list[SearchSource]:
        """The sources of that model's rows, of one kind each."""
        return [source for source in self.sources if source.model is model]


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


# ---------------------------------------------------------------- a member's own space
@dataclass(frozen=True)
class SpaceRow:
    """One thing that awaits a member, and where she deals with it."""

    title: str
    url: str
    detail: str = ""
    when: dt.datetime | None = None


@dataclass(frozen=True)
class SpacePanel:
    """What a room shows in a member's own space.

    `rows` answers at most `SPACE_ROWS` rows and how many there are in all, in at most two queries
    whatever there is. `section` is “awaits” (to deal with), “mine” (what she made) or “coming”.
    """

    key: str
    section: str
    label: str | _StrPromise
    rows: Callable[[Any], tuple[Sequence[SpaceRow], int]]
    url: Callable[[Any], str] | None = None
    empty: str | _StrPromise = ""
    order: int = 100


SPACE_ROWS = 5
space_panels: list[SpacePanel] = []


def register_space_panel(panel: SpacePanel) -> None:
    """Add a panel; they are shown in their `order`."""
    space_panels.append(panel)
    space_panels.sort(key=lambda one: one.order)


# ---------------------------------------------------------------- the public page of an organisation
@dataclass(frozen=True)
class CompanySection:
    """What a room shows on the public page of an organisation: a component and its rows.

    `rows` takes the organisation and answers what `template` shows as `rows`; nothing when empty.
    `lists` says which organisations have something to show (a queryset of their keys), for the list.
    """

    key: str
    label: str | _StrPromise
    template: str
    rows: Callable[[Any], Sequence[Any]]
    lists: Callable[[], Any]
    order: int = 100


company_sections: list[CompanySection] = []


def register_company_section(section: CompanySection) -> None:
    """Add a section; they are shown in their `order`."""
    company_sections.append(section)
    company_sections.sort(key=lambda one: one.order)


# ---------------------------------------------------------------- two organisations that were one
# How the rows of one organisation are handed to another where the plain change of the foreign key is
# not enough: `"app_label.Model" -> (row, kept) -> True when handled`. Rooms fill it in `ready`.
MergeRule = Callable[[Any, Any], bool]
merge_rules: dict[str, MergeRule] = {}


# ---------------------------------------------------------------- what belongs to a person
@dataclass(frozen=True)
class Retained:
    """What is kept after an erasure, why, and until when (None: as long as it is public)."""

    what: str
    why: str
    until: dt.date | None = None


@dataclass(frozen=True)
class PersonalData:
    """What a room knows of a person.

    `export` answers plain values (strings, numbers, dates, lists, dicts) under snake_case English keys,
    which `labels` names for readers. `models` are the models it answers for (“members.Membership”).
    `erase` takes the account and whether contributions stay under “Former member”; it says what had
    to be kept. It runs inside the transaction of the erasure and may be run again. `keeps` says the
    same beforehand; `rows` are the querysets that the page of one's data counts, in one query.
    """

    key: str
    label: str | _StrPromise
    export: Callable[[Any], Iterable[dict[str, Any]]]
    erase: Callable[[Any, bool], Sequence[Retained]]
    files: Callable[[Any], Iterable[tuple[str, str]]] = lambda _user: ()
    keeps: Callable[[Any, bool], Sequence[Retained]] = lambda _user, _contributions_stay: ()
    rows: Callable[[Any], Sequence[Any]] = lambda _user: ()
    models: Sequence[str] = ()
    labels: Mapping[str, str | _StrPromise] = field(default_factory=dict)
    order: int = 100


personal_data: list[PersonalData] = []


def register_personal_data(data: PersonalData) -> None:
    """Add what a room knows; shown in its `order`. `files` yields (name in the zip, stored name)."""
    personal_data.append(data)
    personal_data.sort(key=lambda one: one.order)
