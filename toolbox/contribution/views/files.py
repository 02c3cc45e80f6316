"""Pictures and documents: sent one by one, described, put in order, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect as to
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toolbox.contribution import attaching
from toolbox.contribution.questions import steps_of
from toolbox.contribution.refusals import Refusal
from toolbox.models import Contribution, ContributionFile

from .access import hers, me, wants_json, writing_page
from .steps import roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@writing_page
@require_POST
def upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a file, or say why not."""
    contribution = hers(request, public_id)
    role = request.POST.get("role", "")
    sent = request.FILES.get("file")
    refused = ""
    try:
        if role not in ContributionFile.Role.values or sent is None:
            refused = _("Choose a file first.")
        else:
            description, credit = request.POST.get("description", ""), request.POST.get("credit", "")
            attaching.attach(contribution, me(request), sent, role, description, credit)
    except Refusal as refusal:
        refused = str(refusal)
    done = _("The file is here.")
    return answer(request, contribution, refused, done, role)


@writing_page
@require_POST
def change(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """Describe a file, move it, remove it."""
    contribution = hers(request, public_id)
    user, action = me(request), request.POST.get("action", "")
    refused, done = "", ""
    try:
        if action == "remove":
            attaching.remove(contribution, user, file_id)
            done = _("The file is removed.")
        elif action in {"up", "down"}:
            attaching.move(contribution, user, file_id, -1 if action == "up" else 1)
            done = _("The order is changed.")
        else:
            words = request.POST.get("description", ""), request.POST.get("credit", "")
            attaching.describe(contribution, user, file_id, *words)
            done = _("The description is saved.")
    except Refusal as refusal:
        refused = str(refusal)
    return answer(request, contribution, refused, done)


def answer(
    request: HttpRequest, contribution: Contribution, refused: str, done: str, role: str = ""
) -> HttpResponse:
    """The files as they are now, for the script; or back to the step."""
    if wants_json(request):
        files = list(contribution.files.all())
        context = {
            "contribution": contribution,
            "files": files,
            "room": attaching.room_of(contribution),
            "roles": roles_of(contribution),
        }
        html = render(request, "toolbox/contribution/files.html", context).content.decode()
        status = 422 if refused else 200
        return JsonResponse({"html": html, "message": refused or done, "role": role}, status=status)
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, done)
    step = next(each for each in steps_of(contribution.kind) if each.files)
    return to(reverse("contribution_step", args=[contribution.public_id, step.key]) + "#files")
