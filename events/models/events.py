"""What happens, when and where: one row whatever the language."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.facts import Facts
from common.models import Commune, Operation
from members.models import Organisation

from .series import Series


class Format(models.TextChoices):
    """What kind of meeting it is."""

    WORKSHOP = "workshop", _("HR workshop")
    CODEV = "codev", _("Co-development workshop")
    CLUB = "club", _("Club meeting")
    WEBINAR = "webinar", _("Webinar")
    BROADCAST = "broadcast", _("Broadcast")
    CEREMONY = "ceremony", _("Ceremony")
    THEMATIC_DAY = "thematic_day", _("Thematic day")


class EventFields(models.Model):
    """What an event's page and its row have in common. Times are aware, shown in Paris time."""

    class Audience(models.TextChoices):
        """Who may come."""

        PUBLIC = "public", _("Everybody")
        MEMBERS = "members", _("Members")
        GROUP = "group", _("One group")

    format = models.CharField(_("format"), max_length=20, choices=Format)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    online = models.BooleanField(_("online"), default=False)
    online_link = models.URLField(
        _("link to join online"), blank=True, help_text=_("Shown to those who are registered, nowhere else.")
    )
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    approval_needed = models.BooleanField(_("registrations are approved one by one"), default=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )

    class Meta:
        abstract = True


class EventQuerySet(models.QuerySet["Event"]):
    """The vocabulary of events. A running event is still coming: it can be joined."""

    def live(self) -> EventQuerySet:
        """Published ones."""
        return self.filter(live=True)

    def upcoming(self, now: dt.datetime | None = None) -> EventQuerySet:
        """Not ended yet, the nearest first."""
        return self.live().filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now: dt.datetime | None = None) -> EventQuerySet:
        """Ended, the latest first."""
        return self.live().filter(ends_at__lte=now or timezone.now()).order_by("-starts_at", "-pk")

    def held(self, year: int | None = None) -> EventQuerySet:
        """Past and not cancelled, in one year or in all."""
        held = self.past().filter(cancelled_at=None)
        return held.filter(starts_at__year=year) if year else held


class Event(EventFields, Facts):
    """An event, whatever the language it is read in: registrations will point here."""

    operation = models.ForeignKey(
        Operation,
        verbose_name=_("funding operation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    organisers = models.ManyToManyField(
        Organisation, verbose_name=_("organisers"), blank=True, related_name="organised_events"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = (
            models.CheckConstraint(name="event_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
        )

    def __str__(self) -> str:
        return f"{self.get_format_display()} {timezone.localtime(self.starts_at):%Y-%m-%d}"
