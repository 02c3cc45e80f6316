"""Office files of before 2007: a small file system (MS-CFB), whose entries are named."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .findings import EMBEDDED, MACROS
from .refusals import RefusedFile
from .zips import locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .kinds import Kind

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
# Bytes of a name, its closing zero included (MS-CFB, 2.6.1).
_NAME = range(3, 65)
_END_OF_CHAIN = 0xFFFFFFFE
MOST_SECTORS = 4_000
_MAIN = {"doc": {"worddocument"}, "xls": {"workbook", "book"}, "ppt": {"powerpoint document"}}
_MACROS = {"vba", "_vba_project", "_vba_project_cur", "macros", "dir"}
_PACKAGE = "\x01ole10native"
_LOCKED = {"encryptedpackage", "encryptioninfo"}


def look(file: Any, kind: Kind) -> list[str]:
    """What an old office file holds. Raises RefusedFile when it is none, or is locked."""
    names = set(entries(file))
    if names & _LOCKED:
        raise RefusedFile(locked(), "encrypted")
    if not names & _MAIN[kind.suffix]:
        raise RefusedFile(
            _("This is not a .%(said)s file inside: open it, save it in that format and send it again.")
            % {"said": kind.suffix},
            "disguised",
        )
    return findings(file)


def findings(file: Any) -> list[str]:
    """What the names of the entries give away."""
    names = set(entries(file))
    found = [MACROS] if names & _MACROS else []
    return [*found, EMBEDDED] if _PACKAGE in names else found


def entries(file: Any) -> Iterator[str]:
    """The names in the directory, in lower case. Raises ValueError for what is no such file.

    Chains are walked with a limit: a hostile file may bite its tail.
    """
    file.seek(0)
    header = file.read(_HEADER)
    if not header.startswith(MAGIC) or len(header) < _HEADER:
        raise ValueError("no compound file")
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in {9, 12}:
        raise ValueError("no compound file")
    sector_size = 1 << shift
    table = [number for number in struct.unpack_from("<109L", header, 76) if number < _END_OF_CHAIN]
    sector = struct.unpack_from("<L", header, 48)[0]
    for _turn in range(MOST_SECTORS):
        if sector >= _END_OF_CHAIN:
            return
        content = _sector(file, sector, sector_size)
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", content, at + 64)[0]
            if length in _NAME and content[at + 66]:
                yield content[at : at + length - 2].decode("utf-16-le", "replace").lower()
        sector = _next(file, sector, sector_size, table)
    raise ValueError("endless directory")


def _sector(file: Any, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    content: bytes = file.read(size)
    return content


def _next(file: Any, sector: int, size: int, table: list[int]) -> int:
    """The sector that follows in its chain (one of the first 109 pieces of the table: 7 MB at least)."""
    piece, place = divmod(sector, size // 4)
    if piece >= len(table):
        raise ValueError("directory out of reach")
    entry = _sector(file, table[piece], size)[place * 4 : place * 4 + 4]
    number: int = struct.unpack("<L", entry)[0]
    return number
