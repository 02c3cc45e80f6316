"""Light stemming: plurals and little more. One function a language, on folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Shorter words are left alone: “bus”, “CSE”, “yes”.
SHORTEST = 4


def french(word: str) -> str:
    """`salariees` → `salarie`, `niveaux` → `niveau`, `regionaux` → `regional`."""
    if len(word) < SHORTEST:
        return word
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > SHORTEST:
        return word[:-2] + "l"
    if word[-1] in "sx":
        word = word[:-1]
    return word[:-1] if word.endswith("ee") else word


def english(word: str) -> str:
    """`companies` → `company`, `workers` → `worker`; `business` and `status` stay."""
    if len(word) < SHORTEST or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def dutch(word: str) -> str:
    """`werknemers` → `werknemer`, `bedrijven` → `bedrijf`, `bruggen` → `brug`."""
    if len(word) <= SHORTEST:
        return word
    if word.endswith("en") and len(word) > SHORTEST + 1:
        word = word[:-2]
        if word[-1] == word[-2]:
            word = word[:-1]
        return word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])
    return word if word.endswith("ss") else word.removesuffix("s")


STEMMERS: dict[str, Callable[[str], str]] = {"fr": french, "en": english, "nl": dutch}
