from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from home.captions import read_captions
from home.films import Film, inspect
from tests.home.films import FTYP, box, mp4, upload

WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701")


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        inspect(upload(content))
    return refused.value.messages[0]


@pytest.mark.parametrize("version", [0, 1])
def test_the_duration_is_read_from_the_header_of_the_film(version: int) -> None:
    assert inspect(upload(mp4(95, version=version))) == Film("mp4", 95)


def test_a_film_that_does_not_say_its_duration_has_none() -> None:
    assert inspect(upload(mp4(0))) == Film("mp4", None)


def test_a_webm_film_is_taken_as_it_is() -> None:
    assert inspect(upload(WEBM + bytes(64))) == Film("webm", None)


def test_the_name_of_a_file_says_nothing_of_what_is_inside() -> None:
    assert refusal(b"<html>film</html>") == "This file is not an MP4 or WebM film, whatever its name says."


def test_a_quicktime_film_must_be_exported() -> None:
    film = box(b"ftyp", b"qt  \0\0\2\0qt  ") + box(b"moov")
    assert refusal(film) == (
        "This is a QuickTime film (.mov). Export it as MP4 (H.264): every browser shows it."
    )


def test_a_film_that_few_browsers_show_must_be_exported() -> None:
    assert refusal(mp4(codec=b"hvc1")) == (
        "This film is in HEVC (H.265), which many browsers do not show. Export it in H.264."
    )


def test_a_film_whose_end_is_missing_is_refused() -> None:
    assert refusal(box(b"ftyp", FTYP) + box(b"mdat", bytes(64))[:-8]) == (
        "This film is incomplete: its end is missing. Export or send it again."
    )


def test_a_film_that_is_too_heavy_is_refused(settings: Any) -> None:
    settings.FILM_MAX_UPLOAD_SIZE = 2 * 1024 * 1024
    assert refusal(mp4() + bytes(3 * 1024 * 1024)) == (
        "This film weighs 3 MB; the limit is 2 MB. Export it again in 720p."
    )


VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nBonjour.\n\n00:00:04.000 --> 00:00:06.500\nÀ demain.\n"
SRT = "1\n00:00:01,000 --> 00:00:03,000\nBonjour.\n\n2\n00:00:04,000 --> 00:00:06,500\nÀ demain.\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(VTT.encode(), id="WebVTT"),
        pytest.param(VTT.replace("\n", "\r\n").encode("utf-8-sig"), id="written on Windows"),
        pytest.param(SRT.encode(), id="SubRip"),
        pytest.param(SRT.encode("cp1252"), id="SubRip in Windows-1252"),
        pytest.param(SRT.encode("utf-16"), id="SubRip in UTF-16"),
    ],
)
def test_captions_become_the_webvtt_that_browsers_want(content: bytes) -> None:
    assert read_captions(content) == VTT


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "1\n00:00:01,000 -> 00:00:03,000\nBonjour.\n\n2\n00:00:04,000 --> 00:00:06,000\nOui.\n",
            "Line 2: “00:00:01,000 -> 00:00:03,000” is not a timing. Write it as 00:00:01.000 --> 00:00:04.000.",
        ),
        (
            "WEBVTT\n\n00:00:03.000 --> 00:00:01.000\nBonjour.\n",
            "Line 3: the caption ends before it begins.",
        ),
        (
            VTT + "\n00:00:02.000 --> 00:00:07.000\nEncore.\n",
            "Line 9: the caption begins before the one above it.",
        ),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\n", "Line 3: this timing has no text below it."),
        ("WEBVTT\n\nNOTE rien\n", "This file holds no caption."),
        (
            "Bonjour.\n",
            "This is neither WebVTT (its first line is WEBVTT) nor SubRip (.srt): no line holds a timing “-->”.",
        ),
    ],
)
def test_captions_that_cannot_be_read_name_the_line_to_mend(content: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_captions(content.encode())
    assert refused.value.messages == [message]
