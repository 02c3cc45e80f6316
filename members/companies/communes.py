"""Communes as people type them: a name, a postal code, an INSEE code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.generation import per_generation
from common.known import communes
from common.models.translated import in_language

from .names import words_of

if TYPE_CHECKING:
    from typing import Any

    from common.models import Commune


@per_generation
def _spellings() -> dict[str, list[str]]:
    """INSEE codes by folded name in any language, by postal code, and by themselves."""
    found: dict[str, list[str]] = {}
    for code, commune in communes().items():
        names = {" ".join(words_of(name)) for name in commune.names.values()}
        for spelling in {*names, *map(str, commune.postal_codes), code}:
            found.setdefault(spelling, []).append(code)
    return found


def parse(text: str) -> str:
    """The INSEE code that was meant; empty for nothing. Raises ValidationError with what to do instead."""
    words = words_of(text)
    if not words:
        return ""
    known = _spellings()
    figures = [word for word in words if word.isdigit()]
    names = " ".join(word for word in words if not word.isdigit())
    codes = known.get(names) or known.get("".join(figures)) or []
    if len(codes) > 1:
        choices = ", ".join(sorted(communes()[code].name for code in codes))
        raise ValidationError(
            _("Several communes have this postal code. Write the name of yours: %(names)s.")
            % {"names": choices}
        )
    if not codes:
        raise ValidationError(
            _(
                "No commune of the arrondissement of Lille is called “%(name)s”. Choose one of the list, or "
                "leave this empty if you are elsewhere."
            )
            % {"name": text.strip()[:50]}
        )
    return codes[0]


class CommuneField(forms.CharField):
    """A commune typed by name, with the browser's own suggestions (`<datalist id="communes">`); an INSEE code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": gettext_lazy("Commune"),
                "help_text": gettext_lazy(
                    "Type its first letters, or its postal code. Leave empty outside the arrondissement of Lille."
                ),
                "max_length": 100,
                "required": False,
                "widget": forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}),
                **kwargs,
            }
        )

    def prepare_value(self, value: Any) -> Any:
        known = communes().get(value) if isinstance(value, str) else None
        return known.name if known else value

    def clean(self, value: Any) -> str:
        return parse(super().clean(value))


def commune_names() -> list[str]:
    """For the list of suggestions, in the active language."""
    rows: list[Commune] = list(communes().values())
    return [in_language(row.names) for row in rows]
