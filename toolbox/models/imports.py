"""Files of practices or tools that staff bring in, and what became of each line (decision 0023)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from common.models.media import private_name
from members.models.identifiers import new_public_id

from .contributions import Contribution


def import_name(_run: models.Model, filename: str) -> str:
    """Where the files that staff bring are kept."""
    return private_name("imports", filename)


class ImportRun(models.Model):
    """One file brought in, read in the background; a trial run writes nothing but its report."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Contribution.Kind)
    file = models.FileField(upload_to=import_name, blank=True)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    publish = models.BooleanField(_("publish"), default=False)
    trial = models.BooleanField(_("trial run"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(_("lines"), default=0)
    done = models.PositiveIntegerField(_("lines read"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    error = models.CharField(_("error"), max_length=500, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("brought at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = (
            models.CheckConstraint(
                name="import_ended_is_dated",
                condition=Q(state__in=["waiting", "running"]) | Q(finished_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """What became of one line."""

    class Outcome(models.TextChoices):
        """What was done."""

        CREATED = "created", _("Created")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Unchanged")
        REFUSED = "refused", _("Refused")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    slug = models.CharField(max_length=255, blank=True)
    messages = models.JSONField(_("messages"), default=list, blank=True)
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("number",)
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        constraints = (models.UniqueConstraint(name="import_line_once", fields=("run", "number")),)

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"


class ImportedRow(models.Model):
    """What a slug of a file became, and the fingerprint of what was last read of it."""

    kind = models.CharField(max_length=10, choices=Contribution.Kind)
    slug = models.CharField(max_length=255)
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fingerprint = models.CharField(max_length=64)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = (models.UniqueConstraint(name="imported_row_once", fields=("kind", "slug")),)

    def __str__(self) -> str:
        return self.slug
