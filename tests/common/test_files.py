"""Private files stay private; films can seek."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from common import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(files.guards, "essai", lambda _user, name: "open" in name)
    name = default_storage.save("private/essai/open.mp4", ContentFile(b"0123456789"))
    return default_storage.url(name)


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_whole_film(client: Client, film: str) -> None:
    response = client.get(film)
    assert (response.status_code, body(response), response["Accept-Ranges"]) == (200, b"0123456789", "bytes")


@pytest.mark.parametrize(
    ("asked", "content_range", "got"),
    [
        ("bytes=2-4", "bytes 2-4/10", b"234"),
        ("bytes=7-", "bytes 7-9/10", b"789"),
        ("bytes=-3", "bytes 7-9/10", b"789"),
        ("bytes=8-99", "bytes 8-9/10", b"89"),
    ],
)
def test_a_range_of_a_film(client: Client, film: str, asked: str, content_range: str, got: bytes) -> None:
    response = client.get(film, headers={"Range": asked})
    assert (response.status_code, response["Content-Range"], body(response)) == (206, content_range, got)


def test_a_range_that_is_not_there(client: Client, film: str) -> None:
    response = client.get(film, headers={"Range": "bytes=10-12"})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")


@pytest.mark.parametrize(
    "name", ["essai/closed.mp4", "unguarded/a.pdf", "originals/a.png", "../db.sqlite3", "essai/../../open"]
)
def test_what_no_guard_opens_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/fichiers/{name}").status_code == 404


def test_the_public_view_does_not_open_the_private_root(client: Client, film: str) -> None:
    assert client.get(film.replace("/fichiers/", "/media/private/")).status_code == 404
