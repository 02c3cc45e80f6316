"""How much waits to be read, counted once a request for the header and the menu of the space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .notification import Unread, unread

if TYPE_CHECKING:
    from django.http import HttpRequest


def unread_for(request: HttpRequest) -> Unread:
    """What the signed-in person has to read; nothing for a visitor."""
    known = getattr(request, "unread", None)
    if known is None:
        user = getattr(request, "user", None)
        known = unread(user) if user is not None and user.is_authenticated else Unread()
        request.unread = known  # type: ignore[attr-defined]
    return known
