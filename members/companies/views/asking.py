"""Asking to join a company, taking it back; answering an invitation that was received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.companies import invitations, requests, rules, siret
from members.companies.forms.people import JoinForm
from members.companies.refusals import AlreadyMine, Refusal
from members.models import Invitation, JoinRequest, Membership, Organisation

from .access import attempt, own_page, signed_in
from .entering import asked_siret

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join a known company. One that is not confirmed is found by its SIRET only."""
    organisation = get_object_or_404(Organisation.objects.select_related("commune"), slug=slug)
    if organisation.confirmed_at is None and asked_siret(request) != organisation.siret:
        raise Http404
    if rules.membership_of(signed_in(request), organisation):
        return redirect("company_home", slug)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return ask(request, signed_in(request), organisation, form.cleaned_data["message"])
    managed = Membership.objects.managers().filter(organisation=organisation).exists()
    context = {
        "organisation": organisation,
        "siret": siret.masked(organisation.siret),
        "form": form,
        "managed": managed,
    }
    return render(request, "members/company/join.html", context)


def ask(request: HttpRequest, user: User, organisation: Organisation, message: str) -> HttpResponse:
    """Send the request, and say who will answer."""
    try:
        asked = requests.ask_to_join(user, organisation, message)
    except AlreadyMine:
        return redirect("company_home", organisation.slug)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("company_mine")
    if asked.escalated_at:
        messages.success(request, _("Your request is sent. The association answers it within a few days."))
    else:
        messages.success(request, _("Your request is sent to the managers of the company."))
    return redirect("company_mine")


@own_page
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back one's request."""
    row = get_object_or_404(JoinRequest, public_id=public_id, user=signed_in(request))
    return attempt(
        request, lambda: requests.withdraw(row), _("Your request is withdrawn."), reverse("company_mine")
    )


@own_page
@require_POST
def answer_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept or decline an invitation that was sent to one of my addresses."""
    user = signed_in(request)
    row = get_object_or_404(Invitation.objects.select_related("organisation"), public_id=public_id)
    if not invitations.is_for(row, user):
        raise Http404
    return answer(request, row)


def answer(request: HttpRequest, row: Invitation) -> HttpResponse:
    """What the two buttons of an invitation do."""
    user = signed_in(request)
    name = {"company": row.organisation.name}
    if request.POST.get("answer") == "decline":
        done = _("You declined the invitation of %(company)s.") % name
        return attempt(request, lambda: invitations.decline(row, user), done, reverse("company_mine"))
    then = reverse("company_home", args=[row.organisation.slug])
    try:
        invitations.accept(row, user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("company_mine")
    messages.success(request, _("You are now part of %(company)s.") % name)
    return redirect(then)
