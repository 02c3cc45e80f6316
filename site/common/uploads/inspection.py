"""Whether a file may be kept, and what its reader must know of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from . import office, old_office, pdf, pictures, texts, zips
from .findings import REFUSALS
from .kinds import check_name, check_size, kind_of
from .recognition import refuse_disguise, refuse_two_in_one
from .refusals import RefusedFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .kinds import Kind

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file was found to be.

    `verdict` is a value of `FileCheck.Verdict`: pending while a virus scanner must still be asked.
    `width` and `height` are those of a picture once upright; None for documents.
    """

    verdict: str
    findings: Sequence[str]
    content_type: str
    sha256: str
    size: int
    width: int | None = None
    height: int | None = None


_LOOKS: dict[str, Callable[[Any, Kind], list[str]]] = {
    "pdf": pdf.look,
    "office": office.look_at_ooxml,
    "odf": office.look_at_odf,
    "old office": old_office.look,
    "text": texts.look,
    "zip": zips.look,
}


def inspect(file: Any, *, role: str, from_staff: bool) -> Inspection:
    """Look at an uploaded file (`name`, `size`, seekable). Raises RefusedFile with what to do.

    Whatever a hostile file makes a reader raise is a refusal too. The file is left at its beginning.
    """
    try:
        return _inspect(file, role, from_staff=from_staff)
    except RefusedFile:
        raise
    except Exception as error:
        raise RefusedFile(
            _("This file is damaged or incomplete: open it on your own computer, save it and send it again."),
            "unreadable",
        ) from error
    finally:
        file.seek(0)


def _inspect(file: Any, role: str, *, from_staff: bool) -> Inspection:
    size = check_size(file.size, role)
    kind = kind_of(check_name(file.name or ""), role, from_staff=from_staff)
    file.seek(0)
    refuse_disguise(file, kind)
    if kind.family == "picture":
        width, height = pictures.look(file, kind)
        return Inspection(_verdict([]), [], kind.content_type, digest(file), size, width, height)
    refuse_two_in_one(file, kind)
    findings = list(dict.fromkeys(_LOOKS[kind.family](file, kind)))
    if findings and not from_staff:
        raise RefusedFile(str(REFUSALS[findings[0]]), findings[0])
    return Inspection(_verdict(findings), findings, kind.content_type, digest(file), size)


def _verdict(findings: list[str]) -> str:
    if settings.CLAMD_URL:
        return "pending"
    return "warned" if findings else "clean"


def digest(file: Any) -> str:
    """SHA-256 of the whole file, read piece by piece."""
    file.seek(0)
    seal = hashlib.sha256()
    while chunk := file.read(CHUNK):
        seal.update(chunk)
    return seal.hexdigest()
