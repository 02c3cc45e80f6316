"""What is known of an uploaded file: what it really is, and what its first page looks like."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .media import Document, private_name


def preview_name(_preview: models.Model, filename: str) -> str:
    """Where a preview is kept: behind the same guard as the file it shows."""
    return private_name("previews", filename)


class FileCheck(models.Model):
    """What an uploaded document was found to be (decision 0020).

    `findings` are the codes of `common.uploads.findings`; a pending check waits for the virus scanner.
    """

    class Verdict(models.TextChoices):
        """What may be done with the file."""

        PENDING = "pending", _("Being checked")
        CLEAN = "clean", _("Nothing wrong found")
        WARNED = "warned", _("To open with care")
        REFUSED = "refused", _("Refused")

    document = models.OneToOneField(
        Document, verbose_name=_("document"), on_delete=models.CASCADE, related_name="check_result"
    )
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(_("type"), max_length=100, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.PENDING)
    findings = models.JSONField(_("findings"), default=list, blank=True)
    scanner = models.CharField(_("scanned by"), max_length=100, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file check")
        verbose_name_plural = _("file checks")
        constraints = (
            models.CheckConstraint(
                name="file_check_decided_is_dated",
                condition=Q(verdict="pending") | Q(checked_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id}: {self.verdict}"


class DocumentPreview(models.Model):
    """The first page of a PDF as a picture; `error` says why there is none."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="preview")
    file = models.FileField(upload_to=preview_name, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("preview of a document")
        verbose_name_plural = _("previews of documents")

    def __str__(self) -> str:
        return f"{self.document_id}"
