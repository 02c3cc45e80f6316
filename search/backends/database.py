"""The database itself as a search engine: FTS5 on SQLite, tsvector on PostgreSQL.

Both are given stems and nothing else, so that they find the same things. What differs between the
two is in their dialects; tables beside `search_entry` are made by a migration.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from search.analysis import fold, stem, stems, surfaces, words
from search.backends.base import MOST_SUGGESTIONS, PER_PAGE, Filters, Results
from search.backends.dialects import Dialect, Document, Match, dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.models import Entry
    from search.query import Query

# Longer texts are indexed up to here (PostgreSQL limits a tsvector to 1 MB).
LONGEST_BODY = 100_000
# Words that more entries have than this say little: the latest ones are worth more than the best ones,
# and ranking thousands of entries would take longer than all the rest.
MANY = 1_000


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
        """One page of what meets the query: a statement for the counts, one to three for the ids."""
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
            offset = (page - 1) * PER_PAGE
            if query and total > MANY:
                ids = select_in_turn(cursor, self.dialect.tiers(query), filters, offset)
            else:
                ids = select(cursor, match, filters, PER_PAGE, offset) if total else []
        return Results(total, page, ids, kinds, themes)

    def suggest(self, prefix: str, language: str) -> list[int]:
        """Ids of entries whose title has the words typed so far, the last of which may be unfinished."""
        typed = typed_groups(prefix, language)
        if not typed:
            return []
        with connection.cursor() as cursor:
            return select(cursor, self.dialect.match_title(typed), Filters(language), MOST_SUGGESTIONS)


def select(cursor: Any, match: Match, filters: Filters, limit: int, offset: int = 0) -> list[int]:
    """Ids of what matches, in the match's order."""
    where, parameters = conditions(filters, narrow=True)
    cursor.execute(
        f"SELECT e.id FROM {match.source} WHERE {match.condition} AND {where} "  # noqa: S608
        f"ORDER BY {match.order} LIMIT %s OFFSET %s",
        [*match.parameters, *parameters, *match.order_parameters, limit, offset],
    )
    return [row[0] for row in cursor.fetchall()]


def select_in_turn(cursor: Any, tiers: Sequence[Match], filters: Filters, offset: int) -> list[int]:
    """One page of ids out of several matches, one after the other."""
    ids: list[int] = []
    for tier in tiers:
        found = select(cursor, tier, filters, PER_PAGE - len(ids), offset)
        ids += found
        if len(ids) == PER_PAGE:
            break
        offset = 0 if found else offset - size(cursor, tier, filters)
    return ids


def size(cursor: Any, match: Match, filters: Filters) -> int:
    """How many entries match."""
    where, parameters = conditions(filters, narrow=True)
    cursor.execute(
        f"SELECT count(*) FROM {match.source} WHERE {match.condition} AND {where}",  # noqa: S608
        [*match.parameters, *parameters],
    )
    return int(cursor.fetchone()[0])


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
