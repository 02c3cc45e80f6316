"""What only members see: visitors are asked to sign in first, and nothing of it is kept by a cache."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .visibility import is_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import User

    View = Callable[..., HttpResponseBase]


def unkept(view: View) -> View:
    """What a view shows concerns who asked, now: no cache and no search engine keeps it."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapper


def members_only(view: View) -> View:
    """For accounts in use whose address is verified."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not is_member(request.user):
            messages.info(request, _("Confirm your e-mail address first: this is for members."))
            return redirect("account_email")
        return view(request, *args, **kwargs)

    return unkept(wrapper)


def me(request: HttpRequest) -> User:
    """Who is signed in: `members_only` saw to it."""
    return cast("User", request.user)
