"""What happened between the association and an organisation, day by day; staff only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User, today
from .organisations import Organisation
from .people import Person


class Step(models.Model):
    """A dated entry of an organisation's timeline, written by staff or by any room.

    `source` names the row that caused it (`events.registration:12`): the same one writes one step.
    """

    class Kind(models.TextChoices):
        """What kind of step it was."""

        CONTACT = "contact", _("Contact")
        WORKSHOP = "workshop", _("Workshop")
        MEETING = "meeting", _("Meeting")
        ACCOMPANIMENT = "accompaniment", _("Accompaniment")
        SIGNATURE = "signature", _("Signature")
        NOTE = "note", _("Note")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    on = models.DateField(_("date"), default=today)
    text = models.TextField(_("what happened"), max_length=2000)
    person = models.ForeignKey(
        Person, verbose_name=_("with"), null=True, blank=True, on_delete=models.SET_NULL, related_name="steps"
    )
    author = models.ForeignKey(
        User, verbose_name=_("written by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = (models.Index(name="step_timeline", fields=["organisation", "-on"]),)
        constraints = (
            models.UniqueConstraint(
                name="step_once_a_source", fields=("organisation", "source"), condition=~Q(source="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}, {self.get_kind_display()}"


class OrganisationMerge(models.Model):
    """Two rows were one organisation: which was kept, what the other was, which rows moved."""

    kept = models.ForeignKey(
        Organisation, verbose_name=_("kept"), on_delete=models.PROTECT, related_name="merges"
    )
    gone = models.JSONField(_("the other one, as it was"))
    moved = models.JSONField(_("rows moved"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    merged_by = models.ForeignKey(
        User, verbose_name=_("merged by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged at"), default=timezone.now)

    class Meta:
        ordering = ("-merged_at", "-pk")
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return f"{self.gone.get('name', '')} → {self.kept}"


class DistinctPair(models.Model):
    """Two organisations that look alike and are not the same: staff said so, once for all."""

    first = models.ForeignKey(Organisation, verbose_name=_("one"), on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(
        Organisation, verbose_name=_("the other"), on_delete=models.CASCADE, related_name="+"
    )
    said_by = models.ForeignKey(
        User, verbose_name=_("said by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(_("said at"), default=timezone.now)

    class Meta:
        verbose_name = _("pair of distinct organisations")
        verbose_name_plural = _("pairs of distinct organisations")
        constraints = (
            models.UniqueConstraint(name="distinct_pair_once", fields=("first", "second")),
            models.CheckConstraint(name="distinct_pair_in_order", condition=Q(first__lt=F("second"))),
        )

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"


class FormerSlug(models.Model):
    """An address that an organisation once had; it leads to the present one."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
