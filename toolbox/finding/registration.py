"""What this part adds to the registries of the site."""

from __future__ import annotations


def register() -> None:
    """Called once, when the site starts."""
