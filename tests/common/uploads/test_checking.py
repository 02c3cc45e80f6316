"""Documents are checked at upload, by the scanner when there is one, and served accordingly."""

from __future__ import annotations

import datetime as dt
import json
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from common.models import Document, FileCheck, Image
from common.uploads import checking, scanner, serving
from common.uploads.findings import DOUBTFUL, INFECTED, MACROS, MISSING
from common.uploads.registration import withheld_documents
from common.uploads.scanner import Scan, ScannerSilent, scan
from tests.factories.shared import UserFactory
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in

from . import samples

pytestmark = pytest.mark.django_db
Verdict = FileCheck.Verdict


class FakeScanner(socketserver.StreamRequestHandler):
    """Answers as clamd does, and keeps what it was sent."""

    received = b""
    mute = False

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        type(self).received = content
        if self.mute:
            return
        infected = samples.EICAR.encode() in content
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if infected else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[type[FakeScanner]]:
    """A scanner on a port of this machine."""
    handler = type("Scanner", (FakeScanner,), {})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        settings.CLAMD_TIMEOUT = 5
        yield handler
        server.shutdown()


@pytest.fixture
def silent(settings: Any) -> None:
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    settings.CLAMD_TIMEOUT = 1


def document(name: str = "guide.pdf", content: bytes | None = None, **fields: Any) -> Document:
    """A document that code brought in."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return Document.objects.create(
            title="Un guide", file=ContentFile(content or samples.pdf(), name=name), **fields
        )


def verdict_of(row: Document) -> tuple[str, list[str]]:
    check = FileCheck.objects.get(document=row)
    return check.verdict, check.findings


def is_served(row: Document, user: Any) -> bool:
    request = RequestFactory().get("/")
    request.user = user
    try:
        return serving.withhold(Document.objects.get(pk=row.pk), request) is None
    except Http404:
        return False


# ---------------------------------------------------------------- the scanner's protocol
def test_the_whole_file_goes_to_the_scanner_piece_by_piece(clamd: type[FakeScanner]) -> None:
    content = bytes(range(256)) * 1000
    assert scan(ContentFile(content)) == Scan()
    assert clamd.received == content


def test_the_scanner_names_what_it_found(clamd: type[FakeScanner]) -> None:
    assert scan(ContentFile(b"x" + samples.EICAR.encode())).signature == "Eicar-Test-Signature"


def test_the_scanner_is_asked_over_a_unix_socket_too(settings: Any, tmp_path: Path) -> None:
    with socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), FakeScanner) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.CLAMD_URL = f"unix://{tmp_path}/clamd.ctl"
        assert scan(ContentFile(b"rien")) == Scan()
        server.shutdown()


@pytest.mark.usefixtures("silent")
def test_a_scanner_that_is_away_is_silent_and_nothing_else() -> None:
    with pytest.raises(ScannerSilent):
        scan(ContentFile(b"rien"))


def test_a_scanner_that_hangs_up_is_silent(clamd: type[FakeScanner]) -> None:
    clamd.mute = True
    with pytest.raises(ScannerSilent):
        scan(ContentFile(b"rien"))


def test_a_scanner_that_says_nothing_is_left_after_the_timeout(settings: Any) -> None:
    release = threading.Event()

    class Slow(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            release.wait(5)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.CLAMD_URL, settings.CLAMD_TIMEOUT = f"tcp://127.0.0.1:{server.server_address[1]}", 0.2
        with pytest.raises(ScannerSilent):
            scan(ContentFile(b"rien"))
        release.set()
        server.shutdown()


# ---------------------------------------------------------------- documents and their verdict
def test_without_a_scanner_the_checks_decide() -> None:
    assert verdict_of(document()) == (Verdict.CLEAN, [])
    macros = samples.office("docm", members={"word/vbaProject.bin": b"x"})
    assert verdict_of(document("modele.docm", macros)) == (Verdict.WARNED, [MACROS])
    assert verdict_of(document("guide.pdf", b"MZ" + bytes(500))) == (Verdict.REFUSED, [DOUBTFUL])


@pytest.mark.usefixtures("clamd")
def test_the_scanner_decides_about_what_is_pending() -> None:
    assert verdict_of(document()) == (Verdict.CLEAN, [])
    infected = samples.pdf(b"/X (" + samples.EICAR.replace("(", "").replace(")", "").encode() + b")")
    row = document("a.txt", samples.EICAR.encode())
    assert verdict_of(row) == (Verdict.REFUSED, [INFECTED])
    assert FileCheck.objects.get(document=row).scanner == "clamd: Eicar-Test-Signature"
    assert verdict_of(document("b.pdf", infected))[0] == Verdict.CLEAN


@pytest.mark.usefixtures("clamd")
def test_macros_are_still_said_of_a_file_without_a_virus() -> None:
    macros = samples.office("docm", members={"word/vbaProject.bin": b"x"})
    assert verdict_of(document("modele.docm", macros)) == (Verdict.WARNED, [MACROS])


@pytest.mark.usefixtures("silent")
def test_while_the_scanner_is_silent_a_file_is_for_its_sender_and_the_team() -> None:
    sender, other, team = UserFactory(), UserFactory(), UserFactory(admin=True)
    row = document(uploaded_by_user=sender)
    assert verdict_of(row) == (Verdict.PENDING, [])
    assert [is_served(row, user) for user in (AnonymousUser(), other, sender, team)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_pending_file_is_served_once_the_scanner_answered(settings: Any, clamd: type[FakeScanner]) -> None:
    answering, settings.CLAMD_URL = settings.CLAMD_URL, "tcp://127.0.0.1:9"
    row = document()
    assert checking.ask_again() == 0
    settings.CLAMD_URL = answering
    assert checking.ask_again() == 1
    assert (verdict_of(row), is_served(row, AnonymousUser())) == ((Verdict.CLEAN, []), True)


@pytest.mark.usefixtures("silent")
def test_what_is_pending_is_decided_by_the_checks_when_the_scanner_is_taken_away(
    settings: Any,
) -> None:
    row = document()
    settings.CLAMD_URL = ""
    assert checking.ask_again() == 1
    assert verdict_of(row) == (Verdict.CLEAN, [])


def test_a_refused_file_is_served_to_nobody() -> None:
    row = document("guide.pdf", b"MZ" + bytes(500))
    assert [is_served(row, user) for user in (AnonymousUser(), UserFactory(admin=True))] == [False, False]


def test_documents_of_before_are_checked_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [document() for _ in range(3)]
    FileCheck.objects.all().delete()
    monkeypatch.setattr(checking, "BATCH", 2)
    assert is_served(rows[0], AnonymousUser())
    assert [checking.check_unchecked() for _ in range(3)] == [2, 1, 0]
    assert [verdict_of(row)[0] for row in rows] == [Verdict.CLEAN] * 3


def test_a_file_that_is_gone_is_said_to_be() -> None:
    row = document()
    FileCheck.objects.all().delete()
    row.file.storage.delete(str(row.file.name))
    checking.check_unchecked()
    assert verdict_of(row) == (Verdict.REFUSED, [MISSING])


def test_a_file_that_code_replaces_is_looked_at_again_and_a_new_title_is_not() -> None:
    row = document()
    before = FileCheck.objects.get(document=row).checked_at
    with TestCase.captureOnCommitCallbacks(execute=True):
        row.title = "Un autre titre"
        row.save()
    assert FileCheck.objects.get(document=row).checked_at == before
    with TestCase.captureOnCommitCallbacks(execute=True):
        row.file = ContentFile(b"MZ" + bytes(500), name="autre.pdf")
        row.save()
    assert verdict_of(row) == (Verdict.REFUSED, [DOUBTFUL])


@pytest.mark.usefixtures("silent")
def test_the_team_sees_what_waits_for_a_day_and_what_was_refused() -> None:
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(admin=True)
    row = document()
    assert withheld_documents(request) is None
    Document.objects.filter(pk=row.pk).update(created_at=timezone.now() - dt.timedelta(days=2))
    document("guide.pdf", b"MZ" + bytes(500))
    waiting = withheld_documents(request)
    assert waiting is not None
    assert len(waiting.rows) == 2
    request.user = UserFactory()
    assert withheld_documents(request) is None


# ---------------------------------------------------------------- the admin's forms
def send(client: StrictClient, name: str, content: bytes, **more: Any) -> Any:
    data = {"title": "Un guide", "file": samples.upload(name, content), **more}
    data.setdefault("collection", Collection.get_first_root_node().pk)
    return client.post(reverse("wagtaildocs:add"), data)


def test_the_form_of_documents_says_why_a_file_is_refused(client: StrictClient) -> None:
    sign_in(client)
    response = send(client, "guide.pdf", b"MZ" + bytes(500))
    assert "This is a program under another name" in response.content.decode()
    assert Document.objects.count() == 0


def test_a_document_of_staff_is_kept_with_what_was_found(client: StrictClient) -> None:
    sign_in(client)
    macros = samples.office("docm", members={"word/vbaProject.bin": b"x"})
    assert send(client, "modele.docm", macros).status_code == 302
    assert verdict_of(Document.objects.get()) == (Verdict.WARNED, [MACROS])


def test_another_file_in_the_place_of_a_document_gets_its_own_verdict(client: StrictClient) -> None:
    sign_in(client)
    send(client, "guide.pdf", samples.pdf())
    row = Document.objects.get()
    macros = samples.office("docm", members={"word/vbaProject.bin": b"x"})
    data = {
        "title": "Un guide",
        "file": samples.upload("modele.docm", macros),
        "collection": row.collection_id,
    }
    client.post(reverse("wagtaildocs:edit", args=[row.pk]), data)
    assert verdict_of(row) == (Verdict.WARNED, [MACROS])


def test_sending_many_documents_at_once_looks_at_each(client: StrictClient) -> None:
    sign_in(client)
    address = reverse("wagtaildocs:add_multiple")
    headers = {"X-Requested-With": "XMLHttpRequest"}
    collection = Collection.get_first_root_node().pk
    bad = {"title": "a", "files[]": samples.upload("a.pdf", b"MZ" + bytes(500)), "collection": collection}
    answer = json.loads(client.post(address, bad, headers=headers).content)
    assert answer["success"] is False
    assert "program" in answer["error_message"]
    good = {"title": "b", "files[]": samples.upload("b.pdf", samples.pdf()), "collection": collection}
    assert json.loads(client.post(address, good, headers=headers).content)["success"] is True
    assert verdict_of(Document.objects.get()) == (Verdict.CLEAN, [])


def test_a_bomb_is_refused_by_the_form_of_images(client: StrictClient) -> None:
    sign_in(client)
    bomb = samples.upload("photo.png", samples.png_that_says(30_000, 30_000))
    data = {"title": "Une photo", "file": bomb, "collection": Collection.get_first_root_node().pk}
    response = client.post(reverse("wagtailimages:add"), data)
    assert "40 million pixels" in response.content.decode()
    assert Image.objects.count() == 0


def test_an_honest_image_goes_through_the_form(client: StrictClient) -> None:
    sign_in(client)
    photo = samples.upload("photo.jpg", samples.picture(size=(800, 600)))
    data = {"title": "Une photo", "file": photo, "collection": Collection.get_first_root_node().pk}
    assert client.post(reverse("wagtailimages:add"), data).status_code == 302
    assert Image.objects.count() == 1


def test_the_port_is_that_of_clamd_when_none_is_said(settings: Any, monkeypatch: Any) -> None:
    settings.CLAMD_URL = "tcp://scanner.example"
    asked: list[Any] = []

    def refuse(place: Any, timeout: float) -> Any:
        asked.append((place, timeout))
        raise OSError

    monkeypatch.setattr(scanner.socket, "create_connection", refuse)  # type: ignore[attr-defined]
    with pytest.raises(ScannerSilent):
        scanner.connect()
    assert asked == [(("scanner.example", 3310), settings.CLAMD_TIMEOUT)]
