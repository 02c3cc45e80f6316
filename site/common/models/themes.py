"""The thirteen themes, in four families, like the cards of a suit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .translated import in_language, validate_translated


class Family(models.TextChoices):
    """The four families; each has a pip and a colour."""

    RECRUIT = "recruter", _("Recruit")
    PASS_ON = "transmettre", _("Pass on")
    CARE = "prendre-soin", _("Take care")
    CAREER = "faire-carriere", _("Build a career")


class Theme(models.Model):
    """One of the thirteen themes that practices, tools, events and people share."""

    slug = models.SlugField(_("slug"), unique=True)
    family = models.CharField(_("family"), max_length=20, choices=Family)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    names = models.JSONField(_("names"), validators=[validate_translated])
    descriptions = models.JSONField(_("descriptions"), validators=[validate_translated])

    class Meta:
        ordering = ("position",)
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_language(self.names)

    @property
    def description(self) -> str:
        """One line, in the active language."""
        return in_language(self.descriptions)
