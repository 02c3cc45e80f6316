"""One more gesture for a sign-up that looks like a robot's, before any mail leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.stages import LoginStage
from django.http import HttpResponseRedirect
from django.urls import reverse

from .signup_fields import HURRIED

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


class GestureStage(LoginStage):
    """Comes first: the form is already accepted, so nothing has to be typed again.

    It knows nothing of the account: known and unknown addresses go through it alike.
    """

    key = "gesture"
    urlname = "account_gesture"

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        if self.login.signup and self.request.session.pop(HURRIED, False):
            return HttpResponseRedirect(reverse(self.urlname)), True
        return None, True
