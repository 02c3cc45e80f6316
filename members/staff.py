"""No way into the admin without a second factor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import User

GUARDED = ("/admin/", "/django-admin/")
# Wagtail's and Django's own login and reset pages know no second factor; ours stand in for them, in
# every language.
_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
SHADOWED = re.compile(
    rf"/admin/(?:login|password_reset)/|/django-admin/(?:login|password_reset)/|/(?:(?:{_LANGUAGES})/)?_util/login/"
)
# What setting up leads to, by what the person has: the step that each can pass.
STEPS = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


class StaffSecondFactorMiddleware:
    """Guards the admin. Goes after authentication and allauth's own middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SHADOWED.match(request.path_info):
            return redirect_to_login(request.GET.get("next", "/admin/"), reverse("account_login"))
        if request.path_info.startswith(GUARDED):
            refusal = self.refuse(request)
            if refusal is not None:
                refusal["Cache-Control"] = "private, no-store"
                return refusal
        response = self.get_response(request)
        if request.path_info.startswith(GUARDED):
            response["Content-Security-Policy"] = settings.ADMIN_CONTENT_SECURITY_POLICY
            response["Cache-Control"] = "private, no-store"
        return response

    def refuse(self, request: HttpRequest) -> HttpResponseBase | None:
        """Where to send somebody who may not enter yet. Raises PermissionDenied for members."""
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        step = missing_step(request, user)
        if step is None:
            return None
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


def missing_step(request: HttpRequest, user: User) -> str | None:
    """The page that asks for what is missing: to set a second factor up, or to give it; None if nothing is.

    A factor that was given in this session counts while the account still has one: removing it closes
    the door.
    """
    owned = set(Authenticator.objects.filter(user=user, type__in=STEPS).values_list("type", flat=True))
    if not owned:
        return "mfa_index"
    if any(record["method"] == "mfa" for record in get_authentication_records(request, user)):
        return None
    return next(step for type_, step in STEPS.items() if type_ in owned)
