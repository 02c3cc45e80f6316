"""Lists with filters: one GET form, facets with counts, chips, paging (decision 0010).

A room describes its filters; `Listing` reads the query, narrows the rows and counts each choice
under all the other filters. Values that no choice knows are dropped, never an error.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.core.paginator import Paginator
from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from common.filters import Chip, Choice, Facet, Filter, Option, Sort, SortLink
from common.generation import per_generation

if TYPE_CHECKING:
    from django.core.paginator import Page

    from common.bitmaps import Bitmaps

__all__ = [
    "Chip",
    "Choice",
    "Facet",
    "Filter",
    "Listing",
    "Option",
    "Selection",
    "Sort",
    "SortLink",
    "build",
    "build_from_bitmaps",
    "chips_of",
    "counts_of",
    "encode",
    "facet_of",
    "facets_of",
    "known_facets",
    "narrowed",
    "page_number",
    "selection",
]

M = TypeVar("M", bound=Model)


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
    sorts: Sequence[SortLink] = ()
    sort: str = ""

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


@functools.cache
def is_many(model: type[Model], column: str) -> bool:
    """Whether one row of a model may have several values in a column (a path to other tables)."""
    for name in column.split("__"):
        field_ = next((one for one in model._meta.get_fields() if one.name == name), None)
        if field_ is None or not field_.is_relation:
            return False
        if field_.many_to_many or field_.one_to_many:
            return True
        model = cast("type[Model]", field_.related_model)
    return False


def narrowed(rows: QuerySet[M], filters: Iterable[Filter], chosen: Selection, but: str = "") -> QuerySet[M]:
    """The rows that pass every selected filter, save the one named `but`; each once."""
    for each in filters:
        if each.name in chosen and each.name != but:
            condition = each.condition(chosen[each.name])
            if each.narrow is None and is_many(rows.model, each.column):
                passing = rows.model._default_manager.filter(condition)
                condition = Q(pk__in=passing.values("pk"))
            rows = rows.filter(condition)
    return rows


def counts_of(rows: QuerySet[M], column: str) -> dict[str, int]:
    """How many distinct rows there are for each value of `column`."""
    counts = Count("pk", distinct=True) if is_many(rows.model, column) else Count("*")
    return {str(value): n for value, n in rows.order_by().values_list(column).annotate(counted=counts)}


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
        if each.choices()
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


def chips_of(filters: Iterable[Filter], chosen: Selection, kept: Selection | None = None) -> list[Chip]:
    """The selected values, each with the query that drops it and leaves the rest, and what is `kept`."""
    chips = []
    for each in filters:
        for choice in each.choices():
            if choice.value in chosen.get(each.name, []):
                rest = {
                    name: [v for v in values if (name, v) != (each.name, choice.value)]
                    for name, values in chosen.items()
                }
                left = {name: values for name, values in rest.items() if values}
                chips.append(Chip(choice.label, encode({**left, **(kept or {})})))
    return chips


def sort_of(query: QueryDict, sorts: Sequence[Sort]) -> Sort | None:
    """The order asked for; the list's own when it is not known."""
    asked = query.get("sort", "")
    return next((sort for sort in sorts if sort.value == asked), sorts[0] if sorts else None)


def sort_links(sorts: Sequence[Sort], current: Sort | None, chosen: Selection) -> list[SortLink]:
    """Every order, with the query that shows the same rows in it."""
    return [
        SortLink(
            sort.label, encode({**chosen, **({"sort": [sort.value]} if number else {})}), sort is current
        )
        for number, sort in enumerate(sorts)
    ]


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


def build_from_bitmaps(
    bitmaps: Bitmaps,
    filters: Sequence[Filter],
    query: QueryDict,
    *,
    path: str,
    per_page: int,
    present: Callable[[Sequence[int]], Sequence[Any]],
    sorts: Sequence[Sort] = (),
) -> Listing[Any]:
    """The same for a long list that is counted in memory; `present` takes the keys of one page of rows."""
    chosen = selection(query, filters)
    sort = sort_of(query, sorts)
    kept: Selection = {"sort": [sort.value]} if sort is not None and sort is not sorts[0] else {}
    page = Paginator(bitmaps.found(chosen, sort if kept else None), per_page).get_page(page_number(query))
    return Listing(
        total=page.paginator.count,
        page=page,
        items=present(list(page.object_list)),
        facets=[
            facet_of(each, bitmaps.counts(each.name, chosen), chosen.get(each.name, []))
            for each in filters
            if each.choices()
        ],
        chips=chips_of(filters, chosen, kept),
        query=encode({**chosen, **kept}),
        path=path,
        sorts=sort_links(sorts, sort, chosen),
        sort=sort.value if kept and sort else "",
    )
