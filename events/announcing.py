"""What followers hear of events: those they may come to, before they end."""

from __future__ import annotations

from django.utils import timezone

from members.space.announcing import Publication, connect, themes_of

from . import discussed
from .models import EventPage


def announce_event(page: EventPage) -> Publication:
    """A coming event that is neither cancelled nor kept to a group: its themes, and who organises it."""
    for_a_group = page.audience == EventPage.Audience.GROUP
    over = page.ends_at <= timezone.now()
    return Publication(
        "event",
        f"events.event:{page.translation_key}",
        themes_of(page),
        list(page.organisers.all()),
        expires_at=page.ends_at,
        off=for_a_group or over or page.cancelled_at is not None,
    )


def register() -> None:
    """Announce what is published."""
    connect(EventPage, announce_event)
    discussed.register()
