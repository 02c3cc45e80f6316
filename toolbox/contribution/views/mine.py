"""What one shares: the list, and how one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.joining import intents
from members.space.views import own_page
from toolbox.contribution import drafting, revising, rules
from toolbox.contribution.questions import steps_of
from toolbox.contribution.refusals import Refusal, Standing
from toolbox.models import Contribution
from toolbox.rules import may_revise

from .access import me

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MOST = 100
State = Contribution.State


@own_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that one tells, and what colleagues tell."""
    user = me(request)
    rows = list(Contribution.objects.filter(author=user).select_related("organisation")[:MOST])
    colleagues = rules.readable_by(user).exclude(author=user).exclude(state=State.DISCARDED)
    context = {
        "open": sorted(
            (row for row in rows if row.may_be_written), key=lambda row: row.state != State.SENT_BACK
        ),
        "sent": [row for row in rows if row.state == State.SUBMITTED],
        "ended": [row for row in rows if row.state in {State.ACCEPTED, State.REFUSED}],
        "discarded": [row for row in rows if row.state == State.DISCARDED],
        "colleagues": list(colleagues.select_related("organisation", "author")[:MOST]),
        "any": bool(rows),
    }
    return render(request, "toolbox/contribution/mine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What awaits whoever tells something; then a draft. A visitor's wish is kept until she has signed in."""
    if kind not in Contribution.Kind.values:
        raise Http404
    if request.method != "POST":
        steps = [step for step in steps_of(kind) if not step.review]
        return render(request, "toolbox/contribution/new.html", {"kind": kind, "steps": steps})
    if not request.user.is_authenticated:
        then = reverse("contribution_resume", args=[kind])
        return intents.remember(request, "contribute", {"kind": kind}, then=then)
    return begin(request, kind)


@own_page
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin, and go to the first step."""
    try:
        row = drafting.begin(me(request), kind, language=get_language() or "fr")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("contributions")
    return redirect("contribution_step", row.public_id, steps_of(kind)[0].key)


@own_page
@require_safe
def resume(request: HttpRequest, kind: str) -> HttpResponse:
    """Go on with the latest draft of a kind; otherwise to the list."""
    rows = Contribution.objects.unfinished().filter(author=me(request), kind=kind)
    row = rows.first()
    if row is None:
        return redirect("contributions")
    keys = [step.key for step in steps_of(kind)]
    return redirect("contribution_step", row.public_id, row.step if row.step in keys else keys[0])


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """New words for a published practice or tool: what happens, then a draft."""
    facts = revising.facts_of(kind, str(key))
    if facts is None or not may_revise(me(request), facts):
        raise Http404
    standing = revising.standing_for(facts)
    page = revising.page_of(facts)
    if request.method != "POST" or page is None:
        context = {"kind": kind, "key": key, "page_title": page.title if page else "", "standing": standing}
        context["is_hers"] = standing is not None and standing.author_id == me(request).pk
        context["may_read"] = standing is not None and rules.may_read(request.user, standing)
        return render(request, "toolbox/contribution/revise.html", context)
    try:
        row = revising.begin_revision(me(request), facts)
    except Standing:
        return redirect("revise", kind, key)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("contributions")
    return redirect("contribution_step", row.public_id, steps_of(kind)[0].key)
