"""What a dataset says of a row: one description for the exports, the API and its schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.generation import per_generation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from common.listing import Choice


class Kind(StrEnum):
    """How a value is written, in files and in JSON."""

    TEXT = "text"
    CODE = "code"  # digits that are no number: an INSEE code
    CHOICE = "choice"  # one of a closed list: its code, and its label beside it
    CHOICES = "choices"  # several of them
    NAMES = "names"
    NUMBER = "number"
    DECIMAL = "decimal"
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"
    ADDRESS = "address"
    PASSAGE = "passage"  # words with paragraphs, as plain text and as HTML; never in a file
    PARTS = "parts"  # objects of their own; never in a file


@dataclass(frozen=True)
class Field:
    """One thing said of a row. `name` is for good: within a version of the API it never changes.

    `value` reads it off a record of the dataset, in the active language; empty means not known.
    """

    name: str
    label: str | _StrPromise
    kind: Kind
    value: Callable[[Any], Any]
    description: str = ""
    choices: Callable[[], Sequence[Choice]] | None = None
    required: bool = False
    parts: Sequence[Field] = ()

    @property
    def label_name(self) -> str:
        """The name under which the labels of a choice stand beside its codes."""
        return f"{self.name}_label{'s' if self.kind is Kind.CHOICES else ''}"

    @property
    def has_labels(self) -> bool:
        """Whether codes are given with their labels."""
        return self.kind in (Kind.CHOICE, Kind.CHOICES)

    def labels(self, value: Any) -> list[str]:
        """The labels of the codes that a value is made of, in the active language."""
        known = known_labels(self.choices, get_language() or "") if self.choices else {}
        codes = value if self.kind is Kind.CHOICES else [value] if value else []
        return [known.get(str(code), str(code)) for code in codes]


@per_generation
def known_labels(choices: Callable[[], Sequence[Choice]], _language: str) -> dict[str, str]:
    """Labels by code, in the active language."""
    return {choice.value: choice.label for choice in choices()}


def as_data(fields: Sequence[Field], record: Any) -> dict[str, Any]:
    """A record as plain values, for JSON. Moments carry the offset of Paris."""
    found: dict[str, Any] = {}
    for field in fields:
        value = field.value(record)
        if field.kind is Kind.PARTS:
            value = [as_data(field.parts, part) for part in value]
        elif field.kind is Kind.MOMENT and value:
            value = timezone.localtime(value).isoformat(timespec="seconds")
        elif field.kind is Kind.DATE and value:
            value = value.isoformat()
        elif field.kind in (Kind.CHOICES, Kind.NAMES):
            value = list(value)
        elif value == "" and not field.required:
            value = None
        found[field.name] = value
        if field.has_labels:
            labels = field.labels(value)
            found[field.label_name] = labels if field.kind is Kind.CHOICES else next(iter(labels), None)
    return found


def in_words(field: Field, value: Any) -> str | int | float | dt.date | dt.datetime:
    """A value as a person reads it in a sheet, in the active language; moments in Paris time, naive."""
    if value is None or value == "":
        return ""
    return IN_WORDS.get(field.kind, _as_it_is)(field, value)


def _labelled(field: Field, value: Any) -> str:
    return ", ".join(field.labels(value))


def _names(_field: Field, value: Any) -> str:
    return ", ".join(str(name) for name in value)


def _yes_or_no(_field: Field, value: Any) -> str:
    return _("yes") if value else _("no")


def _in_paris(_field: Field, value: Any) -> dt.datetime:
    return timezone.make_naive(value).replace(microsecond=0)


def _as_it_is(_field: Field, value: Any) -> Any:
    return value if isinstance(value, int | float | dt.date) else str(value)


IN_WORDS: dict[Kind, Callable[[Field, Any], Any]] = {
    Kind.CHOICE: _labelled,
    Kind.CHOICES: _labelled,
    Kind.NAMES: _names,
    Kind.FLAG: _yes_or_no,
    Kind.MOMENT: _in_paris,
}
