"""Two texts, word by word: what was taken out and what was put in, readable by eye and by ear."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Words with the space after them, so that what is joined again is what was cut.
PIECE = re.compile(r"\S+\s*|\s+")
LINE = re.compile(r"\n{2,}|\n")
# Beyond this, comparing costs more than anybody would read: the whole is shown as replaced.
MOST_PIECES = 6000


def difference(before: str, after: str) -> SafeString:
    """Both texts in one, as HTML; line breaks are kept, everything typed is escaped."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        return format_html("{}{}", _out(old), _in(new))
    return format_html_join("", "{}", ((part,) for part in _parts(old, new)))


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[SafeString]:
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    matcher = SequenceMatcher(None, bare_old, bare_new, autojunk=True)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield lines("".join(new[start:end]))
            continue
        yield _out(old[first:last])
        yield _in(new[start:end])


def _out(words: Sequence[str]) -> SafeString:
    return _marked("del", _("removed:"), words)


def _in(words: Sequence[str]) -> SafeString:
    return _marked("ins", _("added:"), words)


def _marked(tag: str, said: str, words: Sequence[str]) -> SafeString:
    if not words:
        return SafeString("")
    text = lines("".join(words))
    hidden = format_html('<span class="w-sr-only">[{} </span>', said)
    end = mark_safe('<span class="w-sr-only">]</span>')
    return format_html("<{}>{}{}{}</{}> ", SafeString(tag), hidden, text, end, SafeString(tag))


def lines(text: str) -> SafeString:
    """Words with their line breaks, as HTML."""
    return mark_safe(LINE.sub(_breaks, str(conditional_escape(text))))  # noqa: S308 (escaped just now)


def _breaks(found: re.Match[str]) -> str:
    """A line, or a paragraph."""
    return "<br>" * min(len(found[0]), 2)
