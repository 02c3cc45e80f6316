"""Films: who may see them, and what their files say of themselves."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AnonymousUser

    from members.models import User


def may_see(user: User | AnonymousUser, name: str) -> bool:
    """Everybody sees a published film and its captions; staff see the others."""
    from .models import Video  # noqa: PLC0415

    if Video.objects.filter(Q(file=name) | Q(captions=name), live=True).exists():
        return True
    return bool(user.has_perm("wagtailadmin.access_admin"))


# What a video may still want: captions can only be ours when the film is.
WANTS_CAPTIONS = ~Q(file="") & Q(captions="")
WANTS_TRANSCRIPT = Q(transcript="")

HEAD = 2048
# Sample descriptions (ISO/IEC 14496-12) of pictures that not every browser shows.
UNSHOWN = {
    b"hvc1": "HEVC (H.265)",
    b"hev1": "HEVC (H.265)",
    b"apch": "ProRes",
    b"apcn": "ProRes",
    b"mp4v": "MPEG-4",
}
CONTAINERS = {"video/mp4": "mp4", "video/webm": "webm"}
# Boxes that hold the ones we read.
HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


@dataclass(frozen=True, slots=True)
class Film:
    """What a film's file says. `duration` is in whole seconds, None when it does not say."""

    container: str
    duration: int | None = None


def megabytes(size: int) -> str:
    """A size in bytes as one says it."""
    return _("%(n)s MB") % {"n": round(size / 1024 / 1024)}


def inspect(file: Any) -> Film:
    """Read the kind and duration of an uploaded film.

    Raises ValidationError, in the reader's words, for what is too heavy, is not a film, or is one
    that browsers do not show.
    """
    limit: int = settings.FILM_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise ValidationError(
            _("This film weighs %(size)s; the limit is %(limit)s. Export it again in 720p.")
            % {"size": megabytes(file.size), "limit": megabytes(limit)}
        )
    file.seek(0)
    container = _container(file.read(HEAD))
    film = Film(container, _read_mp4(file, file.size) if container == "mp4" else None)
    file.seek(0)
    return film


def _container(head: bytes) -> str:
    try:
        mime = puremagic.magic_string(head)[0].mime_type
    except (puremagic.PureError, ValueError, IndexError):
        mime = "video/mp4" if head[4:8] == b"ftyp" else ""
    if mime == "video/quicktime":
        raise ValidationError(
            _("This is a QuickTime film (.mov). Export it as MP4 (H.264): every browser shows it.")
        )
    if mime not in CONTAINERS:
        raise ValidationError(_("This file is not an MP4 or WebM film, whatever its name says."))
    return CONTAINERS[mime]


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of the content of each box between two places of an MP4 file."""
    while start + 8 <= end:
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        header = 8
        if size == 1:
            size, header = int.from_bytes(file.read(8), "big"), 16
        stop = end if size == 0 else start + size
        if (size and size < header) or stop > end:
            return
        yield kind, start + header, stop
        start = stop


def _read_mp4(file: BinaryIO, size: int) -> int | None:
    """Duration in seconds. Raises ValidationError for a cut file or a codec that few browsers show."""
    duration, found = None, False
    pending = [(0, size)]
    while pending:
        for kind, start, stop in _boxes(file, *pending.pop()):
            found = found or kind == b"moov"
            if kind in HOLDERS:
                pending.append((start, stop))
            elif kind == b"mvhd":
                file.seek(start)
                duration = _duration(file.read(32))
            elif kind == b"stsd":
                file.seek(start + 12)
                _refuse_unshown(file.read(4))
    if not found:
        raise ValidationError(_("This film is incomplete: its end is missing. Export or send it again."))
    return duration


def _duration(header: bytes) -> int | None:
    """From a movie header (`mvhd`): version 0 counts in 32 bits, version 1 in 64."""
    if len(header) < 32:  # noqa: PLR2004
        return None
    scale, length = struct.unpack(">IQ", header[20:32]) if header[0] else struct.unpack(">II", header[12:20])
    return round(length / scale) if scale and length else None


def _refuse_unshown(codec: bytes) -> None:
    if codec in UNSHOWN:
        raise ValidationError(
            _("This film is in %(codec)s, which many browsers do not show. Export it in H.264.")
            % {"codec": UNSHOWN[codec]}
        )
