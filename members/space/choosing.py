"""The thirteen themes as they are chosen: by family, those that are followed marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from common.known import themes
from common.models.themes import Family
from members.models import Followed


@dataclass(frozen=True)
class ThemeChoice:
    """A theme, and whether it is followed."""

    slug: str
    name: str
    follows: bool


@dataclass(frozen=True)
class FamilyChoices:
    """The themes of a family."""

    family: str
    label: str
    themes: Sequence[ThemeChoice]


def theme_choices(follows: Collection[tuple[str, str]]) -> list[FamilyChoices]:
    """Every theme, in order; no query."""
    return [
        FamilyChoices(
            family.value,
            str(family.label),
            [
                ThemeChoice(theme.slug, theme.name, (Followed.THEME, theme.slug) in follows)
                for theme in themes().values()
                if theme.family == family
            ],
        )
        for family in Family
    ]
