"""French typography and figures in templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

register = template.Library()

KILO = 1000
MEGA = 1_000_000
NARROW = "\u202f"
NO_BREAK = "\u00a0"
QUOTES = {"fr": (f"«{NARROW}", f"{NARROW}»"), "en": ("“", "”"), "nl": ("“", "”")}

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


@register.filter
def long_date(value: dt.date) -> str:
    """A date in words; in French the first of a month is `1er`."""
    text = date_format(value, "DATE_FORMAT")
    if get_language() == "fr" and text.startswith("1 "):
        return f"1er{text[1:]}"
    return text


@register.filter
def file_size(size: int | None) -> str:
    """A size as one reads it: `49 Ko` in French, `49 KB` elsewhere (decimal units)."""
    kilo, mega = ("Ko", "Mo") if get_language() == "fr" else ("KB", "MB")
    if not size:
        return ""
    if size < MEGA:
        return f"{max(round(size / KILO), 1)}{NO_BREAK}{kilo}"
    return f"{number_format(size / MEGA, 1)}{NO_BREAK}{mega}"


@register.filter
def quoted(text: str) -> str:
    """Words between the quotation marks of the active language."""
    opening, closing = QUOTES.get(get_language() or "fr", QUOTES["en"])
    return f"{opening}{text}{closing}"
