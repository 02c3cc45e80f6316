"""Addresses that existed and were taken away on purpose."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GoneAddress(models.Model):
    """The path of a deleted page; a request for it is answered with 410 Gone."""

    path = models.CharField(_("path"), max_length=500, unique=True)
    title = models.CharField(_("title"), max_length=255)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ("-since",)
        verbose_name = _("removed address")
        verbose_name_plural = _("removed addresses")

    def __str__(self) -> str:
        return self.path
