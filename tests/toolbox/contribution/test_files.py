"""Pictures and documents that go with a contribution: what is taken, how much, and who sees it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.harness.client import StrictClient
from tests.members.companies.people import company, manager_of, person
from tests.toolbox.contribution.telling import address, draft, member, ready, signed_in
from toolbox.contribution import attaching, expiring
from toolbox.contribution.attaching import NotTaken
from toolbox.contribution.checking import problems_of
from toolbox.contribution.refusals import TooMany
from toolbox.models import Contribution

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"HTTP_ACCEPT": "application/json"}


def picture(name: str = "atelier.png", colour: str = "red", side: int = 64) -> SimpleUploadedFile:
    """A small picture."""
    content = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def with_macros() -> SimpleUploadedFile:
    """A Word file that holds macros, under a plain name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        archive.writestr("word/vbaProject.bin", b"macros")
    return SimpleUploadedFile("grille.docx", content.getvalue())


def attach(row: Contribution, upload: Any, role: str = "picture", **words: str) -> Any:
    assert row.author is not None
    return attaching.attach(row, row.author, upload, role, **words)


def status_of(client: StrictClient, path: str) -> int:
    """What is answered; the file that was opened is closed."""
    response = client.get(path)
    if response.streaming:
        b"".join(response)
    return int(response.status_code)


def test_a_picture_is_kept_without_what_it_knew_and_must_be_described() -> None:
    row = ready(member())
    attach(row, picture())
    found = [(problem.key, problem.missing) for problem in problems_of(row, list(row.files.all()))]
    assert found == [("files", True), ("rights", True)]


@pytest.mark.parametrize(
    ("upload", "role"),
    [
        (lambda: SimpleUploadedFile("page.png", b"<html><script>alert(1)</script></html>"), "picture"),
        (lambda: SimpleUploadedFile("grille.pdf", b"MZ" + b"\0" * 500), "document"),
        (with_macros, "document"),
    ],
    ids=["html as png", "program as pdf", "macros"],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(upload: Any, role: str) -> None:
    row = draft(member())
    with pytest.raises(NotTaken) as refused:
        attach(row, upload(), role)
    assert (str(refused.value) != "", row.files.count()) == (True, 0)


def test_sixty_megabytes_are_refused_before_anything_is_read() -> None:
    upload = picture()
    upload.size = 60_000_000
    with pytest.raises(TooMany):
        attach(draft(member()), upload)


def test_pictures_are_counted_and_the_same_one_is_kept_once() -> None:
    row = draft(member())
    colours = ["red", "green", "blue", "black", "white", "yellow"]
    for colour in colours:
        attach(row, picture(colour=colour))
    with pytest.raises(TooMany):
        attach(row, picture(colour="pink"))
    first = row.files.all()[0]
    assert row.author is not None
    attaching.remove(row, row.author, first.public_id)
    with pytest.raises(NotTaken):
        attach(row, picture(colour="green"))
    assert row.files.count() == len(colours) - 1


def test_files_are_put_in_another_order() -> None:
    row = draft(member())
    files = [attach(row, picture(f"{colour}.png", colour)) for colour in ("red", "green", "blue")]
    assert row.author is not None
    attaching.move(row, row.author, files[2].public_id, -1)
    assert [file.name for file in row.files.all()] == ["red.png", "blue.png", "green.png"]


def test_only_those_it_concerns_see_the_file() -> None:
    home = company()
    author = member(organisation=home)
    file = attach(draft(author), picture())
    path = file.file.url
    asked = {
        "author": signed_in(author),
        "manager": signed_in(manager_of(home)),
        "colleague": signed_in(member("Une Collègue", organisation=home)),
        "stranger": signed_in(person("Une Passante")),
        "anonymous": StrictClient(),
    }
    assert {name: status_of(client, path) for name, client in asked.items()} == {
        "author": 200,
        "manager": 200,
        "colleague": 404,
        "stranger": 404,
        "anonymous": 404,
    }
    file.verdict = "refused"
    file.save()
    assert status_of(signed_in(author), path) == 404


def test_files_are_sent_described_and_removed_from_the_page() -> None:
    row = draft(member())
    assert row.author is not None
    client, root = signed_in(row.author), f"/espace/partager/{row.public_id}/joindre/"
    told = client.post(root, {"role": "picture", "file": picture(), "description": "Deux collègues"}, **JSON)
    file = row.files.get()
    assert (told.status_code, "Deux collègues" in told.json()["html"]) == (200, True)
    assert client.get(address(row, "fichiers")).status_code == 200
    refused = client.post(root, {"role": "document", "file": with_macros()}, **JSON)
    assert (refused.status_code, refused.json()["message"] != "") == (422, True)
    client.post(
        f"{root}{file.public_id}/", {"action": "describe", "description": "Trois", "credit": "L’atelier"}
    )
    file.refresh_from_db()
    assert (file.description, file.credit) == ("Trois", "L’atelier")
    client.post(f"{root}{file.public_id}/", {"action": "remove"})
    assert (row.files.count(), default_storage.exists(str(file.file.name))) == (0, False)


def test_files_go_with_what_is_forgotten(django_capture_on_commit_callbacks: Any) -> None:
    row = draft(member())
    name = attach(row, picture()).file.name
    Contribution.objects.update(state="discarded", saved_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert expiring.forget() == 1
    assert (Contribution.objects.count(), default_storage.exists(name)) == (0, False)
