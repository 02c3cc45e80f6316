"""Which kinds of files are taken, from whom, and how large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import category

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .refusals import RefusedFile

PICTURE = "picture"
DOCUMENT = "document"
_OPEN = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what its structure is (`family`), and whether only staff may bring it."""

    suffix: str
    content_type: str
    family: str
    staff_only: bool = False


KINDS = {
    PICTURE: (
        Kind("jpg", "image/jpeg", "picture"),
        Kind("jpeg", "image/jpeg", "picture"),
        Kind("png", "image/png", "picture"),
        Kind("webp", "image/webp", "picture"),
        Kind("gif", "image/gif", "picture", staff_only=True),
        Kind("avif", "image/avif", "picture", staff_only=True),
    ),
    DOCUMENT: (
        Kind("pdf", "application/pdf", "pdf"),
        Kind("docx", f"{_OPEN}.wordprocessingml.document", "office"),
        Kind("xlsx", f"{_OPEN}.spreadsheetml.sheet", "office"),
        Kind("pptx", f"{_OPEN}.presentationml.presentation", "office"),
        Kind("docm", "application/vnd.ms-word.document.macroEnabled.12", "office", staff_only=True),
        Kind("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", "office", staff_only=True),
        Kind("pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12", "office", staff_only=True),
        Kind("doc", "application/msword", "old office", staff_only=True),
        Kind("xls", "application/vnd.ms-excel", "old office", staff_only=True),
        Kind("ppt", "application/vnd.ms-powerpoint", "old office", staff_only=True),
        Kind("odt", f"{_ODF}.text", "odf"),
        Kind("ods", f"{_ODF}.spreadsheet", "odf"),
        Kind("odp", f"{_ODF}.presentation", "odf"),
        Kind("csv", "text/csv", "text"),
        Kind("txt", "text/plain", "text"),
        Kind("vtt", "text/vtt", "text", staff_only=True),
        Kind("zip", "application/zip", "zip", staff_only=True),
    ),
}
# What people do try, and what to tell them.
_ADVICE = {
    "heic": lambda: _("HEIC pictures are not taken: export yours as JPEG first."),
    "heif": lambda: _("HEIC pictures are not taken: export yours as JPEG first."),
    "svg": lambda: _("Drawings (SVG) are not taken: export yours as PNG or PDF first."),
    "docm": lambda: _("Files with macros are not taken: save a copy as .docx and send that one."),
    "xlsm": lambda: _("Files with macros are not taken: save a copy as .xlsx and send that one."),
    "pptm": lambda: _("Files with macros are not taken: save a copy as .pptx and send that one."),
    "doc": lambda: _("This is an old format of Word: save a copy as .docx and send that one."),
    "xls": lambda: _("This is an old format of Excel: save a copy as .xlsx and send that one."),
    "ppt": lambda: _("This is an old format of PowerPoint: save a copy as .pptx and send that one."),
    "zip": lambda: _("Archives are not taken: send each of the files that it holds."),
}


def suffixes(role: str, *, from_staff: bool) -> list[str]:
    """The endings of names that are taken, for messages and for the `accept` of a file box."""
    return [kind.suffix for kind in KINDS[role] if from_staff or not kind.staff_only]


def kind_of(name: str, role: str, *, from_staff: bool) -> Kind:
    """The kind that a name says. Raises RefusedFile for those that are not taken."""
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    for kind in KINDS[role]:
        if kind.suffix == suffix and (from_staff or not kind.staff_only):
            return kind
    advice = _ADVICE.get(suffix)
    if advice:
        raise RefusedFile(advice(), "kind")
    raise RefusedFile(
        _("Files of this kind are not taken. Send one of these: %(suffixes)s.")
        % {"suffixes": ", ".join(suffixes(role, from_staff=from_staff))},
        "kind",
    )


def most_bytes(role: str) -> int:
    """How large a file may be."""
    return settings.UPLOAD_PICTURE_BYTES if role == PICTURE else settings.UPLOAD_DOCUMENT_BYTES


def check_size(size: int | None, role: str) -> int:
    """The size of a file, before a byte of it is read. Raises RefusedFile."""
    if not size:
        raise RefusedFile(
            _("This file is empty: look at it on your own computer, then send it again."), "empty"
        )
    if size > most_bytes(role):
        words = {"size": filesizeformat(size), "most": filesizeformat(most_bytes(role))}
        if role == PICTURE:
            raise RefusedFile(
                _("This picture is too heavy (%(size)s, %(most)s at most): send a smaller one.") % words,
                "size",
            )
        raise RefusedFile(
            _(
                "This file is too heavy (%(size)s, %(most)s at most): make its pictures smaller, or cut it in two."
            )
            % words,
            "size",
        )
    return size


def check_name(name: str) -> str:
    """The name without any path. Raises RefusedFile for names that would deceive their reader."""
    base = PurePosixPath(name.replace("\\", "/")).name
    deceiving = any(category(letter) == "Cc" or letter in _BIDI for letter in base)
    if deceiving or base.strip(" .") == "":
        raise RefusedFile(_("The name of this file holds signs that hide others: rename it first."), "name")
    return base


# Marks that turn the direction of writing: “exe.pdf” could be read where “fdp.exe” stands.
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
