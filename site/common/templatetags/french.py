"""French typography and figures in templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_BEFORE_HIGH_PUNCTUATION = re.compile(r"(?<=[^\s\u00a0\u202f&;:!?]) (?=[;:!?%»])")
_AFTER_OPENING = re.compile(r"« ")


def typeset_text(text: str) -> str:
    """Put the no-break spaces and apostrophes that French wants in `text` (plain text)."""
    text = text.replace("'", "’")
    text = _BEFORE_HIGH_PUNCTUATION.sub(NARROW, text)
    return _AFTER_OPENING.sub(f"«{NARROW}", text)


@register.filter
def typeset(value: object) -> object:
    """French spaces around high punctuation; leaves marked-up text and other languages alone."""
    if get_language() != "fr" or isinstance(value, SafeString):
        return value
    return typeset_text(str(value))


@register.filter
def compounds(value: object) -> object:
    """A title whose compound words stay whole: `mi-carrière` does not end a line at its hyphen."""
    if isinstance(value, SafeString):
        return value
    return str(value).replace("-", "\u2011")


@register.filter
def thousands(value: float | Decimal | str) -> str:
    """`1000` → `1 000`, with a narrow no-break space (a comma in English, a point in Dutch)."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return str(value)
    separator = {"en": ",", "nl": "."}.get(get_language() or "fr", NARROW)
    return f"{number:,}".replace(",", separator)


@register.filter
def clock(value: Any) -> str:
    """A time of day as one reads it: `9 h 30` in French, `09:30` elsewhere."""
    from django.utils.timezone import is_aware, localtime  # noqa: PLC0415

    moment = localtime(value) if hasattr(value, "tzinfo") and value.tzinfo and is_aware(value) else value
    if get_language() != "fr":
        return f"{moment:%H:%M}"
    return f"{moment.hour}{NO_BREAK}h" + (f"{NO_BREAK}{moment.minute:02}" if moment.minute else "")


@register.filter
def no_break(value: object) -> str:
    """Keep `value` on one line: spaces and hyphens that do not break."""
    return mark_safe(str(value).replace(" ", NO_BREAK).replace("-", "\u2011"))  # noqa: S308
