"""Saying that one's company takes up a practice: form, verb, back to the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.companies.refusals import Refusal
from members.joining import intents
from members.people.gate import unkept
from members.space.notification import mark_read
from members.space.views import own_page, safe_next
from toolbox.models import Adoption, Practice

from . import keeping, rules, waiting
from .forms import AdoptionForm
from .refusals import ChangedMeanwhile
from .saying import Said, find, say, stamp_of, withdraw
from .titles import subject_of, subjects_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import Membership, User
    from members.space.views import MemberRequest

PLACE = "#adoptions"


def practice_at(key: UUID) -> Practice:
    """A published practice. Raises Http404."""
    practice = Practice.objects.live().filter(translation_key=key).first()
    if practice is None:
        raise Http404
    return practice


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """“We did it too”: a member says it for her company; what a visitor says waits until she has signed in."""
    practice = practice_at(key)
    if request.user.is_authenticated:
        return say_as_member(request, practice)
    return say_as_visitor(request, practice)


@unkept
def say_as_visitor(request: HttpRequest, practice: Practice) -> HttpResponse:
    """The same questions; the company is asked for once she is known."""
    form = AdoptionForm(request.POST or None)
    here = reverse("adopt", args=[practice.translation_key])
    if request.method == "POST" and form.is_valid():
        payload = keeping.payload_of(practice, form.cleaned_data)
        return intents.remember(request, keeping.INTENT, payload, then=f"{here}?suite=1")
    return render(request, "toolbox/adopting/visitor.html", {"form": form, "practice": subject_of(practice)})


@own_page
def say_as_member(request: MemberRequest, practice: Practice) -> HttpResponse:
    """For the one company that is hers, or the one she chooses; or how to join one."""
    subject = subject_of(practice)
    if "suite" in request.GET and keeping.was_done(request.user, practice):
        return HttpResponseRedirect(subject.url + PLACE)
    mine = list(rules.memberships_of(request.user))
    asked = request.GET.get("entreprise", "")
    chosen = [row for row in mine if row.organisation.slug == asked or (not asked and len(mine) == 1)]
    if chosen:
        return say_for(request, practice, chosen[0])
    context = {"practice": subject, "choices": choices_for(practice, mine), "key": practice.translation_key}
    template = "toolbox/adopting/several.html" if mine else "toolbox/adopting/none.html"
    return render(request, template, context)


def choices_for(practice: Practice, mine: list[Membership]) -> list[tuple[Membership, Adoption | None]]:
    """Her companies, and what each says already."""
    rows = Adoption.objects.filter(practice=practice, organisation__in=[row.organisation_id for row in mine])
    said = {row.organisation_id: row for row in rows}
    return [(row, said.get(row.organisation_id)) for row in mine]


def say_for(request: MemberRequest, practice: Practice, membership: Membership) -> HttpResponse:
    """The form for one company."""
    subject, organisation = subject_of(practice), membership.organisation
    may_name = rules.may_name(membership)
    standing = find(practice, organisation)
    mark_read(request.user, url=request.get_full_path())
    if request.method == "POST":
        form = AdoptionForm(request.POST, may_name=may_name)
        if form.is_valid():
            try:
                say(practice, organisation, request.user, said_in(form), form.cleaned_data["seen"])
            except ChangedMeanwhile as refusal:
                form = again(form, refusal.adoption, may_name)
                form.add_error(None, str(refusal))
                standing = refusal.adoption
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return HttpResponseRedirect(safe_next(request, subject.url + PLACE))
    else:
        begun = initial_of(standing) if standing else keeping.begun(request.user, practice)
        form = AdoptionForm(initial={**begun, "next": safe_next(request, "")}, may_name=may_name)
    context = {
        "form": form,
        "practice": subject,
        "organisation": organisation,
        "adoption": standing,
        "conflict": bool(form.non_field_errors()) and standing is not None,
        "hidden": waiting.hidden_by(standing) if standing else None,
        "may_change": rules.may_change(membership, standing),
        "is_own": practice.organisation_id == organisation.pk,
        "membership": membership,
    }
    return render(request, "toolbox/adopting/say.html", context)


def said_in(form: AdoptionForm) -> Said:
    """What the form says; nothing about showing the company where it may not."""
    data = form.cleaned_data
    return Said(data["state"], data["on"], data["experience"], data.get("shown"))


def initial_of(adoption: Adoption) -> dict[str, Any]:
    """What stands, as the form shows it."""
    return {
        "state": adoption.state,
        "on": getattr(adoption, f"{adoption.state}_on"),
        "experience": adoption.experience,
        "shown": adoption.shown,
        "seen": stamp_of(adoption),
    }


def again(form: AdoptionForm, standing: Adoption | None, may_name: bool) -> AdoptionForm:
    """What was typed, to be sent once more knowing what stands."""
    typed: Any = form.data
    data = typed.copy()
    data["seen"] = stamp_of(standing)
    fresh = AdoptionForm(data, may_name=may_name)
    fresh.is_valid()
    return fresh


# ---------------------------------------------------------------- afterwards
def adoption_of(user: User, public_id: str) -> Adoption:
    """An adoption of one of her companies. Raises Http404."""
    mine = rules.memberships_of(user).order_by().values("organisation")
    rows = Adoption.objects.select_related("practice", "organisation")
    adoption = rows.filter(public_id=public_id, organisation__in=mine).first()
    if adoption is None:
        raise Http404
    return adoption


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say it no longer, once one is sure."""
    adoption = adoption_of(request.user, public_id)
    if request.method == "POST":
        try:
            withdraw(adoption, request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("It is taken back: the practice no longer shows or counts your company.")
            )
        return HttpResponseRedirect(reverse("adoptions"))
    context = {"adoption": adoption, "practice": subject_of(adoption.practice)}
    return render(request, "toolbox/adopting/withdraw.html", context)


@own_page
@require_safe
def list_mine(request: MemberRequest) -> HttpResponse:
    """What her companies took up, what is planned first."""
    mine = [row.organisation_id for row in rules.memberships_of(request.user)]
    rows = list(Adoption.objects.filter(organisation__in=mine).select_related("practice", "organisation"))
    titles = subjects_of([row.practice for row in rows])
    lines = [
        (row, titles[row.practice.translation_key]) for row in rows if row.practice.translation_key in titles
    ]
    groups = [(state.label, [line for line in lines if line[0].state == state]) for state in Adoption.State]
    context = {"groups": [group for group in groups if group[1]], "several": len(mine) > 1}
    return render(request, "toolbox/adopting/mine.html", context)
