"""The directory, and the page of a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.people import visibility
from members.people.directory import directory
from members.people.gate import members_only, unkept

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@members_only
def show_directory(request: HttpRequest) -> HttpResponse:
    """Members, for members. htmx asks for the same page and takes its part of it."""
    listing = directory(request.GET)
    context = {
        "listing": listing,
        "asked": listing.extra["asked"],
        "hidden_fields": {"q": listing.extra["asked"]} if listing.extra["asked"] else {},
        "chosen": [
            (facet.name, option.value)
            for facet in listing.facets
            for option in facet.options
            if option.selected
        ],
        "trail": [(_("Home"), "/"), (_("My space"), reverse("space_home"))],
    }
    return render(request, "members/people/directory.html", context)


@require_safe
@unkept
def show_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a member shows to whoever looks; 404 when not even her name."""
    audience = visibility.audience_for(request.user)
    profiles = visibility.with_fields(visibility.open_to(audience).filter(public_id=public_id))
    profile = profiles.first()
    card = visibility.shown(profile, audience) if profile is not None else None
    if profile is None or card is None:
        raise Http404
    context = {
        "card": card,
        "is_self": profile.user == request.user,
        "is_member": audience is visibility.Audience.MEMBERS,
    }
    return render(request, "members/people/person.html", context)
