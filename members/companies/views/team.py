"""The people of a company: who asks to join, who is invited, who may do what. Managers only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.companies import invitations, requests
from members.companies.departure import remove
from members.companies.forms.people import InviteForm, RefusalForm, RoleForm
from members.companies.membership import change_role
from members.companies.refusals import Refusal
from members.companies.representation import confirm_colleague
from members.models import Invitation, JoinRequest, Membership

from .access import attempt, manager_of, own_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


@own_page
@require_POST
def accept(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Let somebody in."""
    me = manager_of(request, slug)
    row = request_of(me, public_id)
    done = _("%(name)s is now part of the company.") % {"name": row.user.public_name}
    return attempt(
        request,
        lambda: requests.accept_request(row, me.user),
        done,
        reverse("company_home", args=[slug]),
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say no, after having been asked once more."""
    me = manager_of(request, slug)
    row = request_of(me, public_id)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return attempt(
            request,
            lambda: requests.refuse_request(row, me.user, form.cleaned_data["reason"]),
            _("The request is refused; the person is told."),
            reverse("company_home", args=[slug]),
        )
    context = {"organisation": me.organisation, "asked": row, "form": form}
    return render(request, "members/company/refuse.html", context)


def request_of(me: Membership, public_id: str) -> JoinRequest:
    """A request to join this company. Raises Http404."""
    rows = JoinRequest.objects.select_related("user", "organisation")
    return get_object_or_404(rows, public_id=public_id, organisation=me.organisation)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite a colleague by e-mail."""
    me = manager_of(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            invitations.invite(me.organisation, values["email"], values["role"], me.user, values["language"])
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The invitation to %(email)s is sent.") % {"email": values["email"]})
            return redirect("company_home", slug)
    return render(request, "members/company/invite.html", {"organisation": me.organisation, "form": form})


@own_page
@require_POST
def mend_invitation(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    me = manager_of(request, slug)
    row = get_object_or_404(Invitation, public_id=public_id, organisation=me.organisation)
    if request.POST.get("action") == "resend":
        verb: Callable[..., object] = invitations.resend
        done = _("The invitation is sent again; the former link no longer works.")
    else:
        verb, done = invitations.revoke, _("The invitation is taken back.")
    return attempt(request, partial(verb, row, me.user), done, reverse("company_home", args=[slug]))


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def colleague(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What a colleague may do; taking her out of the company."""
    me = manager_of(request, slug)
    row = colleague_of(me, public_id)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": row.role})
    if request.method == "POST":
        verb = verb_for(request.POST.get("action", ""), row, me, form)
        if verb is not None:
            return attempt(request, verb[0], verb[1], reverse("company_home", args=[slug]))
    context = {"organisation": me.organisation, "colleague": row, "form": form, "me": row.pk == me.pk}
    return render(request, "members/company/colleague.html", context)


def colleague_of(me: Membership, public_id: str) -> Membership:
    """Somebody who is part of this company now. Raises Http404."""
    rows = Membership.objects.current().filter(organisation=me.organisation)
    found = rows.select_related("user", "organisation").filter(user__profile__public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def verb_for(
    action: str, row: Membership, me: Membership, form: Any
) -> tuple[Callable[[], object], str] | None:
    """What a button of the page does, and what is said once it is done."""
    name = {"name": row.user.public_name}
    if action == "remove":
        return partial(remove, row, me.user), _("%(name)s is no longer part of the company.") % name
    if action == "confirm":
        return partial(confirm_colleague, row, me.user), _("%(name)s is confirmed.") % name
    if action == "role" and form.is_valid():
        return partial(change_role, row, form.cleaned_data["role"], me.user), _("The role is changed.")
    return None
