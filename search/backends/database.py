"""The database itself as a search engine: FTS5 on SQLite, tsvector on PostgreSQL.

Both are given stems and nothing else, so that they find the same things. What differs between the
two is in a dialect; tables beside `search_entry` are made by a migration.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from search.analysis import fold, stem, stems, surfaces, words
from search.backends.base import MOST_SUGGESTIONS, PER_PAGE, Filters, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.models import Entry
    from search.query import Query

# Longer texts are indexed up to here (PostgreSQL limits a tsvector to 1 MB).
LONGEST_BODY = 100_000


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
    order: str = "e.date DESC NULLS LAST, e.id DESC"
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


def analysed(text: str, language: str) -> list[str]:
    """The stems of a text; in every language's way for one that belongs to none."""
    if language:
        return stems(text, language)
    ways = {tuple(stems(text, code)): None for code, _name in settings.LANGUAGES}
    return [known for way in ways for known in way]


def document(entry: Entry) -> Document:
    """What is indexed of an entry."""
    texts = (entry.title, entry.summary, entry.keywords, entry.body[:LONGEST_BODY])
    title, summary, keywords, body = (analysed(text, entry.language) for text in texts)
    typed = surfaces(entry.title, entry.language or settings.LANGUAGE_CODE)
    return Document(entry.pk, (title, summary, keywords, body), typed)


def conditions(filters: Filters, *, narrow: bool) -> tuple[str, list[Any]]:
    """The entries that may be found, as SQL; with `narrow`, of the kinds and themes asked for."""
    clauses = ["e.audience = 'public'", "e.language IN (%s, '')"]
    parameters: list[Any] = [filters.language]
    if narrow and filters.kinds:
        clauses.append(f"e.kind IN ({', '.join(['%s'] * len(filters.kinds))})")
        parameters += filters.kinds
    if narrow and filters.themes:
        clauses.append(f"({' OR '.join(['e.themes LIKE %s'] * len(filters.themes))})")
        parameters += [f"% {slug} %" for slug in filters.themes]
    return " AND ".join(clauses), parameters


def counted(
    groups: Iterable[tuple[str, str, int]], filters: Filters
) -> tuple[int, dict[str, int], dict[str, int]]:
    """Total, kinds and themes of what was found, out of its counts by kind and set of themes."""
    total = 0
    kinds: dict[str, int] = defaultdict(int)
    themes: dict[str, int] = defaultdict(int)
    wanted = frozenset(filters.themes)
    for kind, joined, number in groups:
        slugs = joined.split()
        of_kind = not filters.kinds or kind in filters.kinds
        of_theme = not wanted or not wanted.isdisjoint(slugs)
        if of_theme:
            kinds[kind] += number
        if of_kind:
            for slug in slugs:
                themes[slug] += number
            total += number if of_theme else 0
    return total, dict(kinds), dict(themes)


class DatabaseBackend:
    """Finds entries with the database that holds them."""

    @property
    def dialect(self) -> Dialect:
        return dialect_of(connection.vendor)

    def index(self, entries: Sequence[Entry]) -> None:
        """Make saved entries findable, as they are now."""
        documents = [document(entry) for entry in entries]
        with transaction.atomic(), connection.cursor() as cursor:
            self.dialect.delete(cursor, [each.entry_id for each in documents])
            self.dialect.insert(cursor, documents)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget entries, known or not."""
        with connection.cursor() as cursor:
            self.dialect.delete(cursor, ids)

    def optimise(self) -> None:
        """Tidy up after a rebuild."""
        with connection.cursor() as cursor:
            self.dialect.optimise(cursor)

    def search(self, query: Query, filters: Filters, page: int = 1) -> Results:
        """One page of what meets the query, in two statements: the counts, then the ids."""
        match = self.dialect.match(query) if query else Match()
        with connection.cursor() as cursor:
            where, parameters = conditions(filters, narrow=False)
            cursor.execute(
                f"SELECT e.kind, e.themes, count(*) FROM {match.source} "  # noqa: S608
                f"WHERE {match.condition} AND {where} GROUP BY e.kind, e.themes",
                [*match.parameters, *parameters],
            )
            total, kinds, themes = counted(cursor.fetchall(), filters)
            page = min(max(page, 1), max(-(-total // PER_PAGE), 1))
            ids = self._ids(cursor, match, filters, page) if total else []
        return Results(total, page, ids, kinds, themes)

    def _ids(self, cursor: Any, match: Match, filters: Filters, page: int) -> list[int]:
        where, parameters = conditions(filters, narrow=True)
        cursor.execute(
            f"SELECT e.id FROM {match.source} WHERE {match.condition} AND {where} "  # noqa: S608
            f"ORDER BY {match.order} LIMIT %s OFFSET %s",
            [*match.parameters, *parameters, *match.order_parameters, PER_PAGE, (page - 1) * PER_PAGE],
        )
        return [row[0] for row in cursor.fetchall()]

    def suggest(self, prefix: str, language: str) -> list[int]:
        """Ids of entries whose title has the words typed so far, the last of which may be unfinished."""
        typed = typed_groups(prefix, language)
        if not typed:
            return []
        match = self.dialect.match_title(typed)
        where, parameters = conditions(Filters(language), narrow=False)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT e.id FROM {match.source} WHERE {match.condition} AND {where} "  # noqa: S608
                f"ORDER BY {match.order} LIMIT %s",
                [*match.parameters, *parameters, *match.order_parameters, MOST_SUGGESTIONS],
            )
            return [row[0] for row in cursor.fetchall()]


def typed_groups(prefix: str, language: str) -> list[list[str]]:
    """For each word typed, how a word of the title may begin. Stop words are left out, save the last."""
    written = [match[0] for match in words(prefix, language)]
    groups = []
    for position, word in enumerate(written, start=1):
        unfinished = position == len(written) and prefix.endswith(word)
        beginnings = {stem(word, language), fold(word) if unfinished else ""} - {""}
        if beginnings:
            groups.append(sorted(beginnings))
    return groups
