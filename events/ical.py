"""Events as calendars (RFC 5545): one file for an event, one address to subscribe to for all.

`METHOD:PUBLISH`, because the file informs and invites nobody. The link to join online is never in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Component

from common.addresses import absolute, language_of, path_of
from common.known import themes
from common.web.feeds import public_page

from .feeds import CALENDAR, CALENDAR_TYPE
from .models import Event, EventIndexPage, EventPage

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

ZONE = "Europe/Paris"
KEPT = dt.timedelta(days=183)
REFRESH = dt.timedelta(hours=6)


def paris() -> Timezone:
    """Europe/Paris in the two rules that have held since 1996: short, and all that readers need."""
    zone = Timezone()
    zone.add("TZID", ZONE)
    for rule, start, before, after, name in (
        (TimezoneDaylight(), dt.datetime(1996, 3, 31, 2), 1, 2, "CEST"),  # noqa: DTZ001 (RFC 5545: local)
        (TimezoneStandard(), dt.datetime(1996, 10, 27, 3), 2, 1, "CET"),  # noqa: DTZ001
    ):
        rule.add("DTSTART", start)
        rule.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": start.month, "BYDAY": "-1SU"})
        rule.add("TZOFFSETFROM", dt.timedelta(hours=before))
        rule.add("TZOFFSETTO", dt.timedelta(hours=after))
        rule.add("TZNAME", name)
        zone.add_component(rule)
    return zone


def identifier(event: Event) -> str:
    """The same in every language and for ever, whatever becomes of the page's address."""
    return f"{event.translation_key}@{urlsplit(settings.PUBLIC_URL).hostname}"


def location(event: Event) -> str:
    """Place, address and commune; “online” when there is nowhere to go to."""
    commune = event.commune.name if event.commune else ""
    parts = [part for part in (event.place, event.address, commune) if part]
    if not parts and event.online:
        return _("Online")
    return ", ".join(dict.fromkeys(parts))


def description(page: EventPage, event: Event) -> str:
    """The telling sentence, and where to read more; a cancelled event says so first."""
    lines = [page.share_description, absolute(path_of(page))]
    if event.cancelled_at:
        lines.insert(0, _("This event is cancelled."))
    elif event.online:
        lines.insert(1, _("The link to join is given to those who are registered."))
    return "\n\n".join(line for line in lines if line)


def component(page: EventPage, event: Event, changed: dt.datetime) -> Component:
    """One event, last changed at that moment.

    SEQUENCE grows with every publication, and is the same in every language: the minutes between
    the first one and the last.
    """
    entry = Component()
    entry.add("UID", identifier(event))
    entry.add("DTSTAMP", changed)
    entry.add("LAST-MODIFIED", changed)
    entry.add("SEQUENCE", max(0, int((changed - event.published_at).total_seconds() // 60)))
    entry.add("DTSTART", timezone.localtime(event.starts_at))
    entry.add("DTEND", timezone.localtime(event.ends_at))
    entry.add("SUMMARY", page.title)
    entry.add("DESCRIPTION", description(page, event))
    if location(event):
        entry.add("LOCATION", location(event))
    entry.add("URL", absolute(path_of(page)))
    entry.add("CATEGORIES", [event.get_format_display(), themes()[event.lead_theme_id].name])
    entry.add("STATUS", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return entry


def calendar(pages: Iterable[EventPage], language: str, section: str = "") -> bytes:
    """A calendar of some events; `section`, the path of the agenda, makes it one to subscribe to."""
    rows = [(page, page.facts) for page in pages if page.facts]
    changes = changed_at([event for _page, event in rows])
    whole = Calendar()
    whole.add("PRODID", f"-//{settings.WAGTAIL_SITE_NAME}//{language.upper()}")
    whole.add("VERSION", "2.0")
    whole.add("CALSCALE", "GREGORIAN")
    whole.add("METHOD", "PUBLISH")
    if section:
        name = f"{settings.WAGTAIL_SITE_NAME} – {_('Events')}"
        whole.add("NAME", name)
        whole.add("X-WR-CALNAME", name)
        whole.add("X-WR-TIMEZONE", ZONE)
        whole.add("URL", absolute(section))
        whole.add("SOURCE", absolute(section + CALENDAR), parameters={"VALUE": "URI"})
        whole.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        whole.add("X-PUBLISHED-TTL", f"PT{REFRESH.seconds // 3600}H")
    whole.add_component(paris())
    for page, event in rows:
        whole.add_component(component(page, event, changes[event.pk]))
    return whole.to_ical()


def changed_at(events: Iterable[Event]) -> Mapping[int, dt.datetime]:
    """When any language version of each event was last published, by event."""
    first = {event.pk: event.published_at for event in events}
    rows = EventPage.objects.filter(facts__in=first).order_by().values_list("facts_id")
    latest = rows.annotate(Max("last_published_at"))
    return first | {key: moment for key, moment in latest if key is not None and moment is not None}


def recent_pages(locale_id: int, now: dt.datetime) -> Iterable[EventPage]:
    """The events to come and those of the last six months, in a language."""
    return (
        EventPage.objects.filter(
            live=True, locale_id=locale_id, facts__live=True, facts__ends_at__gte=now - KEPT
        )
        .select_related("facts__commune")
        .defer("body", "facts__commune__postal_codes")
        .order_by("facts__starts_at", "pk")
    )


def respond(page: Page, body: bytes, filename: str, disposition: str) -> HttpResponse:
    """A calendar file that keeps its own language."""
    return HttpResponse(
        body,
        content_type=f"{CALENDAR_TYPE}; charset=utf-8; method=PUBLISH",
        headers={
            "Content-Disposition": f'{disposition}; filename="{filename}"',
            "Content-Language": language_of(page),
        },
    )


@require_safe
def serve_calendar(_request: HttpRequest, section: str) -> HttpResponse:
    """The agenda at `section` as a calendar to subscribe to."""
    page = public_page(section)
    if not isinstance(page, EventIndexPage):
        raise Http404
    pages = recent_pages(page.locale_id, timezone.now())
    return respond(page, calendar(pages, language_of(page), path_of(page)), "atoutage.ics", "inline")


@require_safe
def serve_event(_request: HttpRequest, section: str) -> HttpResponse:
    """The event at `section` as a file for one’s own calendar."""
    page = public_page(section)
    if not isinstance(page, EventPage) or page.facts is None:
        raise Http404
    return respond(page, calendar([page], language_of(page)), f"{slugify(page.slug)}.ics", "attachment")
