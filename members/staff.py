"""No way into the admin without a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

GUARDED = ("/admin/", "/django-admin/")
# Wagtail's own login and reset pages know no second factor; ours stand in for them.
SHADOWED = ("/admin/login/", "/admin/password_reset/", "/_util/login/")


class StaffSecondFactorMiddleware:
    """Guards the admin. Goes after authentication and allauth's own middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(SHADOWED):
            return redirect_to_login(request.GET.get("next", "/admin/"), reverse("account_login"))
        if request.path.startswith(GUARDED):
            refusal = self.refuse(request)
            if refusal is not None:
                return refusal
        response = self.get_response(request)
        if request.path.startswith(GUARDED):
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
        records = get_authentication_records(request, user)
        if any(record["method"] == "mfa" for record in records):
            return None
        step = "mfa_reauthenticate" if is_mfa_enabled(user) else "mfa_index"
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
