"""Reading a table as spreadsheets write it: CSV of French Excel or of open data, XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
from django.utils.translation import gettext as _

from .refusals import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_LINES = 20_000
MOST_COLUMNS = 60
MOST_CELL = 60_000
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (";", ",", "\t", "|")
ZIP = b"PK\x03\x04"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Excel's own way of saying the separator, on a line before the headers.
SAID_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Record:
    """One line of the file: its number as the spreadsheet shows it, and its cells by header."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The headers as written, and the lines that hold something, read as one goes."""

    headers: list[str]
    records: Iterator[Record]


def open_table(path: Path) -> Table:
    """Read the headers of a CSV or XLSX file. Raises UnreadableFile, with what to do about it."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableFile(_("The file is over 25 MB: cut it into several."))
    with path.open("rb") as file:
        start = file.read(4)
    if start == OLE:
        raise UnreadableFile(_("This is an old Excel file (.xls): save it as .xlsx or CSV."))
    rows = _sheet(path) if start == ZIP else _csv(path)
    number, headers = next(
        ((number, [cell.strip() for cell in row]) for number, row in rows if any(map(str.strip, row))),
        (0, []),
    )
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise UnreadableFile(_("The file is empty: its first line should name the columns."))
    if len(headers) > MOST_COLUMNS:
        raise UnreadableFile(_("The file has more than %(n)s columns.") % {"n": MOST_COLUMNS})
    return Table(headers, _records(headers, rows, number))


def _records(headers: list[str], rows: Iterator[tuple[int, list[str]]], first: int) -> Iterator[Record]:
    for count, (number, row) in enumerate(rows, start=1):
        if count > MOST_LINES:
            raise UnreadableFile(
                _("The file has more than %(n)s lines: cut it into several.") % {"n": MOST_LINES}
            )
        cells = {
            header: cell.strip()
            for header, cell in zip(headers, row, strict=False)
            if header and cell.strip()
        }
        if cells and number > first:
            yield Record(number, cells)


# ---------------------------------------------------------------- CSV
def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(path.read_bytes())
    if "\0" in text:
        raise UnreadableFile(_("This is not a table: save it from the spreadsheet as CSV or XLSX."))
    csv.field_size_limit(MOST_CELL)
    said = SAID_DELIMITER.match(text)
    delimiter = said[1] if said else _delimiter(text)
    number = 1 if said else 0
    reader = csv.reader(
        io.StringIO(text[said.end() if said else 0 :], newline=""), delimiter=delimiter, strict=True
    )
    try:
        for row in reader:
            # What a cell with line breaks takes up in a text editor; a spreadsheet counts it as one line.
            number += 1
            yield number, row
    except csv.Error as error:
        message = _("Line %(line)s cannot be read: a quotation mark is missing, or a cell is too long.")
        raise UnreadableFile(message % {"line": number + 1}) from error


def _decoded(raw: bytes) -> str:
    """Text of UTF-8 (with or without its mark), UTF-16 or Windows-1252, which is what Excel writes in France."""
    if raw.startswith(UTF16):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFile(_("The text of the file cannot be decoded: save it as UTF-8.")) from error
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(_("The text of the file cannot be decoded: save it as UTF-8."))


def _delimiter(text: str) -> str:
    """The separator that cuts the first line into most cells."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


# ---------------------------------------------------------------- XLSX
def _sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as file:
        _refuse_bomb(file)
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            raise UnreadableFile(_("This Excel file cannot be opened: save it anew as .xlsx.")) from error
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise UnreadableFile(_("This Excel file has no sheet that can be seen."))
        # Some programs write wrong dimensions, which would hide lines.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), start=1):
            yield number, [written(value) for value in row]


def _refuse_bomb(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile(_("This Excel file cannot be opened: save it anew as .xlsx.")) from error
    if size > MOST_UNPACKED:
        raise UnreadableFile(_("This Excel file is too large once unpacked."))
    file.seek(0)


def written(value: object) -> str:
    """A cell of a spreadsheet as text: dates ISO, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MOST_CELL]
