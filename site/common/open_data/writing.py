"""A dataset as a file: CSV for a spreadsheet, CSV for machines, a workbook. Rows are never all in memory."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .datasets import working
from .fields import Field, Kind, as_data, in_words
from .neutral import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO

    from .datasets import Asked, Dataset

BYTE_ORDER_MARK = "\ufeff"
WIDTHS = {
    Kind.TEXT: 42,
    Kind.ADDRESS: 42,
    Kind.CHOICES: 36,
    Kind.NAMES: 36,
    Kind.CHOICE: 26,
    Kind.MOMENT: 17,
    Kind.CODE: 20,
}
WIDTH = 12
LONGEST_CELL = 32_767


class Line:
    """A file for the csv module that keeps nothing."""

    def write(self, text: str) -> str:
        return text


def for_people(value: Any) -> str:
    """A cell of the CSV for Excel: French dates, a decimal comma, nothing that runs."""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return harmless(value) if isinstance(value, str) else str(value)


def for_machines(value: Any) -> str:
    """A cell of the open-data CSV. Lists are separated by a bar, and nothing is translated."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def excel_csv(dataset: Dataset, asked: Asked) -> Iterator[str]:
    """Semicolons, a byte order mark, CRLF, headers and labels in the language asked for."""
    line = csv.writer(Line(), delimiter=";", lineterminator="\r\n")
    with working(asked.language):
        yield BYTE_ORDER_MARK + line.writerow([harmless(str(field.label)) for field in dataset.fields])
    yield from pieces(
        dataset,
        asked,
        lambda record: line.writerow(
            [for_people(in_words(one, one.value(record))) for one in dataset.fields]
        ),
    )


def open_csv(dataset: Dataset, asked: Asked) -> Iterator[str]:
    """RFC 4180 in UTF-8: commas, ISO dates, the names and codes of the API."""
    line = csv.writer(Line(), lineterminator="\r\n")
    yield str(line.writerow(column_names(dataset.fields)))
    yield from pieces(
        dataset,
        asked,
        lambda record: line.writerow(map(for_machines, as_data(dataset.fields, record).values())),
    )


def column_names(fields: Sequence[Field]) -> list[str]:
    """The names of the columns: a choice has one for its code and one for its label."""
    return [
        name for one in fields for name in ((one.name, one.label_name) if one.has_labels else (one.name,))
    ]


def pieces(dataset: Dataset, asked: Asked, line_of: Callable[[Any], Any]) -> Iterator[str]:
    """The lines of every record, some at a time."""
    for records in dataset.chunks(asked):
        with working(asked.language):
            lines = "".join(line_of(record) for record in records)
        yield lines


def workbook(dataset: Dataset, asked: Asked) -> IO[bytes]:
    """An open file at its beginning. Its rows were written to disk one by one."""
    book = Workbook(write_only=True)
    with working(asked.language):
        sheet = book.create_sheet(str(dataset.label)[:31])
        book.properties.title = str(dataset.label)
        book.properties.creator = "Atout’âge"
        sheet.freeze_panes = "A2"
        for number, field in enumerate(dataset.fields, 1):
            sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(field.kind, WIDTH)
        sheet.append([header(sheet, str(field.label)) for field in dataset.fields])
    for records in dataset.chunks(asked):
        with working(asked.language):
            for record in records:
                row = (cell(sheet, field, in_words(field, field.value(record))) for field in dataset.fields)
                sheet.append(list(row))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def header(sheet: Any, text: str) -> WriteOnlyCell:
    """The first row, in bold."""
    made = WriteOnlyCell(sheet, harmless(text))
    made.font = Font(bold=True)
    return made


def cell(sheet: Any, field: Field, value: Any) -> Any:
    """A cell of the workbook: codes are text, dates are dates, and there is no formula."""
    if isinstance(value, str):
        text = harmless(ILLEGAL_CHARACTERS_RE.sub("", value))[:LONGEST_CELL]
        if field.kind is not Kind.CODE:
            return text
        made = WriteOnlyCell(sheet, text)
        made.number_format = "@"
        return made
    if isinstance(value, dt.date):
        made = WriteOnlyCell(sheet, value)
        made.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, dt.datetime) else "dd/mm/yyyy"
        return made
    return value
