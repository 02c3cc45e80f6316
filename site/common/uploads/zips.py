"""Archives, and the office files that are archives: looked at by their directory, never unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from unicodedata import category

from django.utils.translation import gettext as _

from .refusals import RefusedFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .kinds import Kind

MOST_MEMBERS = 5_000
MOST_DIRECTORY = 2 * 1024 * 1024
MOST_UNPACKED = 250 * 1024 * 1024
# A sheet of zeros is packed a hundred times; a bomb, a thousand.
MOST_RATIO = 150
RATIO_FROM = 5 * 1024 * 1024
# `.json`, `.xml`… may be in an archive; what follows may not.
NESTED = frozenset(
    [
        "zip",
        "rar",
        "7z",
        "gz",
        "bz2",
        "xz",
        "zst",
        "tar",
        "tgz",
        "tbz2",
        "txz",
        "cab",
        "iso",
        "img",
        "arj",
        "lzh",
        "jar",
        "war",
        "apk",
        "ace",
    ]
)
RUNS = frozenset(
    [
        "exe",
        "com",
        "scr",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "msi",
        "msp",
        "dll",
        "cpl",
        "hta",
        "lnk",
        "pif",
        "reg",
        "sh",
        "app",
        "dmg",
        "pkg",
        "deb",
        "rpm",
    ]
)
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR = b"PK\x06\x07"
_LOCAL_SIZE = 30
_LONGEST_COMMENT = 65_535


def ends_as_zip(file: Any) -> bool:
    """Whether an archive ends here, whatever the file begins with."""
    return _end(file) is not None


def _end(file: Any) -> tuple[int, bytes] | None:
    """Where the end record stands, and its 22 bytes; None when there is none."""
    size = file.seek(0, 2)
    start = max(size - _END_SIZE - _LONGEST_COMMENT, 0)
    file.seek(start)
    tail: bytes = file.read()
    at = tail.rfind(_END)
    while at >= 0:
        record = tail[at : at + _END_SIZE]
        if len(record) == _END_SIZE and struct.unpack("<H", record[20:])[0] == len(tail) - at - _END_SIZE:
            return start + at, record
        at = tail.rfind(_END, 0, at)
    return None


def directory(file: Any) -> zipfile.ZipFile:
    """The archive, once its directory is known to be of a size that can be read. Raises RefusedFile."""
    found = _end(file)
    if found is None:
        raise RefusedFile(_damaged(), "unreadable")
    at, record = found
    directory_size = struct.unpack("<L", record[12:16])[0]
    file.seek(max(at - 20, 0))
    if file.read(4) == _LOCATOR:
        file.seek(max(at - 20, 0) + 8)
        file.seek(struct.unpack("<Q", file.read(8))[0] + 40)
        directory_size = struct.unpack("<Q", file.read(8))[0]
    if directory_size > MOST_DIRECTORY:
        raise RefusedFile(_bomb(), "bomb")
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise RefusedFile(_damaged(), "unreadable") from error


def checked_members(file: Any) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """The archive and its members; none is encrypted, oversized, overlapping or badly named."""
    archive = directory(file)
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise RefusedFile(_bomb(), "bomb")
    for one in members:
        if one.flag_bits & 0x1 or one.flag_bits & 0x40:
            raise RefusedFile(locked(), "encrypted")
        if one.file_size > RATIO_FROM and one.file_size > MOST_RATIO * max(one.compress_size, 1):
            raise RefusedFile(_bomb(), "bomb")
        _check_path(one)
    _check_places(file, members)
    return archive, members


def _check_path(member: zipfile.ZipInfo) -> None:
    """Refuse names that would be written elsewhere than where one unpacks."""
    # `orig_filename` is what the directory says: Python cuts `filename` at a NUL.
    name = member.orig_filename
    outside = (
        name.startswith(("/", "\\"))
        or ".." in name.replace("\\", "/").split("/")
        or name[1:2] == ":"
        or any(category(letter) == "Cc" for letter in name)
    )
    if outside or stat.S_ISLNK(member.external_attr >> 16):
        raise RefusedFile(
            _("This archive holds names that lead out of it: make it again with your own files only."), "path"
        )


def _check_places(file: Any, members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse members that share their bytes, and members that are another under another name."""
    end = 0
    names = set()
    for one in sorted(members, key=lambda member: member.header_offset):
        file.seek(one.header_offset)
        local = file.read(_LOCAL_SIZE)
        if len(local) < _LOCAL_SIZE or local[:4] != b"PK\x03\x04" or one.header_offset < end:
            raise RefusedFile(_bomb() if one.header_offset < end else _damaged(), "bomb")
        name_length, extra = struct.unpack("<HH", local[26:30])
        encoding = "utf-8" if one.flag_bits & 0x800 else "cp437"
        if file.read(name_length).decode(encoding, "replace") != one.orig_filename or one.filename in names:
            raise RefusedFile(_damaged(), "two")
        names.add(one.filename)
        end = one.header_offset + _LOCAL_SIZE + name_length + extra + one.compress_size


def suffix(member: zipfile.ZipInfo) -> str:
    """The ending of a member's name, without its dot."""
    return PurePosixPath(member.filename.rstrip(". ")).suffix.lower().removeprefix(".")


def look(file: Any, _kind: Kind) -> list[str]:
    """An archive of staff: nothing to warn of. Raises RefusedFile."""
    _archive, members = checked_members(file)
    for one in members:
        if suffix(one) in NESTED:
            raise RefusedFile(
                _("This archive holds another archive (%(name)s): put all the files in one.")
                % {"name": one.filename[:80]},
                "nested",
            )
        if suffix(one) in RUNS:
            raise RefusedFile(
                _("This archive holds a program (%(name)s): it is not taken.") % {"name": one.filename[:80]},
                "program",
            )
    return []


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The first `most` bytes of a member: the rest stays packed."""
    with archive.open(member) as packed:
        return packed.read(most)


def locked() -> str:
    """What is told of a file behind a password."""
    return _("This file is locked by a password: save a copy without one and send that one.")


def _bomb() -> str:
    return _("Unpacked, this file would be enormous: it is not taken. Save it again and send that one.")


def _damaged() -> str:
    return _("This file is damaged or incomplete: open it on your own computer, save it and send it again.")
