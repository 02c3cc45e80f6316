"""Files that members sent with what they tell wait for the virus scanner too."""

from __future__ import annotations

import logging

from django.conf import settings

from common.uploads.checking import verdict_for
from common.uploads.findings import INFECTED, MISSING
from common.uploads.scanner import Scan, ScannerSilent, scan
from toolbox.models import ContributionFile

logger = logging.getLogger("atoutage.uploads")
BATCH = 50
Verdict = ContributionFile.Verdict


def scan_waiting() -> int:
    """Periodic job: ask the scanner about the files of contributions that wait for it; return how many.

    A silent scanner is asked again the next time; without a scanner any more, the checks decide.
    """
    asked = 0
    for file in ContributionFile.objects.filter(verdict=Verdict.PENDING).order_by("pk")[:BATCH]:
        try:
            decide(file)
        except ScannerSilent as error:
            logger.warning("the virus scanner is silent", extra={"error": str(error)})
            break
        asked += 1
    return asked


def decide(file: ContributionFile) -> None:
    """Ask about one file, and write down what is to be done with it. Raises ScannerSilent."""
    findings = list(file.findings)
    try:
        if settings.CLAMD_URL:
            with file.file.open("rb") as stored:
                found = scan(stored)
        else:
            found = Scan()
        if found.signature:
            logger.error("infected contribution", extra={"file": file.pk, "found": found.signature})
            findings.insert(0, INFECTED)
    except FileNotFoundError:
        findings.insert(0, MISSING)
    refused = bool({INFECTED, MISSING} & set(findings))
    ContributionFile.objects.filter(pk=file.pk, verdict=Verdict.PENDING, sha256=file.sha256).update(
        verdict=Verdict.REFUSED if refused else verdict_for(findings), findings=findings
    )
