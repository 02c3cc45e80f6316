"""Pages kept in memory, under one generation."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A response as it will be sent again."""

    body: bytes
    headers: dict[str, tuple[str, str]]


class PageStore:
    """An LRU of pages, limited in bytes, emptied when a new generation begins."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.lock = threading.Lock()
        self.pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self.size = 0
        self.generation = ""

    def get(self, generation: str, key: Hashable) -> KeptPage | None:
        """The page kept under `key`, if it is of this generation."""
        return self.pages.get(key) if generation == self.generation else None

    def put(self, generation: str, key: Hashable, page: KeptPage) -> None:
        """Keep a page that was rendered, from its beginning, under `generation`."""
        with self.lock:
            if generation != self.generation:
                self.pages.clear()
                self.size = 0
                self.generation = generation
            old = self.pages.pop(key, None)
            self.size += len(page.body) - (len(old.body) if old else 0)
            self.pages[key] = page
            while self.size > self.limit:
                _key, dropped = self.pages.popitem(last=False)
                self.size -= len(dropped.body)
