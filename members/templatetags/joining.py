"""How keys and codes are written for people to copy."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def in_fours(value: str) -> str:
    """A key or a code in groups of four characters."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
