"""Choices of the filters that several rooms have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from common.generation import per_generation
from common.known import themes
from common.listing import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import TextChoices


@per_generation
def _theme_choices(_language: str) -> list[Choice]:
    return [Choice(theme.slug, theme.name, theme.family) for theme in themes().values()]


def theme_choices() -> list[Choice]:
    """The thirteen themes, in the active language."""
    return _theme_choices(get_language() or "")


@per_generation
def _enumerated(choices: type[TextChoices], _language: str) -> list[Choice]:
    return [Choice(str(value), str(label)) for value, label in choices.choices]


def enumeration(choices: type[TextChoices]) -> Callable[[], Sequence[Choice]]:
    """The choices of a closed list, in the active language."""
    return lambda: _enumerated(choices, get_language() or "")
