"""What every page of a company in one's own space begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect

from members.companies import rules
from members.companies.refusals import Refusal
from members.models import Membership
from members.space.views import own_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from members.models import User

__all__ = ["attempt", "manager_of", "membership_in", "own_page", "signed_in"]


def signed_in(request: HttpRequest) -> User:
    """Who asks, on a page that only somebody signed in sees."""
    return request.user  # type: ignore[return-value]


def membership_in(request: HttpRequest, slug: str) -> Membership:
    """How the person is part of the company at this address. Raises Http404 for anybody else."""
    rows = Membership.objects.current().select_related("organisation__commune", "organisation__logo", "user")
    membership = rows.filter(user=signed_in(request), organisation__slug=slug).first()
    if membership is None:
        raise Http404
    return membership


def manager_of(request: HttpRequest, slug: str) -> Membership:
    """The same, for confirmed managers only."""
    membership = membership_in(request, slug)
    if not rules.manages(membership):
        raise Http404
    return membership


def attempt(request: HttpRequest, verb: Callable[[], object], done: str, then: str) -> HttpResponseRedirect:
    """Do something and say so, or say why it is not done; either way, go on to `then`."""
    try:
        verb()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    answer: HttpResponseRedirect = redirect(then)
    return answer
