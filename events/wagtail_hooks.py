"""Events and series in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column

from common.admin_listings import WIDE_ONLY, DayColumn, RoomPageFilterSet, RoomPageViewSet, WantsColumn
from common.admin_panels import NamePanel, slug_panel
from common.admin_viewsets import RoomViewSet
from common.admin_waiting import Waiting, WaitingRow, editable, first_rows, page_row, register_waiting

from .models import EventPage, Format, Series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

NEXT = 5
# A stream without blocks, as the database keeps it; compared there, so that no stream is read for a list.
EMPTY = ("[]", "")
PROGRAMME = Cast("body", TextField())


class EventFilterSet(RoomPageFilterSet):
    """By format and by time."""

    format = django_filters.ChoiceFilter(label=_("Format"), choices=Format)
    when = django_filters.ChoiceFilter(
        label=_("When"), choices=[("coming", _("Coming")), ("past", _("Past"))], method="by_time"
    )
    audience = django_filters.ChoiceFilter(label=_("Who may come"), choices=EventPage.Audience)
    series = django_filters.ModelChoiceFilter(label=_("Series"), queryset=Series.objects.all())

    class Meta(RoomPageFilterSet.Meta):
        model = EventPage

    def by_time(self, rows: QuerySet[EventPage], _name: str, value: str) -> QuerySet[EventPage]:
        """Coming events, the nearest first, or past ones."""
        if value == "coming":
            return rows.filter(ends_at__gt=timezone.now()).order_by("starts_at")
        return rows.filter(ends_at__lte=timezone.now())


def event_wants(event: EventPage) -> list[str | _StrPromise]:
    """What a coming event still wants."""
    if event.ends_at <= timezone.now() or event.cancelled_at:
        return []
    wants: list[str | _StrPromise] = []
    if event.programme in EMPTY:
        wants.append(_("no programme"))
    if not (event.place or event.online):
        wants.append(_("no place"))
    return wants


class EventViewSet(RoomPageViewSet):
    """Workshops, clubs, broadcasts, ceremonies."""

    model = EventPage
    name = "events"
    icon = "date"
    menu_order = 130
    filterset_class = EventFilterSet
    quick_url_name = "publish_event"
    quick_label = _("Announce an event")
    annotations: ClassVar[Mapping[str, Any]] = {"programme": PROGRAMME}
    linked = ("commune",)
    between: ClassVar[Sequence[Column]] = (
        Column(
            "format", label=_("Format"), accessor="get_format_display", sort_key="format", classname=WIDE_ONLY
        ),
        DayColumn("starts_at", _("Starts")),
        Column("commune", label=_("Commune"), sort_key="commune__sort_name", classname=WIDE_ONLY),
        WantsColumn(event_wants),
    )


class SeriesViewSet(RoomViewSet):
    """Clubs and co-development cycles."""

    model = Series
    name = "series"
    icon = "list-ol"
    menu_label = _("Series")
    list_display: ClassVar[list[Any]] = ["title", "kind", "example"]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["title"]
    ordering = "title"
    menu_order = 30
    add_to_settings_menu = True
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "<p>A series holds the meetings of one circle of people: a club, a co-development cycle. "
                    "Choose it in each of its events.</p>"
                )
            ),
            NamePanel("title"),
            slug_panel(),
            FieldPanel("kind"),
            FieldPanel("summary"),
            FieldPanel("example"),
        ]
    )


class NextEventsPanel(Component):
    """The dashboard's next events."""

    name = "next_events"
    template_name = "wagtailadmin/home/next_events.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        now = timezone.now()
        pages = EventPage.objects.filter(
            live=True, ends_at__gt=now, alias_of=None, locale__language_code="fr"
        )
        coming = pages.select_related("commune", "series").defer("body").order_by("starts_at", "pk")
        return {"events": coming[:NEXT], "all_url": f"{reverse('admin_events:index')}?when=coming"}


def events_without_programme(request: HttpRequest) -> Waiting | None:
    """Coming events that do not say what they are for, or what will happen."""
    coming = EventPage.objects.filter(live=True, ends_at__gt=timezone.now(), cancelled_at=None, alias_of=None)
    bare = coming.annotate(programme=PROGRAMME).filter(Q(programme__in=EMPTY) | Q(summary=""))
    total, rows = first_rows(editable(bare, request).defer("body").order_by("starts_at"), _with_day)
    if not total:
        return None
    label = ngettext(
        "%(n)s coming event without a programme", "%(n)s coming events without a programme", total
    )
    return Waiting("date", label % {"n": total}, rows, f"{reverse('admin_events:index')}?when=coming")


def _with_day(page: EventPage) -> WaitingRow:
    return page_row(page, date_format(timezone.localtime(page.starts_at), "j F"))


register_waiting(events_without_programme, order=40)


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """Events in the menu, series among the settings."""
    return [EventViewSet(), SeriesViewSet()]


@hooks.register("construct_homepage_panels")
def next_events(_request: HttpRequest, panels: list[Component]) -> None:
    """The next events, below what waits."""
    panels.append(NextEventsPanel())
