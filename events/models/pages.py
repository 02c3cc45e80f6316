"""Workshops, clubs, broadcasts, ceremonies, as they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PageChooserPanel

from common.addresses import absolute
from common.blocks import BodyBlock
from common.facts import FactsPage
from common.fields import BlockField
from common.pages import BasePage, ListPage
from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

from .events import Event, EventFields


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
        from events.related import organisers_of, related_events  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["organisers"] = organisers_of(self)
        context["related"] = related_events(self)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        from events.structured import event_data  # noqa: PLC0415 (it reads these models)

        return [event_data(self, absolute(self.path_on_site))]


class EventIndexPage(ListPage):
    """The agenda: coming, past, by format, month by month."""

    kind_label = _("Events")
    template = "events/event_index_page.html"
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    lists = "events.listing.event_listing"

    class Meta:
        verbose_name = _("agenda")
