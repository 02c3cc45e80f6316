"""PDF: its names are read, those in packed objects too; no page is drawn."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .findings import EMBEDDED, LAUNCH, OPAQUE, SCRIPT
from .refusals import RefusedFile
from .zips import locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .kinds import Kind

TAIL = 4096
DICTIONARY = 1000
MOST_UNPACKED = 4 * 1024 * 1024
MOST_IN_ALL = 32 * 1024 * 1024
# A name may be written with its letters' numbers: /J#61vaScript (ISO 32000-1, 7.3.5).
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# Long names only: a short one (/JS) is found by chance in the bytes of a picture.
_NAMES = (
    (SCRIPT, re.compile(rb"/JavaScript\b")),
    (LAUNCH, re.compile(rb"/Launch\b")),
    (EMBEDDED, re.compile(rb"/EmbeddedFiles?\b|/RichMedia\b")),
)
_LOCK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")


def look(file: Any, _kind: Kind) -> list[str]:
    """What a PDF would do when it is opened. Raises RefusedFile when it is locked or cut short."""
    file.seek(0)
    content: bytes = file.read()
    if b"%%EOF" not in content[-TAIL:] or b"startxref" not in content:
        raise RefusedFile(
            _("This PDF is incomplete: make it again, or send it again if the network dropped."), "unreadable"
        )
    if _LOCK.search(unescaped(content)):
        raise RefusedFile(locked(), "encrypted")
    found: list[str] = []
    for part in _parts(content):
        found.extend([OPAQUE] if part is None else _named(part))
    return found


def _named(part: bytes) -> list[str]:
    plain = unescaped(part)
    return [code for code, name in _NAMES if name.search(plain)]


def unescaped(part: bytes) -> bytes:
    """Names as a reader understands them."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), part)


def _parts(content: bytes) -> Iterator[bytes | None]:
    """The file itself, then its packed objects (7.5.7); None for those that cannot be looked into."""
    yield content
    total = 0
    for match in _STREAM.finditer(content):
        before = content[max(match.start() - DICTIONARY, 0) : match.start()]
        dictionary = unescaped(before[before.rfind(b"obj") + 3 :])
        if b"/ObjStm" not in dictionary or b"/Filter" not in dictionary:
            continue
        end = content.find(b"endstream", match.end())
        objects = _unpacked(content[match.end() : end if end >= 0 else len(content)])
        total += len(objects or b"")
        yield objects if total <= MOST_IN_ALL and b"/Predictor" not in dictionary else None
        if total > MOST_IN_ALL:
            return


def _unpacked(packed: bytes) -> bytes | None:
    """The objects, or None when they are too many, cut, or packed in a way that nobody uses for them."""
    stream = zlib.decompressobj()
    try:
        objects = stream.decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return None
    return objects if stream.eof else None
