"""How a card is named outside the database: `p` or `t`, then its key in hexadecimal.

In addresses several stand one after the other, with dots between; so a hand of sixty fits in one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable

PRACTICE, TOOL = "practice", "tool"
KINDS = {"p": PRACTICE, "t": TOOL}
LETTERS = {kind: letter for letter, kind in KINDS.items()}
MOST = 60
_KEY = re.compile(r"[pt][0-9a-f]{32}")


def key_for(kind: str, translation_key: UUID | str) -> str:
    """The key of a practice or of a tool; without a translation key (the style guide), a bare letter."""
    return LETTERS[kind] + str(translation_key).replace("-", "")


def is_key(text: str) -> bool:
    """Whether a text is the key of a card, on line or not."""
    return _KEY.fullmatch(text) is not None


def read_key(key: str) -> tuple[str, UUID]:
    """The kind and the translation key. Raises ValueError for what is no key."""
    if not is_key(key):
        raise ValueError(key)
    return KINDS[key[0]], UUID(key[1:])


def read_keys(text: str) -> list[str]:
    """The keys that a text from an address holds, each once, `MOST` at most; the rest is dropped."""
    asked = text[: MOST * 2 * 34].split(".")
    return list(dict.fromkeys(key for key in asked if is_key(key)))[:MOST]


def write_keys(keys: Iterable[str]) -> str:
    """Keys as an address carries them."""
    return ".".join(keys)
