"""Small conversions between what was typed, what a page's columns hold and what its streams hold.

Whatever the answers contain, nothing raises here: they are JSON that anybody may have sent.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST_YEAR = 9999
HEADING = re.compile(r"<h3[^>]*>(.*?)</h3>", re.DOTALL)


def line(answer: Any, longest: int) -> str:
    """One line of words, cut where the column ends."""
    words = str(answer or "") if not isinstance(answer, (dict, list)) else ""
    return " ".join(words.replace("\x00", "").split())[:longest].strip()


def rows(answer: Any, most: int) -> list[dict[str, Any]]:
    """The objects of a list, as many as a page may have."""
    found = answer if isinstance(answer, list) else []
    return [row for row in found if isinstance(row, dict)][:most]


def column(page: Any, name: str, answer: Any) -> Any:
    """A value that the column takes: of its choices, a number in its range, true or false."""
    field = page._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return answer is True or answer in {"on", "true", "1", 1}
    if isinstance(field, models.PositiveSmallIntegerField):
        return _number(answer)
    text = line(answer, field.max_length or 200)
    if not text:
        return (field.get_default() or "") if field.has_default() else ""
    try:
        field.run_validators(text)
        field.validate(text, page)
    except ValidationError:
        return getattr(page, name)
    return text


def _number(answer: Any) -> int | None:
    text = line(answer, 6)
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= LAST_YEAR else None


def as_key(answer: Any) -> UUID | None:
    """A translation key; None when it is not one."""
    try:
        return UUID(str(answer))
    except ValueError:
        return None


def settled(answer: Any) -> Any:
    """An answer such that two that say the same are equal: spaces, line ends and emptiness do not count."""
    if isinstance(answer, str):
        lines = (" ".join(part.split()) for part in answer.splitlines())
        return "\n".join(part for part in lines if part)
    if isinstance(answer, dict):
        return {key: settled(value) for key, value in answer.items() if settled(value) != ""}
    if isinstance(answer, list):
        return [one for one in (settled(value) for value in answer) if one not in ("", {})] or ""
    if answer is None or answer is False:
        return ""
    return answer if answer is True else str(answer)


def raw(stream: Any) -> list[dict[str, Any]]:
    """The children of a stream as they are stored; none of an empty one."""
    return list(stream.get_prep_value()) if stream else []


def stream(page: Any, name: str, kind: str, found: Iterable[dict[str, Any]]) -> Any:
    """A stream of one type of block."""
    block = page._meta.get_field(name).stream_block
    return block.to_python([{"type": kind, "value": value} for value in found])


def body_blocks(html: str) -> list[dict[str, Any]]:
    """Rich text cut at its titles: blocks of words and of headings."""
    found: list[dict[str, Any]] = []
    for index, part in enumerate(HEADING.split(html)):
        words = strip_tags(part).strip()
        if not words:
            continue
        if index % 2:
            found.append({"type": "heading", "value": {"text": unescape(words)[:120], "level": "2"}})
        else:
            found.append({"type": "text", "value": part})
    return found


def body_html(stream: Any) -> str:
    """The words and headings of a body, as rich text."""
    parts = []
    for child in raw(stream):
        if child["type"] == "heading":
            parts.append(f"<h3>{escape(child['value'].get('text') or '')}</h3>")
        elif child["type"] == "text":
            parts.append(child["value"] or "")
    return "".join(parts)
