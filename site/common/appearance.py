"""Light, dark or automatic colours: a preference kept in one cookie, for a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from common.context import APPEARANCES
from common.pagecache.middleware import APPEARANCE_COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR = 365 * 24 * 3600


# Cached pages hold no token; a forged request could at worst change a visitor's colours.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the choice and go back to the page it was made on."""
    came_from = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(came_from if safe else "/")
    chosen = request.POST.get("appearance", "auto")
    if chosen in APPEARANCES:
        response.set_cookie(
            APPEARANCE_COOKIE,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
