"""Events: past ones at their date, coming ones dated from the day of loading."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from events.models import EventFields, EventIndexPage, EventPage, Format, Series
from home.content.publishing import body_of, put_page
from home.content.reading import ContentError
from home.models import VideoPage

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

HOLIDAYS = {(5, 1), (5, 8), (11, 1), (11, 11)}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# How long before it an event is announced.
ANNOUNCED = dt.timedelta(weeks=5)


def is_quiet(day: dt.date) -> bool:
    """Whether nobody would meet that day: the end of the year, high summer, holidays of fixed date."""
    date = (day.month, day.day)
    return date >= (12, 22) or date <= (1, 4) or (7, 12) <= date <= (8, 23) or date in HOLIDAYS


def coming(source: Source, today: dt.date) -> dt.datetime:
    """`in: {weeks: 3, weekday: tuesday, time: "09:00"}`: that day of the third week from this one."""
    value = source.meta["in"]
    try:
        weekday = WEEKDAYS.index(value["weekday"])
        time = dt.time.fromisoformat(str(value["time"]))
        weeks = int(value["weeks"])
    except (KeyError, TypeError, ValueError) as error:
        raise source.error("“in” gives weeks, a weekday in English and a time", "in") from error
    if weeks < 1:
        raise source.error("a coming event is at least one week away", "in")
    day = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=weeks, days=weekday)
    while is_quiet(day):
        day += dt.timedelta(weeks=1)
    return timezone.make_aware(dt.datetime.combine(day, time))


def _moment(source: Source, key: str) -> dt.datetime:
    text = source.text(key)
    try:
        return timezone.make_aware(dt.datetime.fromisoformat(text))
    except ValueError as error:
        raise source.error(f"“{key}” is “{text}”; write 2021-09-28 11:00", key) from error


def period(source: Source, today: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """When it starts and ends, Paris time. Raises ContentError."""
    if ("starts" in source.meta) == ("in" in source.meta):
        raise source.error("an event has “starts” or “in”, one of the two", "starts")
    starts = _moment(source, "starts") if "starts" in source.meta else coming(source, today)
    if "ends" in source.meta:
        return starts, _moment(source, "ends")
    try:
        hours = float(source.meta["duration_hours"])
    except (KeyError, TypeError, ValueError) as error:
        raise source.error("“duration_hours” is missing, or is no number", "duration_hours") from error
    # Added on the clock, not in elapsed time: no event spans a change of the clocks.
    return starts, starts + dt.timedelta(hours=hours)


def _when_and_where(source: Source, loading: Loading) -> dict[str, Any]:
    starts, ends = period(source, loading.today)
    return {
        "starts_at": starts,
        "ends_at": ends,
        "place": source.text("place", ""),
        "address": source.text("address", ""),
        "commune": loading.lookups.commune(source),
        "online": source.flag("online"),
        "capacity": source.number("capacity"),
        "audience": source.choice("audience", EventFields.Audience, EventFields.Audience.PUBLIC),
    }


def write_event(source: Source, page: EventPage | None, loading: Loading) -> EventPage:
    """The page of an event. One that was moved is told to have been announced when it first was."""
    lookups = loading.lookups
    lead, *others = lookups.themes(source)
    block = EventPage._meta.get_field("body").stream_block
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "lead_theme": lead,
        "themes": others,
        "example": source.flag("example"),
        "format": source.choice("format", Format),
        **_when_and_where(source, loading),
        "series": lookups.optional(Series, "slug", source, "series"),
        "operation": lookups.operation(source),
        "organisers": lookups.organisations(source, "organisers"),
        "body": body_of(source, block, loading),
        "replay": lookups.optional(VideoPage, "slug", source, "replay"),
    }
    published = page.first_published_at if page else min(values["starts_at"] - ANNOUNCED, timezone.now())
    return put_page(page or EventPage(), loading.parent(EventIndexPage), values, published)


def load_events(loading: Loading) -> None:
    """Load `events/*.md`. A coming event whose date moved is written again."""
    for source in loading.pages("events"):
        try:
            dated = source.depending_on(period(source, loading.today)) if "in" in source.meta else source
        except ContentError as error:
            loading.ledger.errors.append(error)
            continue
        key = f"events/{source.slug}"
        loading.ledger.write(key, dated, EventPage, write_event, {"slug": source.slug}, loading)
