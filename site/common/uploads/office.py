"""Office files of today (OOXML, ODF): archives that say what they are, and may hold macros."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from . import old_office
from .findings import EMBEDDED, MACROS, OPAQUE, REMOTE
from .refusals import RefusedFile
from .zips import RUNS, checked_members, locked, read_member, suffix

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from .kinds import Kind

MOST_XML = 1024 * 1024
MOST_EMBEDDED = 8 * 1024 * 1024
# What `[Content_Types].xml` says of the main part (ECMA-376, part 1; with macros: MS-OFFMACRO).
_MAIN = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
    "docm": b"ms-word.document.macroenabled.main+xml",
    "xlsm": b"ms-excel.sheet.macroenabled.main+xml",
    "pptm": b"ms-powerpoint.presentation.macroenabled.main+xml",
}
_WITHOUT = {"docm": "docx", "xlsm": "xlsx", "pptm": "pptx"}
_OFFICE = frozenset(
    ["docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotm", "xltm", "xlsb", "xlam", "ppam", "potm", "ppsm"]
)
_MACRO_NAMES = ("vbaproject.bin", "vbaprojectsignature.bin", "vbadata.xml")
_REMOTE = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*(?:attachedTemplate|oleObject|frame|externalLinkPath))[^>]*"
    rb"Target\s*=\s*[\"'](?:https?:|\\\\|file:////|smb:|ftp:)",
    re.IGNORECASE,
)


def look_at_ooxml(file: Any, kind: Kind) -> list[str]:
    """What a Word, Excel or PowerPoint file holds. Raises RefusedFile when it is none."""
    archive, members = checked_members(file)
    _check_main_part(archive, members, kind)
    return list(_findings(archive, members, deep=True))


def _check_main_part(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: Kind) -> None:
    types = next((one for one in members if one.filename.lower() == "[content_types].xml"), None)
    said = read_member(archive, types, MOST_XML).replace(b"\x00", b"").lower() if types else b""
    real = next((name for name, part in _MAIN.items() if part in said), "")
    # A file with macros under the name of one without is what the finding says, not another format.
    if not real or _WITHOUT.get(real, real) != _WITHOUT.get(kind.suffix, kind.suffix):
        raise RefusedFile(
            _("This is not a .%(said)s file inside: open it, save it in that format and send it again.")
            % {"said": kind.suffix},
            "disguised",
        )


def _findings(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], *, deep: bool) -> Iterator[str]:
    """What the parts of an office file are, by name, and inside those that may hide others."""
    for one in members:
        name = one.filename.lower()
        base = name.rsplit("/", 1)[-1]
        if base in _MACRO_NAMES or "/activex/" in f"/{name}" or "/macrosheets/" in f"/{name}":
            yield MACROS
        elif suffix(one) in RUNS:
            yield EMBEDDED
        elif name.endswith(".rels") and _REMOTE.search(read_member(archive, one, MOST_XML)):
            yield REMOTE
        elif suffix(one) in _OFFICE or "/embeddings/" in name:
            yield from _look_inside(archive, one) if deep else [OPAQUE]


def _look_inside(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[str]:
    """One level down: the workbook behind a chart is common, a file behind a file is not."""
    if member.is_dir():
        return
    if member.file_size > MOST_EMBEDDED:
        yield OPAQUE
        return
    inner = io.BytesIO(read_member(archive, member, MOST_EMBEDDED + 1))
    if inner.getvalue().startswith(old_office.MAGIC):
        yield from old_office.findings(inner)
    elif suffix(member) in _OFFICE:
        yield from _findings(*checked_members(inner), deep=False)
    else:
        yield EMBEDDED


def look_at_odf(file: Any, kind: Kind) -> list[str]:
    """What a text, sheet or presentation of OpenDocument holds. Raises RefusedFile when it is none."""
    archive, members = checked_members(file)
    said = next((one for one in members if one.filename == "mimetype"), None)
    if said is None or read_member(archive, said, 200).strip() != kind.content_type.encode():
        raise RefusedFile(
            _("This is not a .%(said)s file inside: open it, save it in that format and send it again.")
            % {"said": kind.suffix},
            "disguised",
        )
    manifest = next((one for one in members if one.filename == "META-INF/manifest.xml"), None)
    if manifest and b"encryption-data" in read_member(archive, manifest, MOST_XML):
        raise RefusedFile(locked(), "encrypted")
    names = [one.filename.lower() for one in members]
    found = []
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        found.append(MACROS)
    if any(suffix(one) in RUNS for one in members):
        found.append(EMBEDDED)
    return found
