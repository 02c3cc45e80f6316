"""What people typed stays text where a spreadsheet opens it (OWASP, CSV injection)."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text, with an apostrophe before what would run."""
    return f"'{text}" if text.startswith(FORMULA) else text
