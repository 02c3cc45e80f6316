"""What staff take away: a file to begin with, and the report of a run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from .columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolbox.models import ImportRun

WIDTH = 28


def csv_template(kind: str) -> bytes:
    """Headers and one example line, as French Excel writes them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.key for column in COLUMNS[kind]])
    writer.writerow([column.example for column in COLUMNS[kind]])
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(kind: str) -> bytes:
    """The same, with a second sheet that says what each column takes."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Lines")
    sheet.append([column.key for column in COLUMNS[kind]])
    sheet.append([column.example for column in COLUMNS[kind]])
    sheet.freeze_panes = "A2"
    guide = book.create_sheet(_("Columns"))
    guide.append([_("Column"), _("What it takes"), _("Example"), _("Other names that are understood")])
    for column in COLUMNS[kind]:
        guide.append([column.key, str(column.help), column.example, ", ".join(column.aliases)])
    for each in (sheet, guide):
        for cell in each[1]:
            cell.font = Font(bold=True)
            each.column_dimensions[cell.column_letter].width = WIDTH
    for row in guide.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def report_rows(run: ImportRun) -> Iterator[list[str]]:
    """Line, outcome, slug and messages, under their headers; formulas are disarmed by the writer."""
    yield [_("Line"), _("Outcome"), "slug", _("Messages")]
    for line in run.lines.iterator(chunk_size=500):
        yield [str(line.number), line.get_outcome_display(), line.slug, harmless("; ".join(line.messages))]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
