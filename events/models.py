"""Workshops, clubs, broadcasts, ceremonies: what happens, when and where."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PageChooserPanel

from common.addresses import absolute
from common.blocks import BodyBlock
from common.facts import Facts, FactsPage
from common.fields import BlockField
from common.models import Commune, Operation
from common.pages import LIST_HELP, BasePage
from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


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


class EventPage(EventFields, FactsPage):
    """One event: what it is for, its programme, how to come."""

    kind_label = _("Event")
    template = "events/event_page.html"
    facts_model = Event
    fact_fields = (
        "format",
        "starts_at",
        "ends_at",
        "place",
        "address",
        "commune",
        "online",
        "online_link",
        "capacity",
        "audience",
        "registration_opens_at",
        "registration_closes_at",
        "approval_needed",
        "cancelled_at",
        "series",
        "operation",
    )
    fact_links = ("organisers",)

    facts = models.ForeignKey(
        Event, null=True, editable=False, on_delete=models.SET_NULL, related_name="pages"
    )
    organisers = ParentalManyToManyField(
        Organisation, verbose_name=_("organisers"), blank=True, related_name="+"
    )
    body = BlockField(BodyBlock(), verbose_name=_("programme"), blank=True)
    replay = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("replay"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The video page of what was filmed."),
    )

    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>Say what one will leave with, before how the morning goes. An event is not deleted: it is "
                "cancelled, and the page says so to those who had noted it.</p>"
            )
        ),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("format"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place", help_text=_("The name on the door.")),
                FieldPanel("address", help_text=_("Street and number, as for a taxi.")),
                FieldPanel("commune", help_text=_("Meetings are counted by commune.")),
                FieldRowPanel([FieldPanel("online"), FieldPanel("online_link")]),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audience"), FieldPanel("capacity")]),
                FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
                FieldPanel("approval_needed"),
                FieldPanel("cancelled_at", help_text=_("Fill in to cancel: the page stays and says so.")),
            ],
            heading=_("Who comes"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("lead_theme"),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("series"),
                FieldPanel("organisers"),
                FieldPanel("example"),
            ],
            heading=_("What it belongs to"),
        ),
        FieldPanel("body"),
        PageChooserPanel("replay", "home.VideoPage"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @classmethod
    def to_serve(cls) -> models.QuerySet[Any]:
        return cls._default_manager.select_related("facts__series")

    @property
    def share_line(self) -> str:
        event = self.facts or self
        return f"{event.get_format_display()} · {date_format(timezone.localtime(event.starts_at), 'l j F Y')}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It ends before it starts.")})
        if not (self.place or self.online):
            raise ValidationError({"place": _("Name the place, or say that it happens on line.")})
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            raise ValidationError({"registration_closes_at": _("Registration closes before it opens.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .related import organisers_of, related_events  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["organisers"] = organisers_of(self)
        context["related"] = related_events(self)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        from .structured import event_data  # noqa: PLC0415 (it reads these models)

        return [event_data(self, absolute(self.path_on_site))]


class EventIndexPage(BasePage):
    """The agenda: coming, past, by format, month by month."""

    kind_label = _("Events")
    layout = "wide"
    template = "events/event_index_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]

    content_panels: ClassVar[Sequence[Any]] = [LIST_HELP, *BasePage.content_panels]

    class Meta:
        verbose_name = _("agenda")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .listing import event_listing  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = event_listing(request.GET, self)
        return context
