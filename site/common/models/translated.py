"""Names kept in one JSON field keyed by language, so that a fourth language is data, not a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LANGUAGE = "fr"


def in_language(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in `language` (the active one by default), in French where it is missing."""
    language = (language or get_language() or DEFAULT_LANGUAGE).split("-")[0]
    return texts.get(language) or texts.get(DEFAULT_LANGUAGE, "")


def validate_translated(value: object) -> None:
    """Accept `{"fr": "…", "en": "…"}` with at least a French text."""
    if not isinstance(value, dict) or not value.get(DEFAULT_LANGUAGE):
        raise ValidationError(_("Give at least the French text."))
    if not all(isinstance(text, str) for text in value.values()):
        raise ValidationError(_("Each language holds one text."))
