"""Files of contributions wait for the scanner as documents do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile

from common.uploads.findings import INFECTED, MISSING
from common.uploads.scanner import Scan, ScannerSilent
from toolbox.files import scanning
from toolbox.models import Contribution, ContributionFile

from . import tools

pytestmark = pytest.mark.django_db
Verdict = ContributionFile.Verdict


def waiting(content: bytes = b"Bonjour") -> ContributionFile:
    contribution = Contribution.objects.create(kind=Contribution.Kind.TOOL, author=tools.member())
    return ContributionFile.objects.create(
        contribution=contribution,
        role=ContributionFile.Role.DOCUMENT,
        file=ContentFile(content, name="notes.txt"),
        name="notes.txt",
        size=len(content),
        content_type="text/plain",
        sha256="0" * 64,
    )


def after(file: ContributionFile) -> tuple[str, list[str]]:
    scanning.scan_waiting()
    file.refresh_from_db()
    return file.verdict, file.findings


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda _file: Scan(), (Verdict.CLEAN, [])),
        (lambda _file: Scan("Eicar-Test-Signature"), (Verdict.REFUSED, [INFECTED])),
    ],
)
def test_the_scanner_decides(
    settings: Any, monkeypatch: pytest.MonkeyPatch, answer: Any, expected: Any
) -> None:
    settings.CLAMD_URL = "tcp://scanner.example"
    monkeypatch.setattr(scanning, "scan", answer)
    assert after(waiting()) == expected


def test_while_it_is_silent_the_file_waits(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_file: Any) -> Scan:
        raise ScannerSilent

    settings.CLAMD_URL = "tcp://scanner.example"
    monkeypatch.setattr(scanning, "scan", silent)
    assert after(waiting()) == (Verdict.PENDING, [])


def test_without_a_scanner_the_checks_have_decided_already() -> None:
    assert after(waiting()) == (Verdict.CLEAN, [])


def test_a_file_that_is_gone_is_refused(settings: Any) -> None:
    settings.CLAMD_URL = "tcp://scanner.example"
    file = waiting()
    file.file.storage.delete(str(file.file.name))
    assert after(file) == (Verdict.REFUSED, [MISSING])
