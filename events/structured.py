"""An event as schema.org describes it. The link to join online is never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from common.addresses import absolute, language_of
from common.known import communes
from common.web.sharing import address_of
from common.web.structured import organisation_reference

if TYPE_CHECKING:
    from .models import Event, EventPage

    Data = dict[str, Any]

SCHEMA = "https://schema.org/"


def place_data(event: Event) -> Data:
    """The place where people meet."""
    address: Data = {"@type": "PostalAddress", "addressCountry": "FR"}
    if event.address:
        address["streetAddress"] = event.address
    commune = communes().get(event.commune_id or "")
    if commune:
        address["addressLocality"] = commune.name
        if len(commune.postal_codes) == 1:
            address["postalCode"] = commune.postal_codes[0]
    return {"@type": "Place", "name": event.place or address.get("addressLocality", ""), "address": address}


def locations(event: Event, url: str) -> tuple[str, list[Data]]:
    """How people attend, and where; online, the page itself stands for the link."""
    in_person = bool(event.place or event.address or event.commune_id)
    found = [place_data(event)] if in_person else []
    if event.online:
        found.append({"@type": "VirtualLocation", "url": url})
    if event.online and in_person:
        return "MixedEventAttendanceMode", found
    return ("OnlineEventAttendanceMode" if event.online else "OfflineEventAttendanceMode"), found


def organisers_data(event: Event) -> list[Data]:
    """The organisers, or the association when none is named."""
    rows = sorted(event.organisers.all(), key=lambda organisation: organisation.name)
    if not rows:
        return [organisation_reference()]
    return [
        {"@type": "Organization", "name": row.name, **({"url": row.website} if row.website else {})}
        for row in rows
    ]


def event_data(page: EventPage, url: str) -> Data:
    """The event of a page whose full address is `url`; times carry the offset of Paris."""
    event = page.shown_facts
    language = language_of(page)
    mode, where = locations(event, url)
    data: Data = {
        "@type": "Event",
        "@id": f"{url}#event",
        "name": page.title,
        "description": page.share_description,
        "url": url,
        "inLanguage": language,
        "startDate": timezone.localtime(event.starts_at).isoformat(),
        "endDate": timezone.localtime(event.ends_at).isoformat(),
        "eventStatus": SCHEMA + ("EventCancelled" if event.cancelled_at else "EventScheduled"),
        "eventAttendanceMode": SCHEMA + mode,
        "location": where,
        "organizer": organisers_data(event),
    }
    picture = address_of(str(page.translation_key), language)
    if picture:
        data["image"] = absolute(picture)
    if event.capacity:
        data["maximumAttendeeCapacity"] = event.capacity
    return data
