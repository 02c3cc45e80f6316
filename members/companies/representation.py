"""Proving that somebody acts for a company: a code to an address of its domain, or a telephone call.

A SIRET is public: it proves nothing. Domains are those that staff recorded for the organisation.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from common.mail import post_to
from members import timeline
from members.models import DomainCode, Membership, OrganisationDomain, Step

from . import rules
from .emails import code_letter
from .invitations import addresses_of
from .limits import DAY, is_one_too_many
from .membership import confirm, lock
from .refusals import NotAllowed, TooMany
from .siret import compact

if TYPE_CHECKING:
    from members.models import Organisation, User

DIGITS = "0123456789"
CODE_LENGTH = 8
MINUTES = 30
ATTEMPTS = 5
MOST_A_DAY = 5
MOST_TO_ONE_ADDRESS = 3
# Anybody may have an address there: none of these proves anything, whoever recorded it.
PUBLIC_DOMAINS = frozenset(
    {
        *("aol.com", "bbox.fr", "club-internet.fr", "free.fr", "gmail.com", "gmx.com", "gmx.fr"),
        *("googlemail.com", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net", "live.com", "live.fr"),
        *("mac.com", "mail.com", "me.com", "msn.com", "neuf.fr", "nordnet.fr", "numericable.fr"),
        *("orange.fr", "outlook.com", "outlook.fr", "pm.me", "proton.me", "protonmail.com", "sfr.fr"),
        *("tutanota.com", "wanadoo.fr", "yahoo.com", "yahoo.fr", "ymail.com", "zoho.com"),
    }
)


class Outcome(Enum):
    """What became of a code that was typed in."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    WORN_OUT = "worn out"
    EXPIRED = "expired"


def domains_of(organisation: Organisation) -> list[str]:
    """The mail domains that prove something for this organisation."""
    rows = OrganisationDomain.objects.filter(organisation=organisation).order_by("domain")
    return [domain for domain in rows.values_list("domain", flat=True) if domain not in PUBLIC_DOMAINS]


def domain_of(address: str) -> str:
    """What follows the last @, in lower case."""
    return address.rpartition("@")[2].lower()


def proving_address(membership: Membership) -> str:
    """A verified address of the person's account that is of the organisation's domain; empty without one."""
    domains = domains_of(membership.organisation)
    mine = sorted(addresses_of(membership.user))
    return next((address for address in mine if domain_of(address) in domains), "")


def confirm_by_address(membership: Membership) -> Membership:
    """The account's own address proves it: a code was sent there at sign-up. Raises NotAllowed."""
    if not proving_address(membership):
        raise NotAllowed(_("None of your addresses is of this company’s domain."))
    return confirm(membership, Membership.Confirmation.DOMAIN_CODE)


def send_code(membership: Membership, address: str) -> DomainCode:
    """Send eight digits to an address of the organisation's domain; a former code is worth nothing any more.

    Raises NotAllowed for another domain, TooMany after five codes a day, or three to one address.
    """
    address = address.strip()
    if domain_of(address) not in domains_of(membership.organisation):
        raise NotAllowed(_("This address is not of the domain that we know for this company."))
    day_ago = timezone.now() - dt.timedelta(days=1)
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=membership.pk)
        mine = DomainCode.objects.filter(membership__user=membership.user_id)
        if mine.filter(created_at__gt=day_ago).count() >= MOST_A_DAY or is_one_too_many(
            "domain-code", address.lower(), MOST_TO_ONE_ADDRESS, DAY
        ):
            raise TooMany(_("Enough codes were sent today. Try again tomorrow, or call us."))
        code = get_random_string(CODE_LENGTH, DIGITS)
        DomainCode.objects.filter(membership=membership, used_at=None).update(expires_at=timezone.now())
        row = DomainCode.objects.create(
            membership=membership,
            email=address,
            code_hash=make_password(code),
            expires_at=timezone.now() + dt.timedelta(minutes=MINUTES),
        )
        post_code(membership, address, code)
    return row


def post_code(membership: Membership, address: str, code: str) -> None:
    """Post the letter to the address, in the language of the person's account."""
    reader = Mailbox(address, membership.user.language)
    post_to(reader, lambda: code_letter(code, membership.organisation.name, MINUTES), urgent=True)


class Mailbox:
    """An address that is not yet known to be the person's."""

    def __init__(self, email: str, language: str) -> None:
        self.email = email
        self.language = language


def pending_code(membership: Membership) -> DomainCode | None:
    """The code that was sent last, while it may still be typed in."""
    rows = DomainCode.objects.filter(
        membership=membership, used_at=None, expires_at__gt=timezone.now(), attempts__lt=ATTEMPTS
    )
    return rows.order_by("-created_at", "-pk").first()


def enter_code(membership: Membership, typed: str) -> Outcome:
    """Try a code: five attempts, counted even when they fail at the same moment."""
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=membership.pk)
        row = pending_code(membership)
        if row is None:
            return Outcome.EXPIRED
        row.attempts += 1
        right = check_password(compact(typed), row.code_hash)
        row.used_at = timezone.now() if right else None
        row.save(update_fields=["attempts", "used_at"])
    if right:
        confirm(membership, Membership.Confirmation.DOMAIN_CODE)
        return Outcome.CONFIRMED
    return Outcome.WRONG if row.attempts < ATTEMPTS else Outcome.WORN_OUT


def confirm_by_call(membership: Membership, facilitator: User, note: str = "") -> Membership:
    """A facilitator called the company and says so; what was said is kept in the timeline.

    Raises NotAllowed for anybody else.
    """
    if not rules.is_staff(facilitator):
        raise NotAllowed(_("Only the association can confirm by telephone."))
    with transaction.atomic():
        organisation = lock(membership.organisation)
        if note:
            timeline.record(
                organisation,
                Step.Kind.CONTACT,
                note,
                author=facilitator,
                source=f"members.call:{membership.pk}",
            )
        return confirm(membership, Membership.Confirmation.CALL, facilitator)


def confirm_colleague(membership: Membership, by: User) -> Membership:
    """A confirmed manager vouches for a colleague who is still to be confirmed. Raises NotAllowed."""
    with transaction.atomic():
        organisation = lock(membership.organisation)
        if not rules.is_manager(by, organisation):
            raise NotAllowed(_("Only a manager of the company can do this."))
        return confirm(membership, Membership.Confirmation.ACCEPTED, by)
