"""Captions: WebVTT as browsers want it, from the .vtt or .srt that one is given."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_SIZE = 1024 * 1024
TIMING = re.compile(
    r"^\s*(?:(\d+):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})\s*-->\s*(?:(\d+):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})(?:\s|$)"
)
# Two times on a line with something else between them: an arrow that was mistyped.
NEARLY = re.compile(r"^\s*(?:\d+:)?\d+:\d+\S*\s+\S{1,4}\s+(?:\d+:)?\d+:\d+")
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Timing:
    """When a caption is shown, in milliseconds, and the line that says so."""

    line: int
    start: int
    end: int


def read_captions(content: bytes) -> str:
    """The captions as WebVTT text. Raises ValidationError, which names the line to mend."""
    if len(content) > MAX_SIZE:
        raise ValidationError(_("Captions are text: this file is far too large."))
    text = _decode(content).replace("\r\n", "\n").replace("\r", "\n").strip()
    lines = text.split("\n")
    is_vtt = lines[0].startswith("WEBVTT")
    if not is_vtt and "-->" not in text:
        raise ValidationError(
            _(
                "This is neither WebVTT (its first line is WEBVTT) nor SubRip (.srt): no line holds a timing “-->”."
            )
        )
    _check_order(list(_timings(lines)))
    try:
        captions = webvtt.from_buffer(io.StringIO(text + "\n"), format="vtt" if is_vtt else "srt")
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ValidationError(_("These captions cannot be read: %(reason)s") % {"reason": error}) from error
    if not len(captions):
        raise ValidationError(_("This file holds no caption."))
    return str(captions.content).strip() + "\n"


def _decode(content: bytes) -> str:
    """UTF-8 as it should be, UTF-16 as some software says, Windows-1252 as old software writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _timings(lines: Sequence[str]) -> Iterator[Timing]:
    """The timing of each caption. Raises ValidationError at the first that is badly written."""
    for number, line in enumerate(lines, start=1):
        if line.startswith("NOTE") or not ("-->" in line or NEARLY.match(line)):
            continue
        match = TIMING.match(line)
        if match is None:
            raise ValidationError(
                _("Line %(line)d: “%(text)s” is not a timing. Write it as 00:00:01.000 --> 00:00:04.000.")
                % {"line": number, "text": line.strip()[:SHOWN]}
            )
        if not "".join(lines[number : number + 1]).strip():
            raise ValidationError(_("Line %(line)d: this timing has no text below it.") % {"line": number})
        yield Timing(number, _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:]))


def _check_order(timings: Sequence[Timing]) -> None:
    before = 0
    for timing in timings:
        if timing.end <= timing.start:
            raise ValidationError(
                _("Line %(line)d: the caption ends before it begins.") % {"line": timing.line}
            )
        if timing.start < before:
            raise ValidationError(
                _("Line %(line)d: the caption begins before the one above it.") % {"line": timing.line}
            )
        before = timing.start
