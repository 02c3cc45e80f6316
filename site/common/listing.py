"""Lists with filters: one GET form, facets with counts, chips, paging (decision 0010).

A room describes its filters; `Listing` reads the query, narrows the rows and counts each choice
under all the other filters. Values that no choice knows are dropped, never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from common.generation import per_generation

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.utils.functional import _StrPromise

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Choice:
    """One value of a filter. `family` gives a theme its pip."""

    value: str
    label: str
    family: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter: the parameter's name, its choices, and the column it narrows.

    With `multiple`, several values widen the result (one OR the other). `narrow` replaces the plain
    equality on `column` where a choice means more than a value.
    """

    name: str
    label: str | _StrPromise
    choices: Callable[[], Sequence[Choice]]
    column: str
    multiple: bool = True
    counted: bool = True
    narrow: Callable[[Sequence[str]], Q] | None = None

    def condition(self, values: Sequence[str]) -> Q:
        """What rows must meet to pass."""
        if self.narrow is not None:
            return self.narrow(values)
        return Q(**{f"{self.column}__in": values})


@dataclass(frozen=True)
class Option:
    """A choice as the form shows it."""

    value: str
    label: str
    family: str
    count: int | None
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A filter as the form shows it."""

    name: str
    label: str | _StrPromise
    multiple: bool
    options: Sequence[Option]

    @property
    def active(self) -> int:
        """How many of its values are selected."""
        return sum(option.selected for option in self.options)


@dataclass(frozen=True)
class Chip:
    """A selected value, and the query that is left without it."""

    label: str
    query: str


@dataclass
class Listing(Generic[M]):
    """What a list page shows. `items` are whatever `present` made of the rows of this page."""

    total: int
    page: Page[Any]
    items: Sequence[Any]
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    query: str
    path: str
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def page_numbers(self) -> list[int]:
        """Numbers for the paging, 0 where some are left out."""
        paginator = self.page.paginator
        elided = paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else 0 for number in elided]

    @property
    def query_prefix(self) -> str:
        """What stands before `page=` in the links of the paging."""
        return f"?{self.query}&" if self.query else "?"


Selection = dict[str, list[str]]


def selection(query: QueryDict, filters: Iterable[Filter]) -> Selection:
    """The known values that the query asks for, by filter."""
    chosen: Selection = {}
    for each in filters:
        asked = query.getlist(each.name)
        if asked:
            values = [choice.value for choice in each.choices() if choice.value in asked]
            if values:
                chosen[each.name] = values if each.multiple else values[:1]
    return chosen


def encode(chosen: Selection) -> str:
    """The query string of a selection, in a stable order."""
    query = QueryDict(mutable=True)
    for name in sorted(chosen):
        query.setlist(name, chosen[name])
    return query.urlencode()


def narrowed(rows: QuerySet[M], filters: Iterable[Filter], chosen: Selection, but: str = "") -> QuerySet[M]:
    """The rows that pass every selected filter, save the one named `but`."""
    for each in filters:
        if each.name in chosen and each.name != but:
            rows = rows.filter(each.condition(chosen[each.name]))
    return rows


def counts_of(rows: QuerySet[M], column: str) -> dict[str, int]:
    """How many distinct rows there are for each value of `column`."""
    counted = rows.order_by().values_list(column).annotate(Count("pk", distinct=True))
    return {str(value): number for value, number in counted}


def facet_of(each: Filter, counts: dict[str, int] | None, selected: Sequence[str]) -> Facet:
    """A filter with its choices. A select box leaves out the choices that nothing has."""
    options = [
        Option(
            choice.value,
            choice.label,
            choice.family,
            counts.get(choice.value, 0) if counts is not None else None,
            choice.value in selected,
        )
        for choice in each.choices()
        if each.multiple or counts is None or choice.value in counts or choice.value in selected
    ]
    return Facet(each.name, each.label, each.multiple, options)


def facets_of(rows: QuerySet[M], filters: Sequence[Filter], chosen: Selection) -> list[Facet]:
    """Every filter with its choices, each counted under the other filters."""
    return [
        facet_of(
            each,
            counts_of(narrowed(rows, filters, chosen, but=each.name), each.column) if each.counted else None,
            chosen.get(each.name, []),
        )
        for each in filters
    ]


@per_generation
def _unfiltered() -> dict[tuple[str, str | None], list[Facet]]:
    return {}


def known_facets(rows: QuerySet[M], filters: Sequence[Filter], chosen: Selection, name: str) -> list[Facet]:
    """The facets; those of the list before any choice are remembered, under its name, for the generation."""
    if chosen:
        return facets_of(rows, filters, chosen)
    known = _unfiltered()
    key = (name, get_language())
    if key not in known:
        known[key] = facets_of(rows, filters, chosen)
    return known[key]


def chips_of(filters: Iterable[Filter], chosen: Selection) -> list[Chip]:
    """The selected values, each with the query that drops it."""
    chips = []
    for each in filters:
        for choice in each.choices():
            if choice.value in chosen.get(each.name, []):
                rest = {
                    name: [v for v in values if (name, v) != (each.name, choice.value)]
                    for name, values in chosen.items()
                }
                chips.append(
                    Chip(choice.label, encode({name: values for name, values in rest.items() if values}))
                )
    return chips


def page_number(query: QueryDict) -> str:
    """The page asked for, as a string that Paginator.get_page mends."""
    return query.get("page", "1")[:6]


def build(
    rows: QuerySet[M],
    filters: Sequence[Filter],
    query: QueryDict,
    *,
    path: str,
    per_page: int,
    present: Callable[[Sequence[M]], Sequence[Any]],
    name: str = "",
) -> Listing[M]:
    """Read the query and make the listing. `present` turns one page of rows into what is shown.

    `name` tells apart lists that have one path and different rows.
    """
    chosen = selection(query, filters)
    page = Paginator(narrowed(rows, filters, chosen), per_page).get_page(page_number(query))
    return Listing(
        total=page.paginator.count,
        page=page,
        items=present(list(page.object_list)),
        facets=known_facets(rows, filters, chosen, name or path),
        chips=chips_of(filters, chosen),
        query=encode(chosen),
        path=path,
    )
