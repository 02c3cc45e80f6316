"""SQLite: FTS5 tables of stems, whose rowid is the entry's id.

Their tokenizer is `ascii`, which leaves all other letters as they are: the stems are already folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search.backends.dialects import LATEST, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.backends.dialects import Document
    from search.query import Query

# Title, summary, keywords, body.
WEIGHTS = "8.0, 4.0, 2.0, 1.0"


class SQLite:
    """FTS5's way of saying it. Stems hold letters and digits only, so that quotes cannot be broken."""

    def insert(self, cursor: Any, documents: Iterable[Document]) -> None:
        rows = list(documents)
        cursor.executemany(
            "INSERT INTO search_index (rowid, title, summary, keywords, body) VALUES (%s, %s, %s, %s, %s)",
            [(row.entry_id, *(" ".join(stems) for stems in row.fields)) for row in rows],
        )
        cursor.executemany(
            "INSERT INTO search_title (rowid, words) VALUES (%s, %s)",
            [(row.entry_id, " ".join(row.title)) for row in rows],
        )

    def delete(self, cursor: Any, ids: Sequence[int]) -> None:
        for table in ("search_index", "search_title"):
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk in ids])  # noqa: S608

    def optimise(self, cursor: Any) -> None:
        for table in ("search_index", "search_title"):
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608

    def match(self, query: Query) -> Match:
        return _match("search_index", expression(query), f"bm25(search_index, {WEIGHTS}), e.id DESC")

    def tiers(self, query: Query) -> tuple[Match, ...]:
        words = expression(query)
        head = f"{{title summary}} : ({words})"
        return _match("search_index", head, LATEST), _match("search_index", f"({words}) NOT {head}", LATEST)

    def match_title(self, typed: list[list[str]]) -> Match:
        groups = (" OR ".join(f'"{word}"*' for word in group) for group in typed)
        words = " AND ".join(f"({group})" for group in groups)
        return _match("search_title", words, "bm25(search_title), e.id DESC")


def expression(query: Query) -> str:
    """A query as FTS5 writes it."""
    groups = (" OR ".join(f'"{" ".join(phrase)}"' for phrase in group) for group in query.groups)
    return " AND ".join(f"({group})" for group in groups)


def _match(table: str, words: str, order: str) -> Match:
    # CROSS JOIN keeps SQLite from beginning with the entries.
    return Match(
        source=f"{table} CROSS JOIN search_entry e ON e.id = {table}.rowid",
        condition=f"{table} MATCH %s",
        parameters=(words,),
        order=order,
    )
