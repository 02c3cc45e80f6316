"""Where a contribution stands, and what may be done with it: send, take back, discard, have back, take up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.addresses import path_of
from members.space.notification import mark_read
from toolbox.contribution import drafting, notes, rules, submitting
from toolbox.contribution.refusals import Incomplete, Refusal
from toolbox.contribution.shown import sheet_of

from .access import hers, me, own_page, readable, writing_page
from .steps import answers_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from toolbox.models import Contribution


@own_page
@require_safe
def overview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it stands, what was said of it, what comes next."""
    contribution = readable(request, public_id)
    user = me(request)
    mark_read(user, url=reverse("contribution", args=[public_id]))
    page = contribution.page
    sheet = sheet_of(contribution)
    begun = [step.key for step in sheet.steps]
    context = {
        "contribution": contribution,
        "sheet": sheet,
        "moves": list(contribution.moves.select_related("by")),
        "is_author": rules.is_author(user, contribution),
        "may_write": rules.may_write(user, contribution),
        "may_take_back": rules.is_author(user, contribution) and submitting.may_be_taken_back(contribution),
        "may_take_up": rules.may_take_up(user, contribution),
        "address": path_of(page) if page is not None and page.live else "",
        "resume": contribution.step if contribution.step in begun else begun[0],
        "state": contribution.State,
    }
    return render(request, "toolbox/contribution/overview.html", context)


@writing_page
@require_POST
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send it to the team."""
    contribution = hers(request, public_id)
    edits_allowed = "edits_allowed" in request.POST
    try:
        if contribution.may_be_written:
            notes.answer(contribution, me(request), answers_in(request.POST))
        submitting.submit(contribution, me(request), edits_allowed=edits_allowed)
    except Incomplete:
        step = sheet_of(contribution).steps[-1]
        return redirect(reverse("contribution_step", args=[public_id, step.key]) + "?check=all")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("It is sent. We tell you here, and by e-mail if you wish, as soon as it is read.")
        )
    return redirect("contribution", public_id)


@own_page
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have it back, to write on."""
    try:
        row = submitting.take_back(hers(request, public_id), me(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("contribution", public_id)
    messages.success(request, _("It is yours again: change what you like, then send it."))
    return redirect("contribution_step", public_id, sheet_of(row).steps[-1].key)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw it away, after having been asked."""
    contribution = hers(request, public_id)
    if not contribution.may_be_written:
        return redirect("contribution", public_id)
    if request.method != "POST":
        return render(request, "toolbox/contribution/discard.html", {"contribution": contribution})
    try:
        drafting.discard(contribution, me(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("contribution", public_id)
    messages.success(
        request, _("“%(title)s” is discarded. You can have it back for ten days.") % {"title": contribution}
    )
    return redirect("contributions")


@own_page
@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have back what was discarded."""
    return attempt(request, hers(request, public_id), drafting.restore, _("It is back, as you left it."))


@own_page
@require_POST
def take_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on with what a colleague left."""
    contribution = readable(request, public_id)
    return attempt(
        request, contribution, drafting.take_up, _("It is yours from now on: you can go on with it.")
    )


def attempt(request: HttpRequest, contribution: Contribution, verb: object, done: str) -> HttpResponse:
    """Do something and say so, or say why it is not done."""
    try:
        verb(contribution, me(request))  # type: ignore[operator]
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("contribution", contribution.public_id)
