"""Passwords as the CNIL recommends them (délibération 2022-100): about 80 bits, never a periodic change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

ALL_CLASSES, THREE_CLASSES = 12, 14
WORDS, PHRASE = 7, 20
WORD = re.compile(r"[^\W\d_]+")


def missing_classes(password: str) -> list[str]:
    """The kinds of characters that a password lacks, in words; the special ones last."""
    kinds = {
        _("an upper-case letter"): any(character.isupper() for character in password),
        _("a lower-case letter"): any(character.islower() for character in password),
        _("a digit"): any(character.isdigit() for character in password),
        _("a special character"): any(not character.isalnum() for character in password),
    }
    return [kind for kind, present in kinds.items() if not present]


def is_phrase(password: str) -> bool:
    """Seven different words or more, whatever stands between them."""
    words = {word.casefold() for word in WORD.findall(password)}
    return len(words) >= WORDS and len(password) >= PHRASE


def is_long_enough(password: str) -> bool:
    """One of the three ways to be strong: four classes, letters and digits, or a phrase."""
    missing = missing_classes(password)
    four = not missing and len(password) >= ALL_CLASSES
    three = missing in ([], [_("a special character")]) and len(password) >= THREE_CLASSES
    return four or three or is_phrase(password)


class StrengthValidator:
    """Refuses what is too easy to guess, and says what is missing."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError with what to add."""
        if is_long_enough(password):
            return
        missing = missing_classes(password)
        if missing and len(password) >= ALL_CLASSES:
            advice = _("Add %(what)s, or write a sentence of seven words.") % {"what": ", ".join(missing)}
        else:
            short = ALL_CLASSES - len(password)
            advice = ngettext(
                "Add at least %(n)s character, or write a sentence of seven words.",
                "Add at least %(n)s characters, or write a sentence of seven words.",
                short,
            ) % {"n": short}
        raise ValidationError(
            _("This password is too easy to guess. %(advice)s") % {"advice": advice}, code="weak"
        )

    def get_help_text(self) -> str:
        """What makes a good password, in one sentence a way."""
        return _(
            "12 characters with upper and lower case, a digit and a special character; "
            "or 14 with upper and lower case and a digit; or a sentence of seven words, spaces included."
        )
