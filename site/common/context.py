"""What every template of the site may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.pagecache.middleware import APPEARANCE_COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest

APPEARANCES = ("auto", "light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """The visitor's choice of light, dark or automatic colours."""
    chosen = request.COOKIES.get(APPEARANCE_COOKIE, "auto")
    return {"appearance": chosen if chosen in APPEARANCES else "auto"}
