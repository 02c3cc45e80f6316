"""Events are commented once they are over, unless they were cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.conversation.topics import Discussable, find_pages, register_discussable

from .models import EventPage

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.conversation.topics import Topic


def find_past_events(keys: Collection[str]) -> dict[str, Topic]:
    """Those on line that took place."""
    past = EventPage.objects.filter(facts__ends_at__lte=timezone.now(), facts__cancelled_at=None)
    return find_pages("event", past, keys)


def register() -> None:
    """Let them be commented."""
    register_discussable(
        Discussable(
            "event",
            _("Event"),
            _("Were you there? Tell what you took home from it; ask what you missed."),
            find_past_events,
        )
    )
