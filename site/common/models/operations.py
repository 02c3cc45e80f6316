"""Publicly funded operations and what their funders require to be shown."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Operation(models.Model):
    """A publicly funded undertaking. Whatever names one shows its publicity block.

    The wording is the funder's own and is printed as it stands (for the ESF+, see regulation
    (EU) 2021/1060, articles 47 and 50, and its annex IX).
    """

    class Emblem(models.TextChoices):
        """What stands beside the wording."""

        NONE = "none", _("None")
        EU = "eu", _("European Union")

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    funders = models.JSONField(_("funders"), default=list)
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    number = models.CharField(_("file number"), max_length=50, blank=True)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    wording = models.CharField(_("compulsory wording"), max_length=300)
    emblem = models.CharField(_("emblem"), max_length=10, choices=Emblem, default=Emblem.NONE)
    description = models.TextField(_("description"), blank=True)
    keep_until = models.DateField(_("keep evidence until"))
    example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering = ("-starts", "slug")
        verbose_name = _("funding operation")
        verbose_name_plural = _("funding operations")
        constraints = (
            models.CheckConstraint(name="operation_ends_after_start", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(name="operation_kept_after_end", condition=Q(keep_until__gte=F("ends"))),
        )

    def __str__(self) -> str:
        return self.title
