"""Filters of a list as they are kept: their canonical query, its digest, and what they say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.addresses import section
from common.listing import Selection, encode, selection

from .filters import PRACTICE_FILTERS, TOOL_FILTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

    from common.listing import Filter


@dataclass(frozen=True)
class List:
    """A list that searches are saved of."""

    name: str
    label: str | _StrPromise
    slug: str
    filters: Sequence[Filter]

    @property
    def path(self) -> str:
        """Where it stands, in the active language."""
        return section(self.slug)


LISTS = {
    one.name: one
    for one in (
        List("practice", _("Good practices"), "bonnes-pratiques", PRACTICE_FILTERS),
        List("tool", _("Tools"), "boite-a-outils", TOOL_FILTERS),
    )
}


@dataclass(frozen=True)
class Search:
    """Known filters of a list."""

    list: List
    chosen: Selection

    @property
    def query(self) -> str:
        """The same for the same filters, whatever the order they were ticked in."""
        return encode(self.chosen)

    @property
    def digest(self) -> str:
        """What follows and announcements call it."""
        return hashlib.blake2b(f"{self.list.name}?{self.query}".encode(), digest_size=20).hexdigest()

    @property
    def url(self) -> str:
        """The list under these filters."""
        return f"{self.list.path}?{self.query}" if self.chosen else self.list.path

    @property
    def labels(self) -> Sequence[str]:
        """What is ticked, in the active language."""
        return [
            choice.label
            for each in self.list.filters
            for choice in each.choices()
            if choice.value in self.chosen.get(each.name, ())
        ]

    @property
    def name(self) -> str:
        """What it is called until somebody names it."""
        return ", ".join(self.labels)


def read_search(name: str, query: QueryDict | str) -> Search | None:
    """The known filters of a query; None for a list that nobody knows."""
    of = LISTS.get(name)
    if of is None:
        return None
    data: Any = QueryDict(query) if isinstance(query, str) else query
    return Search(of, selection(data, of.filters))
