"""What a file really is, from how it begins and ends, whatever its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import puremagic
from django.utils.translation import gettext as _

from .refusals import RefusedFile
from .zips import ends_as_zip

if TYPE_CHECKING:
    from collections.abc import Callable

    from .kinds import Kind

HEAD = 4096
SURE = 0.4
# What runs when it is opened, whatever the name: Windows, Linux, macOS, Java, scripts, shortcuts, web pages.
_RUNS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<iframe",
    b"<?xml",
    b"<?php",
    b"{\\rtf",
)
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = {
    "pdf": (_PDF,),
    "office": (_ZIP,),
    "odf": (_ZIP,),
    "zip": (_ZIP, b"PK\x05\x06"),
    "old office": (_OLE,),
}
_PICTURES: dict[str, Callable[[bytes], bool]] = {
    "jpg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "avif": lambda head: head[4:8] == b"ftyp" and (b"avif" in head[8:40] or b"avis" in head[8:40]),
}


def refuse_disguise(file: Any, kind: Kind) -> None:
    """Refuse a file that does not begin as its name says."""
    file.seek(0)
    head = file.read(HEAD)
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_RUNS):
        raise RefusedFile(_("This is a program under another name: it is not taken."), "program")
    if kind.family == "office" and head.startswith(_OLE):
        raise RefusedFile(protected_or_old(), "encrypted")
    if bare.startswith(_MARKUP) or (kind.family == "text" and head.startswith((_PDF, _ZIP, _OLE))):
        raise RefusedFile(says_other(head, kind), "disguised")
    if kind.family == "picture":
        begins = _PICTURES[kind.suffix](head)
    else:
        begins = kind.family not in _BEGINNINGS or head.startswith(_BEGINNINGS[kind.family])
    if not begins:
        raise RefusedFile(says_other(head, kind), "disguised")


def protected_or_old() -> str:
    """What is told of an office file in the old container: locked by a password, or renamed."""
    return _(
        "This file is locked by a password, or it is an old format under a new name: "
        "save it again without a password and send that one."
    )


def says_other(head: bytes, kind: Kind) -> str:
    """A sentence that names what the file seems to be."""
    real = guess(head)
    if real and real != kind.suffix:
        return _(
            "The name of this file says “.%(said)s”, its content says “.%(real)s”: "
            "save it in the right format and send it again."
        ) % {"said": kind.suffix, "real": real}
    return _(
        "This file is not what its name says (“.%(said)s”): save it in that format and send it again."
    ) % {"said": kind.suffix}


def guess(head: bytes) -> str:
    """The ending that such a content usually has; empty when nobody knows."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    sure = [one for one in found if one.confidence >= SURE and one.extension]
    return sure[0].extension.removeprefix(".") if sure else ""


def refuse_two_in_one(file: Any, kind: Kind) -> None:
    """Refuse a file that is two at once: an archive behind a PDF, a PDF within the head of an archive."""
    file.seek(0)
    head = file.read(HEAD)
    zipped = kind.family in {"office", "odf", "zip"}
    if (not zipped and ends_as_zip(file)) or (zipped and _PDF in head[:1024]):
        raise RefusedFile(
            _("This file hides another one: save it again, or print it to a PDF, and send that one."), "two"
        )
