"""What was written from files rather than by people, so that it can be brought up to date or removed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRow(models.Model):
    """A row written from a content file, and how it stood when it was written.

    `state` is compared with the row before anything is overwritten or removed: what people changed
    since is theirs.
    """

    class Origin(models.TextChoices):
        """Who wrote it."""

        SITE = "site", _("Installation")
        DEMO = "demo", _("Demonstration")

    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    key = models.CharField(_("key"), max_length=200)
    digest = models.CharField(_("digest of the source"), max_length=64)
    model = models.CharField(_("model"), max_length=100)
    object_pk = models.CharField(_("identifier"), max_length=64)
    state = models.CharField(_("state when written"), max_length=64)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = (models.UniqueConstraint(name="loaded_row_key_unique", fields=("origin", "key")),)
        indexes = (models.Index(name="loaded_row_object", fields=["model", "object_pk"]),)

    def __str__(self) -> str:
        return self.key
