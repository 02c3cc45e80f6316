"""From a text to its stems: what makes “l’Emploi”, “emplois” and “EMPLOI” one and the same.

Tokenise → drop elisions → fold capitals, accents and ligatures → drop stop words → stem. The same
analysis runs on what is indexed and on what is asked. It knows nothing of any search backend.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from search.stemming import STEMMERS
from search.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

# Letters and digits, with the combining marks and soft hyphens that may stand among them.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*")
_ELISION = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)['’ʼ](?=\w)",
    re.IGNORECASE,
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "\u00ad": ""})
# Nobody types longer words; tsvector refuses lexemes over 2 KB.
LONGEST = 60


class Token(NamedTuple):
    """A word that counts: its stem, and where it stands in the original text."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Without capitals, accents or ligatures: `Œuvré` → `oeuvre`."""
    word = word.casefold().translate(_LIGATURES)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
    return word[:LONGEST]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of one word as written; empty for a stop word."""
    folded = fold(word)
    if folded in STOP_WORDS.get(language, ()):
        return ""
    stemmer = STEMMERS.get(language)
    return stemmer(folded) if stemmer else folded


def words(text: str, language: str) -> Iterator[re.Match[str]]:
    """Every word as written, stop words included, without what is elided before it."""
    if language == "fr":
        # Same length, so that offsets stay those of the original.
        text = _ELISION.sub(lambda elided: " " * len(elided[0]), text)
    return WORD.finditer(text)


def analyse(text: str, language: str, among: AbstractSet[str] | None = None) -> list[Token]:
    """The tokens of `text`, in order, stop words left out; with `among`, those of these stems only.

    For a language without stemmer or stop words, folded words.
    """
    tokens = []
    for word in words(text, language):
        known = stem(word[0], language)
        if known and (among is None or known in among):
            tokens.append(Token(known, word.start(), word.end()))
    return tokens


def stems(text: str, language: str) -> list[str]:
    """The stems of `text`, in order, repeated as often as they occur."""
    return [known for m in words(text, language) if (known := stem(m[0], language))]


def surfaces(text: str, language: str) -> list[str]:
    """The folded words of `text`, stop words included: what somebody may be in the middle of typing."""
    return [folded for m in words(text, language) if (folded := fold(m[0]))]
