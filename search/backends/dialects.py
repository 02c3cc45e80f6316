"""What SQLite and PostgreSQL each say in their own way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.query import Query

LATEST = "e.date DESC NULLS LAST, e.id DESC"


@dataclass(frozen=True)
class Document:
    """The stems of an entry, field by field, the weightiest first, and its title's folded words."""

    entry_id: int
    fields: tuple[list[str], list[str], list[str], list[str]]
    title: list[str]


@dataclass(frozen=True)
class Match:
    """SQL about the words asked for: where from, under which condition, in which order."""

    source: str = "search_entry e"
    condition: str = "1 = 1"
    parameters: tuple[Any, ...] = ()
    order: str = LATEST
    order_parameters: tuple[Any, ...] = ()


class Dialect(Protocol):
    """What one kind of database says in its own way. Entries are `e` in every statement."""

    def insert(self, cursor: Any, documents: Iterable[Document]) -> None:
        """Write documents whose ids are not indexed yet."""
        ...

    def delete(self, cursor: Any, ids: Sequence[int]) -> None:
        """Drop documents."""
        ...

    def optimise(self, cursor: Any) -> None:
        """Tidy up after many writes."""
        ...

    def match(self, query: Query) -> Match:
        """Entries that meet a query that is not empty, best first."""
        ...

    def tiers(self, query: Query) -> tuple[Match, ...]:
        """The same entries in two parts, the latest first in each: words in title or summary, the others."""
        ...

    def match_title(self, typed: list[list[str]]) -> Match:
        """Entries whose title has, for each group, a word that begins with one of its members."""
        ...


@cache
def dialect_of(vendor: str) -> Dialect:
    """The dialect of a kind of database. Raises ImproperlyConfigured for one we do not know."""
    if vendor == "sqlite":
        from search.backends.sqlite import SQLite  # noqa: PLC0415 (only the one in use)

        return SQLite()
    if vendor == "postgresql":
        from search.backends.postgresql import PostgreSQL  # noqa: PLC0415

        return PostgreSQL()
    raise ImproperlyConfigured(f"the search does not know how to use {vendor}: set SITE_SEARCH_BACKEND")
