"""The steps of the form: shown, saved as one types, saved when one goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.templatetags.french import clock
from members.space.notification import mark_read
from toolbox.contribution import attaching, drafting, notes
from toolbox.contribution.boxes import Box
from toolbox.contribution.companies import companies
from toolbox.contribution.drafting import Seen
from toolbox.contribution.questions import Step, step_at
from toolbox.contribution.reading import read_step
from toolbox.contribution.refusals import Overwriting, Refusal
from toolbox.contribution.rules import may_write
from toolbox.contribution.shown import Sheet, sheet_of
from toolbox.models import Contribution, ContributionFile

from .access import hers, me, wants_json, writing_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

ANSWER = "answer-"


@writing_page
@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """One step: shown, or saved."""
    contribution = hers(request, public_id)
    step = step_at(contribution.kind, key)
    if step is None:
        raise Http404
    if not may_write(me(request), contribution):
        if wants_json(request):
            message = _("This was sent, discarded or decided: it can no longer be changed here.")
            return JsonResponse({"message": message, "closed": True}, status=410)
        return redirect("contribution", public_id)
    if request.method == "POST":
        return save(request, contribution, step)
    mark_read(me(request), url=reverse("contribution", args=[public_id]))
    template = "toolbox/contribution/review.html" if step.review else "toolbox/contribution/step.html"
    return render(request, template, context_of(request, sheet_of(contribution), step))


def save(request: HttpRequest, contribution: Contribution, step: Step) -> HttpResponse:
    """Keep what the form says, then go on; or answer the script."""
    typed, seen = read_form(contribution, step, request.POST), read_seen(request.POST)
    before = dict(contribution.answers)
    try:
        row = drafting.save(contribution, me(request), step, typed, seen)
        notes.answer(row, me(request), answers_in(request.POST))
    except Overwriting as other:
        return conflict(request, other, step, typed)
    except Refusal as refusal:
        if wants_json(request):
            return JsonResponse({"message": str(refusal), "closed": True}, status=410)
        messages.error(request, str(refusal))
        return redirect("contribution", contribution.public_id)
    if wants_json(request):
        return JsonResponse(saved(row, step, typed, before))
    return go_on(request, row, step)


def read_form(contribution: Contribution, step: Step, data: QueryDict) -> dict[str, Any]:
    """What the form says of a step; where she chose the other words, those that stand."""
    typed = read_step(step, data)
    if step.company:
        typed["organisation"] = data.get("organisation", "")
    if step.files:
        typed["rights"] = "rights" in data
    stands = drafting.current(contribution, step)
    return {key: stands[key] if data.get(f"keep-{key}") == "theirs" else typed[key] for key in typed}


def read_seen(data: QueryDict) -> Seen:
    """What the form knows of the version that it shows."""
    version = data.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0  # noqa: PLR2004
    return Seen(number, data.get("digest", "")[:16], data.get("origin", "")[:32])


def answers_in(data: QueryDict) -> dict[str, str]:
    """What is answered to the team, by field."""
    return {name.removeprefix(ANSWER): str(text) for name, text in data.items() if name.startswith(ANSWER)}


def saved(
    row: Contribution, step: Step, typed: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What the script is told: the version that it has now, when, and what was filled in for her."""
    filled = {
        key: value
        for key, value in row.answers.items()
        if key in {"sector", "size"} and value != typed.get(key) and value != before.get(key)
    }
    return {
        "version": row.version,
        "digest": drafting.digest(drafting.current(row, step)),
        "message": saved_at(row),
        "filled": filled,
    }


def saved_at(row: Contribution) -> str:
    """When it was saved, in words."""
    return _("Saved at %(time)s") % {"time": clock(localtime(row.saved_at))}


def conflict(request: HttpRequest, other: Overwriting, step: Step, typed: Mapping[str, Any]) -> HttpResponse:
    """Other words were saved meanwhile: show both, and let her choose."""
    if wants_json(request):
        return JsonResponse({"message": str(other), "conflict": True}, status=409)
    sheet = sheet_of(other.contribution)
    mine = {**other.contribution.answers, **typed}
    context = context_of(request, sheet, step, typed=mine)
    context["conflict"] = str(other)
    context["clashes"] = [
        (Box(question, typed[question.key]), Box(question, other.theirs[question.key]))
        for question in step.questions
        if question.key in other.theirs
    ]
    return render(request, "toolbox/contribution/step.html", context, status=409)


def go_on(request: HttpRequest, row: Contribution, step: Step) -> HttpResponse:
    """To the next step, unless something is wrong here or another way was asked."""
    here = reverse("contribution_step", args=[row.public_id, step.key])
    then = request.POST.get("then", "next")
    if then.startswith("add:"):
        key = then.removeprefix("add:")
        return redirect(f"{here}?{'more=' + key if key.isidentifier() else ''}#{key}")
    sheet = sheet_of(row)
    if then == "next" and sheet.problems_at(step, missing=False):
        return redirect(f"{here}?check=1")
    if then == "list":
        messages.success(request, _("Your draft is kept: go on when you like, on any device."))
        return redirect("contributions")
    other = step_at(row.kind, then) or sheet.following(step)
    return redirect("contribution_step", row.public_id, other.key)


def context_of(
    request: HttpRequest, sheet: Sheet, step: Step, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page of a step shows."""
    contribution = sheet.contribution
    check = request.GET.get("check", "")
    found = sheet.problems_at(step, missing=check == "all") if check and typed is None else []
    places = sheet.places(step)
    return {
        "sheet": sheet,
        "contribution": contribution,
        "step": step,
        "trail": places,
        "here": next(place for place in places if place.current),
        "before": sheet.before(step),
        "following": sheet.following(step),
        "boxes": sheet.boxes(step, typed, request.GET.get("more", ""), problems=found),
        "problems": found,
        "digest": drafting.digest(drafting.current(contribution, step)),
        "origin": get_random_string(16),
        "saved": saved_at(contribution),
        "companies": companies(me(request)) if step.company else [],
        "organisation": (typed or {}).get("organisation", slug_of(contribution)),
        "rights": bool((typed or contribution.answers).get("rights")),
        "room": attaching.room_of(contribution) if step.files else None,
        "roles": roles_of(contribution) if step.files else [],
        "files": sheet.files,
        "conflict": "",
        "clashes": [],
        "exchange_of_whole": sheet.whole,
    }


def slug_of(contribution: Contribution) -> str:
    """The company for which it is told."""
    return contribution.organisation.slug if contribution.organisation else ""


def roles_of(contribution: Contribution) -> list[str]:
    """Which kinds of files go with it."""
    return [role for role in ContributionFile.Role if attaching.most_of(contribution, role)]
