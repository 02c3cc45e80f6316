"""When an account was last used: one write a day and a person, no query on other requests."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# In the session: the day before which everything has been seen.
SEEN_BEFORE = "seen_before"


class ActivityMiddleware:
    """Notes the day, for whoever a view or a template has asked about. Goes after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # The row is there when somebody read `request.user`; asking for it here would be a query.
        user = getattr(request, "_cached_user", None)
        if isinstance(user, User) and user.last_activity_on < timezone.localdate():
            request.session[SEEN_BEFORE] = user.last_activity_on.isoformat()
            note(user)
        return response


def note(user: User) -> None:
    """Somebody is here today; the notices of her absence are forgotten."""
    today = timezone.localdate()
    earlier = User.objects.filter(pk=user.pk, last_activity_on__lt=today)
    earlier.update(last_activity_on=today, dormancy_notices=0)


def last_visit(request: HttpRequest) -> dt.date:
    """The day somebody was here before this one; today for an account of today."""
    user = request.user
    known = request.session.get(SEEN_BEFORE)
    if not user.is_authenticated:
        return timezone.localdate()
    return dt.date.fromisoformat(known) if known else user.last_activity_on
