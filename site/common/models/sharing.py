"""Pictures for shared links: which pages have one, and where it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareImage(models.Model):
    """The picture that social networks show for a page. Its name changes with what is written on it."""

    translation_key = models.UUIDField(_("translation key"))
    language = models.CharField(_("language"), max_length=5)
    name = models.CharField(_("file name"), max_length=120)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("picture for shared links")
        verbose_name_plural = _("pictures for shared links")
        constraints = (
            models.UniqueConstraint(name="share_image_unique", fields=["translation_key", "language"]),
        )

    def __str__(self) -> str:
        return self.name
