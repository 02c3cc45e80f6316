"""PostgreSQL: vectors of stems under GIN. Our analysis did the work: no text search dictionary is used.

The table has no foreign key to the entries, since `TRUNCATE search_entry` would refuse it; every
statement joins both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from search.backends.dialects import Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.backends.dialects import Document
    from search.query import Query

SOURCE = "search_index i JOIN search_entry e ON e.id = i.entry_id"
# Title, summary, keywords, body, as PostgreSQL names its four weights.
WEIGHTS = "ABCD"
# Title and summary.
HEAD = "AB"
# Positions beyond this one are all written as this one.
LAST_POSITION = 16_383
# Divide the rank by 1 + the logarithm of the length.
BY_LENGTH = 1


def vector(fields: Iterable[Sequence[str]]) -> str:
    """A tsvector as text: each stem with its position and the weight of its field."""
    parts = []
    position = 0
    for weight, stems in zip(WEIGHTS, fields, strict=False):
        for stem in stems:
            position += 1
            parts.append(f"'{stem}':{min(position, LAST_POSITION)}{weight}")
        # A phrase does not run from one field into the next.
        position += 1
    return " ".join(parts)


class PostgreSQL:
    """tsvector's way of saying it. Stems hold letters and digits only, so that quotes cannot be broken."""

    def insert(self, cursor: Any, documents: Iterable[Document]) -> None:
        cursor.executemany(
            "INSERT INTO search_index (entry_id, words, title) VALUES (%s, %s::tsvector, %s::tsvector)",
            [(row.entry_id, vector(row.fields), vector([row.title])) for row in documents],
        )

    def delete(self, cursor: Any, ids: Sequence[int]) -> None:
        cursor.execute("DELETE FROM search_index WHERE entry_id = ANY(%s)", [list(ids)])

    def optimise(self, cursor: Any) -> None:
        cursor.execute("ANALYZE search_index")

    def match(self, query: Query) -> Match:
        return _ranked("words", expression(query))

    def tiers(self, query: Query) -> tuple[Match, ...]:
        words, head = expression(query), expression(query, HEAD)
        return _match("words", head), _match("words", f"({words}) & !({head})")

    def match_title(self, typed: list[list[str]]) -> Match:
        groups = (" | ".join(f"'{word}':*" for word in group) for group in typed)
        return _ranked("title", " & ".join(f"({group})" for group in groups))


def expression(query: Query, weights: str = "") -> str:
    """A query as tsquery writes it, in the fields of some weights only."""
    label = f":{weights}" if weights else ""
    groups = (
        " | ".join("(" + " <-> ".join(f"'{stem}'{label}" for stem in phrase) + ")" for phrase in group)
        for group in query.groups
    )
    return " & ".join(f"({group})" for group in groups)


def _match(column: str, words: str) -> Match:
    return Match(source=SOURCE, condition=f"i.{column} @@ %s::tsquery", parameters=(words,))


def _ranked(column: str, words: str) -> Match:
    return replace(
        _match(column, words),
        order=f"ts_rank(i.{column}, %s::tsquery, {BY_LENGTH}) DESC, e.id DESC",
        order_parameters=(words,),
    )
