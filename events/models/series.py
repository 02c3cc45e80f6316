"""Clubs and co-development cycles: several events with one circle of people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A club or a co-development cycle: several events with one circle of people."""

    class Kind(models.TextChoices):
        """How its circle works."""

        CLUB = "club", _("Club")
        CODEV = "codev", _("Co-development cycle")

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    summary = models.TextField(_("summary"), blank=True)
    example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering = ("title", "pk")
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title
