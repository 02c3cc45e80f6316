"""The agenda: coming or past, by format and theme, and month by month."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import addresses
from common.choices import enumeration, theme_choices
from common.known import fill
from common.listing import Filter, Listing, build, narrowed, selection

from .models import Event, EventPage, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from common.pages import BasePage

PER_PAGE = 12
FIRST_YEAR = 2008
LAST_YEAR = 2100

FILTERS = (
    Filter("format", _("Format"), enumeration(Format), "format"),
    Filter("theme", _("Theme"), theme_choices, "themes__slug"),
)


@dataclass(frozen=True)
class Day:
    """A day of the month view."""

    date: dt.date
    in_month: bool
    today: bool
    events: list[EventPage]


@dataclass(frozen=True)
class Month:
    """A month as weeks of days, with the months around it that may be shown."""

    first: dt.date
    weeks: list[list[Day]]
    previous: dt.date
    following: dt.date

    @property
    def has_events(self) -> bool:
        """Whether anything is announced on its days."""
        return any(day.events for week in self.weeks for day in week if day.in_month)


def in_locale(rows: QuerySet[Event], locale_id: int) -> QuerySet[Event]:
    """Events that have a live page in a language."""
    if addresses.locale_codes().get(locale_id) == settings.LANGUAGE_CODE:
        return rows
    versions = EventPage.objects.filter(facts=OuterRef("pk"), locale_id=locale_id, live=True)
    return rows.filter(Exists(versions))


def event_cards(rows: Sequence[Event], locale_id: int) -> list[EventPage]:
    """The pages of some events, in the same order, with what a row of the agenda shows."""
    pages = (
        EventPage.objects.filter(facts__in=[row.pk for row in rows], locale_id=locale_id, live=True)
        .select_related("facts")
        .defer("body")
    )
    by_row = {page.facts_id: page for page in pages}
    for page in by_row.values():
        fill(page.facts)  # type: ignore[arg-type]
    return [by_row[row.pk] for row in rows if row.pk in by_row]


def parse_month(text: str) -> dt.date | None:
    """`2026-03` as the first day of that month; None when it is not a month we show."""
    try:
        first = dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year < LAST_YEAR else None


def month_of(first: dt.date, rows: QuerySet[Event], locale_id: int) -> Month:
    """The month that begins on `first`, each day with the events that touch it."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begin = timezone.make_aware(dt.datetime.combine(weeks[0][0], dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(weeks[-1][-1] + dt.timedelta(days=1), dt.time.min))
    shown = rows.filter(starts_at__lt=end, ends_at__gte=begin).order_by("starts_at", "pk")
    pages = event_cards(list(shown), locale_id)
    today = timezone.localdate()

    def events_on(day: dt.date) -> list[EventPage]:
        return [
            page
            for page in pages
            if page.facts
            and timezone.localdate(page.facts.starts_at) <= day <= timezone.localdate(page.facts.ends_at)
        ]

    return Month(
        first=first,
        weeks=[
            [Day(day, day.month == first.month, day == today, events_on(day)) for day in week]
            for week in weeks
        ],
        previous=(first - dt.timedelta(days=1)).replace(day=1),
        following=(first + dt.timedelta(days=31)).replace(day=1),
    )


def event_listing(query: QueryDict, index: BasePage) -> Listing[Event]:
    """Events in the language of the index page. `when=past` turns to those that are over."""
    past = query.get("when") == "past"
    locale_id = index.locale_id
    live = in_locale(Event.objects.live(), locale_id)
    now = timezone.now()
    rows = (
        live.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
        if past
        else live.filter(ends_at__gt=now).order_by("starts_at", "pk")
    )
    listing = build(
        rows,
        FILTERS,
        query,
        path=index.path_on_site,
        per_page=PER_PAGE,
        present=lambda found: event_cards(found, locale_id),
        name=f"{index.path_on_site}{'past' if past else 'coming'}",
    )
    asked = parse_month(query.get("month", ""))
    month: Month | None = None
    if asked or query.get("view") == "month":
        chosen = selection(query, FILTERS)
        first = asked or timezone.localdate().replace(day=1)
        month = month_of(first, narrowed(live, FILTERS, chosen), locale_id)
    listing.extra = agenda_extra(past=past, month=month)
    return listing


def agenda_extra(*, past: bool, month: Month | None) -> dict[str, Any]:
    """What the agenda's template reads besides the listing."""
    hidden = {"when": "past"} if past else {}
    if month:
        hidden = {"month": f"{month.first:%Y-%m}"}
    return {"when": "past" if past else "coming", "past": past, "month": month, "hidden": hidden}
