"""What else to come to."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from common.generation import per_generation
from members.models import Organisation

from .listing import event_cards, in_locale
from .models import Event, EventPage

MOST = 3


@per_generation
def _related(facts_id: int, locale_id: int, _day: dt.date) -> list[EventPage]:
    event = Event.objects.get(pk=facts_id)
    coming = in_locale(Event.objects.upcoming(), locale_id).exclude(pk=facts_id)
    near = list(coming.filter(themes=event.lead_theme_id)[:MOST])
    if event.series_id:
        near = [*coming.filter(series=event.series_id)[:MOST], *near]
    rows = list(dict.fromkeys([*near, *coming[:MOST]]))[:MOST]
    return event_cards(rows, locale_id)


@per_generation
def _organisers(facts_id: int) -> list[Organisation]:
    found = Organisation.objects.filter(organised_events=facts_id).order_by("name", "pk")
    return list(found.only("name", "slug", "confirmed_at"))


def organisers_of(page: EventPage) -> list[Organisation]:
    """The organisations that hold an event, with what a link to their page needs."""
    return _organisers(page.facts_id) if page.facts_id else []


def related_events(page: EventPage) -> list[EventPage]:
    """Up to three coming events: of the same series, on the same theme, then the nearest."""
    if not page.facts_id:
        return []
    now = timezone.now()
    near = _related(page.facts_id, page.locale_id, timezone.localdate())
    return [other for other in near if other.facts and other.facts.ends_at > now]
