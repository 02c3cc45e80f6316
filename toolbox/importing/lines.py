"""From a line of the file to the values of a page, or to what is wrong with it, cell by cell."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from toolbox.models import Contribution

from .refusals import WrongCell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .columns import Column
    from .reading import Record


@dataclass
class Line:
    """What a line says. With `problems`, it is not written; `remarks` are said all the same."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    fingerprint: str = ""

    @property
    def slug(self) -> str:
        """What tells it from the others; empty when the cell is wrong."""
        return str(self.values.get("slug", ""))


def understand(record: Record, meant: Mapping[str, Column], kind: str) -> Line:
    """Read each cell; say everything that is wrong at once, naming the columns as the file does."""
    line = Line(record.number)
    for header, column in meant.items():
        cell = record.cells.get(header, "")
        if not cell:
            if column.required:
                line.problems.append(_("“%(column)s” is empty") % {"column": header})
            continue
        try:
            line.values[column.field] = column.read(cell)
        except WrongCell as wrong:
            line.problems.append(f"{header}: {wrong}")
    if kind == Contribution.Kind.PRACTICE and not (
        line.values.get("actions_text") or line.values.get("context_text") or line.problems
    ):
        line.problems.append(_("nothing is told: fill in “body”"))
    line.fingerprint = fingerprint(record)
    return line


def fingerprint(record: Record) -> str:
    """The same for the same cells, wherever the line stands."""
    said = json.dumps(record.cells, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()
