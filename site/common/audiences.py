"""Who may take what is not for everybody: rooms register what they know of a visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PUBLIC = "public"
_audiences: dict[str, Callable[[Any], bool]] = {}


def register_audience(key: str, is_in: Callable[[Any], bool]) -> None:
    """Say how to know whether a visitor (perhaps anonymous) belongs to an audience."""
    _audiences[key] = is_in


def is_in_audience(user: Any, key: str) -> bool:
    """Whether a visitor belongs to an audience; nobody to one that no room knows."""
    return key == PUBLIC or (key in _audiences and _audiences[key](user))
