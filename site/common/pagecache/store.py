"""Pages kept in memory, under one generation and until one moment in time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from common.registries import next_boundary

if TYPE_CHECKING:
    from collections.abc import Hashable


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A response as it will be sent again."""

    body: bytes
    headers: dict[str, tuple[str, str]]


class PageStore:
    """An LRU of pages, limited in bytes, emptied when the generation or the boundary passes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.lock = threading.Lock()
        self.pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self.size = 0
        self.generation = ""
        self.until = 0.0

    def get(self, generation: str, key: Hashable) -> KeptPage | None:
        """The page kept under `key`, if it is still right."""
        if generation != self.generation or time.time() >= self.until:
            return None
        return self.pages.get(key)

    def put(self, generation: str, begun: float, key: Hashable, page: KeptPage) -> None:
        """Keep a page that was rendered from `begun` (seconds) on, under the generation of that time."""
        with self.lock:
            now = time.time()
            if generation != self.generation or now >= self.until:
                self.pages.clear()
                self.size = 0
                self.generation = generation
                self.until = next_boundary(timezone.now()).timestamp()
                self.since = now
            if begun < self.since and self.since != now:
                return
            old = self.pages.pop(key, None)
            self.size += len(page.body) - (len(old.body) if old else 0)
            self.pages[key] = page
            while self.size > self.limit:
                _key, dropped = self.pages.popitem(last=False)
                self.size -= len(dropped.body)
