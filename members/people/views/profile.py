"""One's own profile: what one says, and how others see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.models import Profile
from members.people import photos
from members.people.forms import ProfileForm
from members.people.gate import me, members_only
from members.people.profile import hints, save_profile
from members.people.visibility import (
    FIELDS,
    Audience,
    companies_of,
    family_of,
    initials_of,
    photo_of,
    shown,
    with_fields,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

REMOVE = "remove_photo"


def own(user: User) -> Profile:
    """Somebody's own profile, with all its fields."""
    return with_fields(Profile.objects.filter(user=user)).get()


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit_profile(request: HttpRequest) -> HttpResponse:
    """The form. A photo that is accepted is kept even when another field is to mend."""
    profile = own(me(request))
    form = ProfileForm.of(profile)
    if request.method == "POST":
        form = ProfileForm.of(profile, request.POST, request.FILES)
        valid = form.is_valid()
        if REMOVE in request.POST:
            photos.remove(profile)
        elif form.new_photo:
            photos.keep(profile, form.new_photo)
        if valid:
            save_profile(me(request), form.words())
            messages.success(request, _("Your profile is saved."))
            return redirect("profile")
    context = {
        "form": form,
        "profile": profile,
        "companies": companies_of(profile.user),
        "photo": photo_of(profile),
        "initials": initials_of(profile.user.get_full_name()),
        "family": family_of(profile.public_id),
        "hints": {**dict.fromkeys(FIELDS, ""), **{hint.field: hint.words for hint in hints(profile)}},
        "remove": REMOVE,
    }
    return render(request, "members/people/profile.html", context)


@require_safe
@members_only
def preview_profile(request: HttpRequest, audience: Audience) -> HttpResponse:
    """One's own page, as members or as anybody sees it."""
    context = {"card": shown(own(me(request)), audience), "public": audience is Audience.ANYONE}
    return render(request, "members/people/preview.html", context)
