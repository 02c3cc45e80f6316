"""The readable half of the archive: one page that needs nothing else, in the person's language.

Every value passes through a template, which escapes it: what was typed as markup is read as text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.templatetags.french import clock, long_date, thousands

from .labels import LABELS

if TYPE_CHECKING:
    from common.registries import PersonalData
    from members.models import User

# Where the streamed part goes in a template that is whole by itself.
MARK = "[[…]]"


def _around(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """What a template prints before its mark and after it."""
    before, _mark, after = render_to_string(template, {**context, "mark": MARK}).rpartition(MARK)
    return before, after


def around_page(user: User, made_at: dt.datetime, sections: Sequence[PersonalData]) -> tuple[str, str]:
    """The page around its sections."""
    context = {"user": user, "made_at": made_at, "sections": sections, "language": get_language()}
    return _around("members/privacy/archive/index.html", context)


def around_section(data: PersonalData) -> tuple[str, str]:
    """A section around its rows."""
    return _around("members/privacy/archive/section.html", {"data": data})


def row(values: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """One row: its labels and its values; what is empty is left out."""
    shown = render_to_string("members/privacy/archive/entries.html", {"entries": entries(values, labels)})
    return f"<li>{shown}</li>\n"


def nothing() -> str:
    """What a section says when there is nothing in it."""
    return render_to_string("members/privacy/archive/nothing.html")


def files(found: Sequence[Mapping[str, Any]]) -> str:
    """The list of the files, with links to them."""
    return render_to_string("members/privacy/archive/files.html", {"files": found})


def labels_of(data: PersonalData) -> dict[str, Any]:
    """What the keys of a section are called: its own names, else the common ones."""
    return {**LABELS, **data.labels}


@dataclass(frozen=True)
class Entry:
    """A label with its value ready to print: one text, several, or rows in the row."""

    label: str
    text: str = ""
    texts: Sequence[str] = ()
    rows: Sequence[Sequence[Entry]] = ()


def entries(values: Mapping[str, Any], labels: Mapping[str, Any]) -> list[Entry]:
    """What a row says; what is empty is left out."""
    return [
        _entry(capfirst(str(labels.get(key, key.replace("_", " ")))), value, labels)
        for key, value in values.items()
        if value is not None and value not in ("", [], {}, ())
    ]


def _entry(label: str, value: Any, labels: Mapping[str, Any]) -> Entry:
    if isinstance(value, Mapping):
        return Entry(label, rows=[entries(value, labels)])
    if isinstance(value, Iterable) and not isinstance(value, str | Promise):
        inner = list(value)
        if any(isinstance(one, Mapping) for one in inner):
            return Entry(label, rows=[entries(one, labels) for one in inner if isinstance(one, Mapping)])
        return Entry(label, texts=[in_words(one) for one in inner])
    return Entry(label, text=in_words(value))


def in_words(value: Any) -> str:
    """A value as one reads it, in the active language."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value)
        return f"{long_date(moment.date())}, {clock(moment)}"
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, int):
        return thousands(value)
    return str(value)
