"""What of the conversations awaits a member, as her space shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from common.registries import SPACE_ROWS, SpaceRow

from .inbox import flagged, waiting
from .parties import other_side

if TYPE_CHECKING:
    from members.models import User


def url(_user: User) -> str:
    """All of them."""
    return f"{reverse('messages')}?tab=waiting"


def rows(user: User) -> tuple[Sequence[SpaceRow], int]:
    """The latest conversations where it is her turn, and how many there are."""
    found = flagged(user).filter(waiting(user))
    total = found.count()
    if not total:
        return (), 0
    related = found.select_related("sender__profile", "recipient__profile", "organisation")
    return [
        SpaceRow(
            title=other_side(each, user).name,
            url=reverse("conversation", args=[each.public_id]),
            detail=each.subject,
            when=each.last_message_at,
        )
        for each in related.order_by("-last_message_at", "-pk")[:SPACE_ROWS]
    ], total
