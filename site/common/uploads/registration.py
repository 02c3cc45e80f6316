"""What checks of files add to the registries when the site starts: called by `common.apps`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail import hooks

from common.admin_waiting import Waiting, WaitingRow, first_rows, register_waiting
from common.models import Document, FileCheck
from common.ticking import MINUTE, Job, jobs

from . import checking, serving
from .findings import explain

if TYPE_CHECKING:
    from django.http import HttpRequest

SILENT_FOR = dt.timedelta(days=1)


def describe(check: FileCheck) -> WaitingRow:
    """A document on the dashboard, and why it stands there."""
    detail = " ".join(str(sentence) for sentence in explain(check.findings))
    url = reverse("wagtaildocs:edit", args=[check.document_id])
    return WaitingRow(check.document.title, url, detail or str(check.get_verdict_display()))


def withheld_documents(request: HttpRequest) -> Waiting | None:
    """Documents that were refused, and those that the scanner says nothing of for a day."""
    if not request.user.has_perm("common.change_document"):
        return None
    silent = Q(verdict=FileCheck.Verdict.PENDING, document__created_at__lt=timezone.now() - SILENT_FOR)
    checks = FileCheck.objects.filter(silent | Q(verdict=FileCheck.Verdict.REFUSED))
    total, rows = first_rows(checks.select_related("document").order_by("pk"), describe)
    if not total:
        return None
    label = ngettext("%(n)s document is not served", "%(n)s documents are not served", total)
    return Waiting("warning", label % {"n": total}, rows, reverse("wagtaildocs:index"))


def register() -> None:
    """Checks at upload, jobs, the guard of documents, and what staff are shown."""
    post_save.connect(checking.on_saved, sender=Document, dispatch_uid="uploads.document")
    hooks.register("before_serve_document", serving.withhold, order=-10)
    jobs.register(Job("common.check_documents", 5 * MINUTE, checking.check_unchecked))
    jobs.register(Job("common.ask_scanner", 5 * MINUTE, checking.ask_again))
    register_waiting(withheld_documents, order=25)
