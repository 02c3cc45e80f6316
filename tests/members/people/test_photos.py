"""Photos: hostile files, what is kept of good ones, and who may see them from one request to the next."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client, TestCase
from PIL import Image

from members.models import MessageReport, Profile, User
from members.people import photos
from members.people.reports import report
from tests.home.admin_session import member_of_staff

from .members import conversation, member, profile_of, unverify
from .pictures import BLUE, RED, picture, with_exif

pytestmark = pytest.mark.django_db


def squares(content: bytes) -> dict[int, Image.Image]:
    made = photos.squares(io.BytesIO(content), len(content))
    return {side: Image.open(io.BytesIO(file)) for side, file in made.items()}


def refusal(content: bytes, size: int | None = None) -> str:
    with pytest.raises(ValidationError) as caught:
        photos.squares(io.BytesIO(content), len(content) if size is None else size)
    return str(caught.value.messages[0])


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is that large, with nothing inside."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def keep(user: User, content: bytes | None = None) -> Profile:
    content = content or picture()
    profile = profile_of(user)
    with TestCase.captureOnCommitCallbacks(execute=True):
        photos.keep(profile, photos.squares(io.BytesIO(content), len(content)))
    return profile


def close(first: Any, second: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(first, second, strict=True))


def status_of(client: Client, address: str, **headers: str) -> int:
    response = client.get(address, headers=headers)
    if response.streaming:
        b"".join(response)
    return int(response.status_code)


# ---------------------------------------------------------------- what is made
def test_two_squares_in_webp() -> None:
    made = squares(picture((1200, 900)))
    assert {side: (image.format, image.size) for side, image in made.items()} == {
        480: ("WEBP", (480, 480)),
        128: ("WEBP", (128, 128)),
    }


def test_a_small_picture_is_not_blown_up() -> None:
    assert {side: image.size for side, image in squares(picture((300, 200))).items()} == {
        480: (200, 200),
        128: (128, 128),
    }


def test_the_middle_is_kept() -> None:
    wide = Image.new("RGB", (900, 300), BLUE)
    wide.paste(RED, (300, 0, 600, 300))
    file = io.BytesIO()
    wide.save(file, "PNG")
    corner = squares(file.getvalue())[128].convert("RGB").getpixel((4, 4))
    assert close(corner, RED)


def test_a_picture_that_was_turned_stands_upright() -> None:
    made = squares(with_exif(orientation=3))[128].convert("RGB")
    assert (close(made.getpixel((64, 4)), BLUE), close(made.getpixel((64, 123)), RED)) == (True, True)


def test_nothing_is_left_of_where_and_with_what_it_was_taken() -> None:
    content = with_exif()
    assert b"Secret camera" in content
    for file in photos.squares(io.BytesIO(content), len(content)).values():
        image = Image.open(io.BytesIO(file))
        assert (dict(image.getexif()), b"ecret" in file, image.info.get("icc_profile")) == ({}, False, None)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_every_way_of_writing_colours_is_read(kind: str, mode: str) -> None:
    assert squares(picture(kind=kind, mode=mode))[480].mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(file, "PNG")
    assert close(squares(file.getvalue())[128].convert("RGB").getpixel((60, 60)), (255, 255, 255))


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_the_first_image_of_an_animation_is_kept(kind: str) -> None:
    first, second = (Image.new("RGB", (200, 200), colour) for colour in (RED, BLUE))
    file = io.BytesIO()
    first.save(file, kind, save_all=True, append_images=[second], duration=100)
    made = squares(file.getvalue())[128]
    assert (getattr(made, "n_frames", 1), close(made.convert("RGB").getpixel((60, 60)), RED)) == (1, True)


def test_what_is_hidden_behind_a_picture_goes() -> None:
    content = picture() + b"<script>alert(1)</script>PK\x03\x04"
    assert [b"script" in file for file in photos.squares(io.BytesIO(content), len(content)).values()] == [
        False,
        False,
    ]


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JPEG"),
        (b"not a picture at all", "JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (b"<html><script>alert(1)</script>", "SVG"),
        (picture(kind="GIF"), "GIF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (picture(kind="BMP"), "JPEG"),
        (picture(kind="TIFF"), "JPEG"),
        (b"%PDF-1.7 " + picture(), "JPEG"),
        (picture((127, 600)), "127"),
        (png_of(30_000, 30_000), "24"),
        (png_of(6000, 5000), "24"),
    ],
)
def test_each_refusal_says_why(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "decoded", lambda _picture: pytest.fail("it was decoded"))
    assert "24" in refusal(png_of(20_000, 20_000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_file_is_refused(kind: str) -> None:
    content = picture((900, 900), kind)
    assert refusal(content[: len(content) // 2]) != ""


def test_a_heavy_file_is_refused_without_being_read() -> None:
    assert "8" in refusal(b"", photos.MAX_BYTES + 1)


# ---------------------------------------------------------------- what is stored
def test_a_new_photo_takes_the_place_of_the_old_one() -> None:
    anne = member("Anne Martin")
    former = keep(anne).photo
    latest = keep(anne).photo
    assert former != latest
    assert [default_storage.exists(f"{folder}/128.webp") for folder in (former, latest)] == [False, True]


def test_a_removed_photo_is_gone() -> None:
    profile = keep(member("Anne Martin"))
    folder = profile.photo
    with TestCase.captureOnCommitCallbacks(execute=True):
        photos.remove(profile)
    assert (Profile.objects.get(pk=profile.pk).photo, default_storage.exists(folder)) == ("", False)


# ---------------------------------------------------------------- who sees it
@pytest.mark.parametrize(
    ("choice", "owner", "someone", "anyone"),
    [("nobody", 200, 404, 404), ("members", 200, 200, 404), ("everyone", 200, 200, 200)],
)
def test_the_owner_says_who_sees_it(choice: str, owner: int, someone: int, anyone: int) -> None:
    anne = member("Anne Martin")
    keep(anne)
    profile = profile_of(anne, photo_visibility=choice)
    address = default_storage.url(f"{profile.photo}/480.webp")
    found = []
    for user in (anne, member("Paul Petit"), None):
        client = Client()
        if user is not None:
            client.force_login(user)
        found.append(status_of(client, address))
    assert found == [owner, someone, anyone]


def test_a_change_of_mind_holds_at_once(client: Client) -> None:
    anne = member("Anne Martin")
    keep(anne)
    profile = profile_of(anne, photo_visibility="everyone")
    address = default_storage.url(f"{profile.photo}/128.webp")
    first = client.get(address)
    tag, _body = first["ETag"], b"".join(first)
    assert (first["Cache-Control"], first["Content-Type"], first["X-Content-Type-Options"]) == (
        "private, no-cache",
        "image/webp",
        "nosniff",
    )
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")
    profile_of(anne, photo_visibility="nobody")
    assert status_of(client, address, **{"If-None-Match": tag}) == 404


@pytest.mark.parametrize("what", ["inactive", "unverified"])
def test_the_photo_of_who_left_is_gone(client: Client, what: str) -> None:
    anne = member("Anne Martin")
    keep(anne)
    address = default_storage.url(f"{profile_of(anne, photo_visibility='everyone').photo}/128.webp")
    assert status_of(client, address) == 200
    if what == "inactive":
        User.objects.filter(pk=anne.pk).update(is_active=False)
    else:
        unverify(anne)
    assert status_of(client, address) == 404


def test_staff_see_a_hidden_photo_only_while_they_moderate(client: Client) -> None:
    anne, paul, moderator = (
        member("Anne Martin"),
        member("Paul Petit"),
        member_of_staff("change_messagereport"),
    )
    keep(anne)
    address = default_storage.url(f"{profile_of(anne, photo_visibility='nobody').photo}/128.webp")
    client.force_login(moderator)
    assert status_of(client, address) == 404
    report(conversation(anne, paul).messages.get(), paul, "Insulte")
    assert status_of(client, address) == 200
    client.force_login(member("Un Autre"))
    assert status_of(client, address) == 404
    MessageReport.objects.all().delete()
    client.force_login(moderator)
    assert status_of(client, address) == 404


@pytest.mark.parametrize(
    "name", ["photos/480.webp", "photos/x/480.webp", "photos/", "photos/../originals/a.png"]
)
def test_what_is_no_photo_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/fichiers/{name}").status_code == 404
