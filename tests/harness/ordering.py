"""Rows come back in no order unless one was asked for: a query without `order_by` is shuffled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

ROOMS = frozenset({"charters", "common", "events", "home", "members", "search", "toolbox"})


def may_shuffle(query: Any) -> bool:
    """Whether a random order leaves the query's meaning as it was."""
    return (
        query.model is not None
        and query.model._meta.app_label in ROOMS
        and query.group_by is None
        and not (query.subquery or query.distinct or query.combinator)
    )


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shuffle the unordered queries over our own models; the parts of a union take no order at all."""
    original: Any = SQLCompiler._order_by_pairs
    combine: Any = SQLCompiler.get_combinator_sql
    parts: set[int] = set()

    def get_combinator_sql(compiler: Any, *args: Any) -> Any:
        mine = {id(query) for query in compiler.query.combined_queries}
        parts.update(mine)
        try:
            return combine(compiler, *args)
        finally:
            parts.difference_update(mine)

    def order_by_pairs(compiler: Any) -> Iterator[tuple[Any, bool]]:
        pairs = list(original(compiler))
        yield from pairs
        if not pairs and id(compiler.query) not in parts and may_shuffle(compiler.query):
            yield OrderBy(Random()), False

    monkeypatch.setattr(SQLCompiler, "get_combinator_sql", get_combinator_sql)
    monkeypatch.setattr(SQLCompiler, "_order_by_pairs", order_by_pairs)
