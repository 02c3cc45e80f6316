"""What of a text to show, with the words found marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.templatetags.french import typeset_text
from search.analysis import WORD, analyse, stem

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# Characters of an excerpt, and how many of them at most stand before the first word found.
EXCERPT = 240
BEFORE = 80
# A transcript is not read further for the sake of an excerpt.
READ = 20_000
STRIDE = 500
ELLIPSIS = "…"
SENTENCE_ENDS = (". ", "! ", "? ", "!\u00a0", "?\u00a0", "… ")


def mark(text: str, wanted: AbstractSet[str], language: str) -> SafeString:
    """`text`, typeset and escaped, with `<mark>` around the words whose stem is wanted."""
    if language == "fr":
        text = typeset_text(text)
    parts: list[str] = []
    end = 0
    for token in analyse(text, language, wanted) if wanted else ():
        parts += escape(text[end : token.start]), "<mark>", escape(text[token.start : token.end]), "</mark>"
        end = token.end
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 (every piece is escaped)


def find(text: str, wanted: AbstractSet[str], language: str) -> int | None:
    """Where the first wanted word begins, if there is one. Reads on by the stride, until it is found."""
    start = 0
    while start < min(len(text), READ):
        space = text.find(" ", start + STRIDE)
        piece = text[start : space if space > 0 else len(text)]
        found = [word for word in set(WORD.findall(piece)) if stem(word, language) in wanted]
        if found:
            first = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", piece)
            if first:
                return start + first.start()
        start += len(piece) + 1
    return None


def excerpt(title: str, summary: str, body: str, wanted: AbstractSet[str], language: str) -> SafeString:
    """The summary; the body around the first word found when neither summary nor title has one."""
    if wanted and find(f"{title} {summary}", wanted, language) is None:
        found = find(body, wanted, language)
        if found is not None:
            return mark(passage(body, found), wanted, language)
    return mark(summary or cut(body), wanted, language)


def cut(text: str) -> str:
    """The beginning of a text, at a word’s end, with an ellipsis when something is left out."""
    if len(text) <= EXCERPT:
        return text
    end = text.rfind(" ", 0, EXCERPT)
    return text[: end if end > 0 else EXCERPT].rstrip(" ,;:") + ELLIPSIS


def passage(text: str, found: int) -> str:
    """The text around a position: from the beginning of its sentence when that is near."""
    earliest = max(found - BEFORE, 0)
    ends = [end + len(sign) for sign in SENTENCE_ENDS if (end := text.rfind(sign, earliest, found)) >= 0]
    if ends or not earliest:
        return cut(text[max(ends, default=0) :][: EXCERPT * 2])
    start = text.find(" ", earliest, found) + 1 or found
    return f"{ELLIPSIS} {cut(text[start:][: EXCERPT * 2])}"
