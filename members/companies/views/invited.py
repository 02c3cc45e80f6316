"""What the link of an invitation opens, with or without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.companies import invitations, requests
from members.companies.refusals import Refusal
from members.joining import intents
from members.models import Invitation

from .asking import answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

INTENT = "company_invitation"
GONE = 410
HIDDEN = "•••"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites whom to what. Opening it does nothing: mail programs open links too."""
    row = invitations.by_token(token)
    if row is None:
        raise Http404
    state = state_of(row)
    user: Any = request.user
    mine = user.is_authenticated and invitations.is_for(row, user)
    if request.method == "POST" and state == "open":
        if not user.is_authenticated:
            return intents.remember(request, INTENT, {"invitation": row.public_id}, request.get_full_path())
        if mine:
            return answer(request, row)
        return ask_instead(request, row)
    context = {
        "invitation": row,
        "organisation": row.organisation,
        "state": state,
        "mine": mine,
        "hint": hint_of(row.email),
    }
    status = 200 if state == "open" else GONE
    return render(request, "members/company/invitation.html", context, status=status)


def state_of(row: Invitation) -> str:
    """Open, or what became of it."""
    if row.accepted_at:
        return "accepted"
    if row.declined_at or row.revoked_at:
        return "over"
    return "open" if row.expires_at > timezone.now() else "expired"


def hint_of(email: str) -> str:
    """Enough of an address to recognise one's own: `c•••@entreprise.fr`."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}{HIDDEN}@{domain}"


def ask_instead(request: HttpRequest, row: Invitation) -> HttpResponse:
    """Another address was invited: whoever invited is asked, as by anybody who asks to join."""
    user: Any = request.user
    message = _("I received the invitation sent to %(address)s.") % {"address": hint_of(row.email)}
    try:
        requests.ask_to_join(user, row.organisation, message)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is sent to the managers of the company."))
    return redirect("company_mine")


def complete(user: Any, payload: dict[str, Any]) -> str:
    """What a visitor accepted before having an account. Raises NoLongerPossible."""
    row = Invitation.objects.select_related("organisation").filter(public_id=payload["invitation"]).first()
    if row is None:
        raise intents.NoLongerPossible(_("This invitation is no longer valid."))
    try:
        invitations.accept(row, user)
    except Refusal as refusal:
        raise intents.NoLongerPossible(str(refusal)) from refusal
    return _("You are now part of %(company)s.") % {"company": row.organisation.name}
