"""Whose a practice or a tool is, and when somebody last said that it still holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Owned(models.Model):
    """Held by a row, not by its pages: who told it, and when it was last read again.

    The company (`organisation`, a fact that the page states) keeps what an author leaves behind.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(class)s_set",
    )
    checked_on = models.DateField(_("last read again on"), null=True, blank=True)

    class Meta:
        abstract = True
