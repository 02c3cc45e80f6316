"""Documents and what was found of them: each has a `FileCheck`, made at upload or by a task."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from common import generation
from common.models import Document, DocumentPreview, FileCheck

from .findings import DOUBTFUL, INFECTED, MISSING
from .inspection import digest, inspect
from .kinds import DOCUMENT
from .refusals import RefusedFile
from .scanner import ScannerSilent, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .inspection import Inspection

logger = logging.getLogger("atoutage.uploads")
BATCH = 50
SCANNER = "clamd"
Verdict = FileCheck.Verdict


def verdict_for(findings: Sequence[str]) -> str:
    """What findings that do not forbid a file make of it."""
    return Verdict.WARNED if findings else Verdict.CLEAN


def record(document: Document, inspection: Inspection) -> FileCheck:
    """Keep what was found of a document; the virus scanner is asked in the background when it must be."""
    pending = inspection.verdict == Verdict.PENDING
    if FileCheck.objects.filter(document=document).exclude(sha256=inspection.sha256).exists():
        DocumentPreview.objects.filter(document=document).delete()
    check, _new = FileCheck.objects.update_or_create(
        document=document,
        defaults={
            "sha256": inspection.sha256,
            "content_type": inspection.content_type,
            "verdict": inspection.verdict,
            "findings": list(inspection.findings),
            "scanner": "",
            "checked_at": None if pending else timezone.now(),
        },
    )
    if pending:
        transaction.on_commit(lambda: scan_document.enqueue(document.pk))
    return check


def on_saved(instance: Document, raw: bool = False, **_kwargs: Any) -> None:
    """Signal receiver: a document came in, through the admin with its inspection, or by code without."""
    if raw:
        return
    inspection = instance.__dict__.pop("inspection", None)
    if inspection is not None:
        record(instance, inspection)
    elif instance.file:
        transaction.on_commit(lambda: check_document.enqueue(instance.pk))


@task()
def check_document(pk: int) -> None:
    """Background task: look at a document that code brought in, unless it is the one that was seen."""
    document = Document.objects.select_related("check_result").filter(pk=pk).first()
    if document is None:
        return
    known = FileCheck.objects.filter(document=document).first()
    try:
        with document.file.open("rb") as stored:
            seal = digest(stored)
    except OSError:
        seal = ""
    if known is None or known.sha256 != seal:
        look_at(document)


@task()
def scan_document(pk: int) -> None:
    """Background task: ask the scanner about a pending document; a silent scanner is asked again later."""
    check = FileCheck.objects.select_related("document").filter(document=pk, verdict=Verdict.PENDING).first()
    if check is not None and settings.CLAMD_URL:
        try:
            scan_pending(check)
        except ScannerSilent as error:
            logger.warning("the virus scanner is silent", extra={"error": str(error)})


def look_at(document: Document) -> FileCheck:
    """Check a document that is kept already: what would be refused at upload is not served any more."""
    try:
        with document.file.open("rb") as stored:
            upload = File(stored, name=document.file.name)
            return record(document, inspect(upload, role=DOCUMENT, from_staff=True))
    except RefusedFile as refusal:
        return _refuse(document, DOUBTFUL, refusal.code)
    except OSError:
        return _refuse(document, MISSING, "")


def _refuse(document: Document, finding: str, code: str) -> FileCheck:
    logger.warning("document refused", extra={"document": document.pk, "finding": finding, "code": code})
    values = {"verdict": Verdict.REFUSED, "findings": [finding], "checked_at": timezone.now()}
    check, _new = FileCheck.objects.update_or_create(document=document, defaults=values)
    return check


def scan_pending(check: FileCheck) -> None:
    """Ask the scanner and decide. Raises ScannerSilent; the check then stays pending."""
    try:
        with check.document.file.open("rb") as stored:
            found = scan(stored)
    except FileNotFoundError:
        _refuse(check.document, MISSING, "")
        return
    verdict = Verdict.REFUSED if found.signature else verdict_for(check.findings)
    findings = [INFECTED, *check.findings] if found.signature else check.findings
    # Another file may have come in its place meanwhile: that one has its own seal.
    FileCheck.objects.filter(pk=check.pk, verdict=Verdict.PENDING, sha256=check.sha256).update(
        verdict=verdict,
        findings=findings,
        scanner=f"{SCANNER}: {found.signature}"[:100] if found.signature else SCANNER,
        checked_at=timezone.now(),
    )
    if found.signature:
        logger.error("infected document", extra={"document": check.document_id, "found": found.signature})
    # Pages say whether their file can be taken.
    generation.bump_on_commit()


def check_unchecked() -> int:
    """Periodic job: look at the documents that were there before checks were; return how many."""
    documents = Document.objects.filter(check_result=None).exclude(file="").order_by("pk")[:BATCH]
    return len([look_at(document) for document in documents])


def ask_again() -> int:
    """Periodic job: ask the scanner about what is pending; without a scanner any more, decide without it."""
    pending = FileCheck.objects.filter(verdict=Verdict.PENDING).select_related("document").order_by("pk")
    if not settings.CLAMD_URL:
        return _decide_without_scanner()
    asked = 0
    for check in pending[:BATCH]:
        try:
            scan_pending(check)
        except ScannerSilent as error:
            logger.warning("the virus scanner is silent", extra={"error": str(error)})
            break
        asked += 1
    return asked


def _decide_without_scanner() -> int:
    pending = FileCheck.objects.filter(verdict=Verdict.PENDING)
    now = timezone.now()
    return pending.filter(~Q(findings=[])).update(verdict=Verdict.WARNED, checked_at=now) + pending.filter(
        findings=[]
    ).update(verdict=Verdict.CLEAN, checked_at=now)
