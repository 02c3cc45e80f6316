"""The latest events announced, for feed readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.addresses import path_of
from common.known import themes
from common.templatetags.french import clock
from common.web.feeds import MOST, Entry, FeedSource, register_feed

from .models import EventIndexPage, EventPage

if TYPE_CHECKING:
    from .models import Event

CALENDAR = "calendrier.ics"
CALENDAR_TYPE = "text/calendar"


def place_line(event: Event) -> str:
    """Where it is, in one line."""
    commune = event.commune.name if event.commune else ""
    parts = [event.place, commune, str(_("Online")) if event.online else ""]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def summary(page: EventPage, event: Event) -> str:
    """When and where, then the telling sentence."""
    starts = timezone.localtime(event.starts_at)
    when = f"{date_format(starts, 'l j F Y')}, {clock(starts)}"
    facts = " – ".join(part for part in (when, place_line(event)) if part)
    parts = [_("Cancelled.") if event.cancelled_at else "", f"{facts}.", page.share_description]
    return " ".join(str(part) for part in parts if part)


def latest_events(locale_id: int) -> list[Entry]:
    """Events in a language, the last announced first."""
    pages = (
        EventPage.objects.filter(live=True, locale_id=locale_id, facts__live=True)
        .select_related("facts__commune")
        .defer("body")
        .order_by("-facts__published_at", "-pk")[:MOST]
    )
    return [
        Entry(
            key=str(page.translation_key),
            title=page.title,
            path=path_of(page),
            summary=summary(page, page.facts),
            published=page.facts.published_at,
            updated=page.last_published_at or page.facts.published_at,
            categories=[page.facts.get_format_display(), themes()[page.facts.lead_theme_id].name],
        )
        for page in pages
        if page.facts
    ]


def register() -> None:
    """Register the feed of this room."""
    register_feed(
        FeedSource(
            EventIndexPage,
            latest_events,
            _("Events"),
            files=[(CALENDAR, CALENDAR_TYPE, _("Calendar of events"))],
        )
    )
