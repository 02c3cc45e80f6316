"""The generation stamp of the tests: a counter in memory, so that two runs never share one."""

from __future__ import annotations

from itertools import count

_numbers = count(1)


class MemoryStamp:
    """A stamp for one process."""

    def __init__(self) -> None:
        self.value = next(_numbers)

    def read(self) -> str:
        return str(self.value)

    def bump(self) -> None:
        self.value = next(_numbers)
