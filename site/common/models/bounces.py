"""Addresses that refused our mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BounceQuerySet(models.QuerySet["Bounce"]):
    """The vocabulary of refused mail."""

    def refusing(self) -> BounceQuerySet:
        """Addresses to which nothing more is sent, codes apart."""
        return self.filter(kind=Bounce.Kind.HARD, cleared_at=None)


class Bounce(models.Model):
    """An address that refused our mail: one row an address, whatever the number of refusals.

    `count` begins anew once staff, or the person, cleared the address.
    """

    class Kind(models.TextChoices):
        """Whether it may still work."""

        HARD = "hard", _("Refused for good")
        SOFT = "soft", _("Refused for now")

    address = models.EmailField(_("address"), max_length=320, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    count = models.PositiveIntegerField(_("times refused"), default=1)
    reason = models.TextField(_("answer of the mail server"), blank=True)
    last_at = models.DateTimeField(_("last refused at"), default=timezone.now)
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True)

    objects = BounceQuerySet.as_manager()

    class Meta:
        ordering = ("-last_at", "-pk")
        verbose_name = _("address that refuses mail")
        verbose_name_plural = _("addresses that refuse mail")
        constraints = (
            models.CheckConstraint(name="bounce_kind_known", condition=Q(kind__in=["hard", "soft"])),
            models.CheckConstraint(name="bounce_counted", condition=Q(count__gte=1)),
        )

    def __str__(self) -> str:
        return self.address
