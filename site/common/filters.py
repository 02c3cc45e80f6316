"""What lists are filtered by: filters and their choices, orders, and how a page shows them (decision 0010)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


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
    equality on `column` where a choice means more than a value. For lists counted in memory, `pairs`
    answers keys of rows and values that they have, where that is not a column of the rows themselves.
    A filter without any choice is not shown.
    """

    name: str
    label: str | _StrPromise
    choices: Callable[[], Sequence[Choice]]
    column: str
    multiple: bool = True
    counted: bool = True
    narrow: Callable[[Sequence[str]], Q] | None = None
    pairs: Callable[[], Iterable[tuple[int, Any]]] | None = None

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
class Sort:
    """An order that a list may be shown in; the first one of a list is its own."""

    value: str
    label: str | _StrPromise
    order: Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True)
class SortLink:
    """An order as the page shows it."""

    label: str | _StrPromise
    query: str
    current: bool


@dataclass(frozen=True)
class Chip:
    """A selected value, and the query that is left without it."""

    label: str
    query: str
