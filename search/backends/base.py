"""What a search backend does. The rows themselves stay in `search.Entry`; a backend finds their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from search.models import Entry
    from search.query import Query

PER_PAGE = 20
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Filters:
    """What entries must be, besides holding the words. Several kinds or themes widen the result."""

    language: str
    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()


@dataclass(frozen=True)
class Results:
    """One page of ids, best first, and how many there are of each kind and theme.

    `kinds` counts under the theme filter alone, `themes` under the kind filter alone. `page` is the
    page that was found: the last one when a later one was asked for.
    """

    total: int = 0
    page: int = 1
    ids: Sequence[int] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    themes: Mapping[str, int] = field(default_factory=dict)


class Backend(Protocol):
    """A search backend."""

    def index(self, entries: Sequence[Entry]) -> None:
        """Make saved entries findable, as they are now. Indexing twice is the same as once."""
        ...

    def remove(self, ids: Sequence[int]) -> None:
        """Forget entries, known or not."""
        ...

    def optimise(self) -> None:
        """Tidy up after a rebuild."""
        ...

    def search(self, query: Query, filters: Filters, page: int = 1) -> Results:
        """One page of what meets the query; an empty query is met by every entry, the latest first."""
        ...

    def suggest(self, prefix: str, language: str) -> list[int]:
        """Ids of entries whose title has the words typed so far, the last of which may be unfinished."""
        ...
