"""Inviting colleagues by e-mail. Only a hash of the link's token is kept; it is valid for fourteen days."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.mail import known_language, post
from members.models import Invitation, Membership, User
from members.space.notification import take_back

from . import rules
from .emails import invitation_letter
from .limits import DAY, is_one_too_many
from .membership import admit, company_path, lock
from .refusals import AlreadyDecided, AlreadyMine, NotAllowed, TooMany
from .telling import tell

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation

VALID = dt.timedelta(days=14)
MOST_A_DAY = 20
MOST_TO_ONE_ADDRESS = 3


def hashed(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def key_of(invitation: Invitation) -> str:
    """Under which somebody with an account is told."""
    return f"members.invitation:{invitation.pk}"


def by_token(token: str) -> Invitation | None:
    """The invitation that a link opens, whatever became of it."""
    rows = Invitation.objects.select_related("organisation__commune", "invited_by")
    return rows.filter(token_hash=hashed(token)).first()


def addresses_of(user: User) -> set[str]:
    """The verified addresses of an account, in lower case."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return {address.lower() for address in rows.values_list("email", flat=True)}


def for_user(user: User) -> QuerySet[Invitation]:
    """The open invitations that were sent to one of a person's verified addresses."""
    folded = Invitation.objects.open().annotate(folded=Lower("email"))
    addresses = EmailAddress.objects.filter(user=user, verified=True).values(folded=Lower("email"))
    return folded.filter(folded__in=addresses).select_related("organisation", "invited_by")


def invite(organisation: Organisation, email: str, role: str, by: User, language: str = "") -> Invitation:
    """Invite an address, in a language; an address that was invited already gets a new link.

    Nothing says whether the address has an account. Raises NotAllowed, AlreadyMine for a colleague,
    and TooMany.
    """
    email = email.strip().lower()
    with transaction.atomic():
        organisation = lock(organisation)
        require_manager(by, organisation)
        if Membership.objects.current().filter(organisation=organisation, user__email__iexact=email).exists():
            raise AlreadyMine(_("This person is part of the company already."))
        invitation = (
            Invitation.objects.unanswered().filter(organisation=organisation, email__iexact=email).first()
        )
        if invitation is None:
            check_limit(organisation)
            invitation = Invitation(organisation=organisation, email=email)
        invitation.role, invitation.invited_by = role, by
        invitation.language = known_language(language or by.language)
        send(invitation)
    return invitation


def require_manager(by: User, organisation: Organisation) -> None:
    """Raise NotAllowed for anybody but a confirmed manager."""
    if not rules.is_manager(by, organisation):
        raise NotAllowed(_("Only a confirmed manager of the company can invite."))


def check_limit(organisation: Organisation) -> None:
    """Raise TooMany above twenty new invitations a day."""
    since = timezone.now() - dt.timedelta(days=1)
    if Invitation.objects.filter(organisation=organisation, created_at__gt=since).count() >= MOST_A_DAY:
        raise TooMany(_("Twenty invitations were sent today. Go on tomorrow."))


def send(invitation: Invitation) -> None:
    """Give an invitation a new token and fourteen days, and post it; the former link no longer opens.

    Raises TooMany when the address got three letters in a day, whoever invites.
    """
    if is_one_too_many("invitation", invitation.email, MOST_TO_ONE_ADDRESS, DAY):
        raise TooMany(_("This address was written to several times today. Try again tomorrow."))
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hashed(token)
    invitation.expires_at = timezone.now() + VALID
    invitation.save()
    with override(invitation.language):
        letter = invitation_letter(invitation, token)
    post(letter, invitation.email, language=invitation.language)
    tell_account(invitation)


def tell_account(invitation: Invitation) -> None:
    """Somebody with that verified address also reads it in the space."""
    address = EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).first()
    if address is None:
        return
    company = invitation.organisation.name
    tell(
        address.user,
        key_of(invitation),
        lambda: _("You are invited to join %(company)s.") % {"company": company},
        reverse("company_mine"),
    )


def resend(invitation: Invitation, by: User) -> Invitation:
    """Send it again with a new link. Raises NotAllowed, AlreadyDecided and TooMany."""
    with transaction.atomic():
        row = open_invitation(invitation, by)
        send(row)
    return row


def revoke(invitation: Invitation, by: User) -> Invitation:
    """Take an invitation back: its link no longer opens. Raises NotAllowed and AlreadyDecided."""
    with transaction.atomic():
        row = open_invitation(invitation, by)
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        take_back(key_of(row))
    return row


def open_invitation(invitation: Invitation, by: User) -> Invitation:
    """The locked row, for a manager. Raises NotAllowed, and AlreadyDecided once it was answered."""
    require_manager(by, lock(invitation.organisation))
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.declined_at or row.revoked_at:
        raise AlreadyDecided(_("This invitation was answered or withdrawn meanwhile."))
    return row


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether it was sent to a verified address of this account."""
    return invitation.email.lower() in addresses_of(user)


def accept(invitation: Invitation, user: User) -> Membership:
    """Join the company, confirmed at once: a confirmed manager invited.

    Raises NotAllowed when another address was invited, AlreadyDecided when it is no longer open.
    """
    with transaction.atomic():
        organisation = lock(invitation.organisation)
        row = answerable(invitation, user)
        row.accepted_at, row.accepted_by = timezone.now(), user
        row.save(update_fields=["accepted_at", "accepted_by"])
        membership = admit(user, organisation, row.role, Membership.Confirmation.INVITED, row.invited_by)
        if row.invited_by is not None and rules.membership_of(row.invited_by, organisation):
            tell(
                row.invited_by,
                f"{key_of(row)}:accepted",
                lambda: (
                    _("%(name)s has joined %(company)s.")
                    % {"name": user.public_name, "company": organisation.name}
                ),
                company_path(organisation),
            )
    return membership


def decline(invitation: Invitation, user: User) -> Invitation:
    """Say no. Raises as `accept`."""
    with transaction.atomic():
        row = answerable(invitation, user)
        row.declined_at = timezone.now()
        row.save(update_fields=["declined_at"])
        take_back(key_of(row))
    return row


def answerable(invitation: Invitation, user: User) -> Invitation:
    """The locked invitation, open and sent to this person."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not is_for(row, user):
        raise NotAllowed(_("This invitation was sent to another address."))
    if not Invitation.objects.open().filter(pk=row.pk).exists():
        raise AlreadyDecided(_("This invitation is no longer valid."))
    return row
