"""Companies one acts for, asks to join, is invited to; what was tried before signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import PersonalData, Retained
from members.companies.departure import depart
from members.models import DomainCode, Intent, Invitation, JoinRequest, Membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import User


def addresses_of(user: User) -> list[str]:
    """The addresses that are proved to be hers, in lower case: nothing else found by address is shown."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in verified})


def folded_addresses(user: User) -> Any:
    """The same, as a subquery."""
    verified = EmailAddress.objects.filter(user=user, verified=True)
    return verified.annotate(folded_email=Lower("email")).values("folded_email")


def received_invitations(user: User) -> QuerySet[Invitation]:
    """Invitations sent to one of her addresses, or that she accepted."""
    to_her = Invitation.objects.annotate(folded=Lower("email"))
    return to_her.filter(Q(folded__in=folded_addresses(user)) | Q(accepted_by=user))


def masked(address: str) -> str:
    """Somebody else's address, to be recognised by whoever typed it: `c…@example.org`."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


# ---------------------------------------------------------------- companies
def export_memberships(user: User) -> list[dict[str, Any]]:
    """Companies, with the proof that she acts for them."""
    memberships = (
        Membership.objects.filter(user=user).select_related("organisation").order_by("joined_at", "pk")
    )
    codes: dict[int, list[dict[str, Any]]] = {}
    for code in DomainCode.objects.filter(membership__user=user).order_by("created_at", "pk"):
        sent = {"email": code.email, "sent_at": code.created_at, "used_at": code.used_at}
        codes.setdefault(code.membership_id, []).append(sent)
    return [
        {
            "company": row.organisation.name,
            "siret": row.organisation.siret,
            "role": row.get_role_display(),
            "joined_at": row.joined_at,
            "left_at": row.left_at,
            "confirmed_at": row.confirmed_at,
            "proof": row.get_confirmation_display(),
            "codes": codes.get(row.pk, []),
        }
        for row in memberships
    ]


def keep_memberships(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Who acted for a company when is part of what the association can show of its work."""
    confirmed = Membership.objects.filter(user=user).exclude(confirmed_at=None).select_related("organisation")
    names = ", ".join(sorted({row.organisation.name for row in confirmed}))
    if not names:
        return ()
    return (
        Retained(
            what=_("The dates between which somebody represented %(companies)s") % {"companies": names},
            why=_("To count the companies that took part. Your name is replaced by “Former member”."),
        ),
    )


def erase_memberships(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """She leaves; what was never confirmed, asked or invited goes. Companies keep what is theirs."""
    kept = keep_memberships(user, contributions_stay)
    depart(user)
    DomainCode.objects.filter(membership__user=user).delete()
    Membership.objects.filter(user=user, confirmed_at=None).delete()
    JoinRequest.objects.filter(user=user).delete()
    Invitation.objects.filter(pk__in=list(received_invitations(user).values_list("pk", flat=True))).delete()
    return kept


MEMBERSHIPS = PersonalData(
    key="companies",
    label=gettext_lazy("my companies"),
    export=export_memberships,
    erase=erase_memberships,
    keeps=keep_memberships,
    rows=lambda user: (Membership.objects.filter(user=user),),
    models=("members.Membership", "members.DomainCode"),
    labels={
        "codes": gettext_lazy("codes sent"),
        "siret": gettext_lazy("SIRET"),
        "used_at": gettext_lazy("used at"),
    },
    order=40,
)


# ---------------------------------------------------------------- asking and inviting
def export_invitations(user: User) -> list[dict[str, Any]]:
    """Requests to join, invitations received, invitations sent (to masked addresses)."""
    asked = [
        {
            "kind": str(_("I asked to join")),
            "company": row.organisation.name,
            "message": row.message,
            "state": row.get_state_display(),
            "created_at": row.created_at,
            "decided_at": row.decided_at,
        }
        for row in JoinRequest.objects.filter(user=user).select_related("organisation").order_by("pk")
    ]
    links = ("organisation", "invited_by")
    received = [
        {
            "kind": str(_("I was invited")),
            "by": row.invited_by.public_name if row.invited_by else "",
            **_invitation(row),
            "email": row.email,
        }
        for row in received_invitations(user).select_related(*links).order_by("pk")
    ]
    sent = [
        {"kind": str(_("I invited")), **_invitation(row), "email": masked(row.email)}
        for row in Invitation.objects.filter(invited_by=user).select_related(*links).order_by("pk")
    ]
    return asked + received + sent


def _invitation(row: Invitation) -> dict[str, Any]:
    return {
        "company": row.organisation.name,
        "role": row.get_role_display(),
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "accepted_at": row.accepted_at,
        "declined_at": row.declined_at,
        "revoked_at": row.revoked_at,
    }


def erase_nothing_more(_user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Erased with the memberships, or kept under “Former member”."""
    return ()


INVITATIONS = PersonalData(
    key="invitations",
    label=gettext_lazy("requests to join and invitations"),
    export=export_invitations,
    erase=erase_nothing_more,
    rows=lambda user: (
        JoinRequest.objects.filter(user=user),
        received_invitations(user),
        Invitation.objects.filter(invited_by=user),
    ),
    models=("members.JoinRequest", "members.Invitation"),
    order=45,
)


# ---------------------------------------------------------------- before signing in
def export_intents(user: User) -> list[dict[str, Any]]:
    """What she asked for before she had signed in."""
    return [
        {
            "kind": row.kind,
            "details": row.payload,
            "created_at": row.created_at,
            "completed_at": row.completed_at,
        }
        for row in Intent.objects.filter(user=user)
    ]


def erase_intents(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nothing is left to complete."""
    Intent.objects.filter(user=user).delete()
    return ()


INTENTS = PersonalData(
    key="intents",
    label=gettext_lazy("what I tried before signing in"),
    export=export_intents,
    erase=erase_intents,
    rows=lambda user: (Intent.objects.filter(user=user),),
    models=("members.Intent",),
    labels={"completed_at": gettext_lazy("completed at")},
    order=50,
)
