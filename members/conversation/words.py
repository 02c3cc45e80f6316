"""What somebody typed, as it is kept and as it is shown: plain text, and nothing else means anything."""

from __future__ import annotations

import re
import unicodedata

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from members.models.conversation import TEXT_LENGTH
from members.people.linking import linked

from .refusals import Empty, TooLong

_NEW_LINES = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_BLANK_LINES = re.compile(r"\n{3,}")
_BREAK = SafeString("<br>")
_PARAGRAPHS = re.compile(r"\n{2,}")
_ADDRESSES = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]{2,}\.(?:com|fr|net|org|info|biz|ru|top|xyz|shop|site|io)\b",
    re.IGNORECASE,
)
# Letters of some scripts bear two or three marks; towers of them only make a mess.
MOST_MARKS = 3
JOINER = "\u200d"
# Hangul fillers and the blank braille pattern are letters that nobody sees.
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")


def worded(text: str) -> str:
    """The text as it is kept: one kind of line end, nothing invisible. Raises Empty, TooLong."""
    lines = _NEW_LINES.sub("\n", unicodedata.normalize("NFC", text))
    kept = "\n".join(line.rstrip() for line in "".join(_visible(lines)).split("\n"))
    kept = _BLANK_LINES.sub("\n\n", kept).strip()
    if not kept:
        raise Empty
    if len(kept) > TEXT_LENGTH:
        raise TooLong
    return kept


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if sign in "\n\t":
            kept.append(sign)
        elif category[0] == "C":
            # Emoji are made of several signs; anywhere else the joiner hides something.
            if sign == JOINER and kept and unicodedata.category(kept[-1]) in ("So", "Sk", "Mn"):
                kept.append(sign)
        elif sign not in _INVISIBLE and marks <= MOST_MARKS:
            kept.append(sign)
    return kept


def shown(text: str) -> SafeString:
    """Escaped paragraphs; addresses of the web become links that we do not vouch for."""
    paragraphs = _PARAGRAPHS.split(text)
    lines = ([(linked(line),) for line in paragraph.split("\n")] for paragraph in paragraphs)
    broken = ((format_html_join(_BREAK, "{}", each),) for each in lines)
    return format_html_join("", "<p>{}</p>", broken)


def addresses_in(text: str) -> int:
    """How many addresses of the web a text holds, written out or not."""
    return len(_ADDRESSES.findall(text))


def excerpt_of(text: str, length: int = 80) -> str:
    """The first words, on one line."""
    return Truncator(" ".join(text.split())).chars(length)
