"""The communes of the arrondissement of Lille."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .translated import in_language, validate_translated


class Commune(models.Model):
    """A commune (source: INSEE 2026 names and populations, GeoNames positions)."""

    insee_code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    names = models.JSONField(_("names"), validators=[validate_translated])
    postal_codes = models.JSONField(_("postal codes"), default=list)
    population = models.PositiveIntegerField(_("population"))
    epci_siren = models.CharField(_("SIREN of the intercommunality"), max_length=9)
    epci_name = models.CharField(_("intercommunality"), max_length=100)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    sort_name = models.CharField(max_length=100, editable=False)

    class Meta:
        ordering = ("sort_name",)
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language."""
        return in_language(self.names)
