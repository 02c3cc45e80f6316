"""An account becomes nobody's: every room erases what it knows, then the row loses its name."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress, EmailConfirmation
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log

from common.mail import known_language
from common.registries import personal_data
from members.models import Membership, Notification, User

from .redaction import Identity

if TYPE_CHECKING:
    from common.registries import Retained

logger = logging.getLogger("atoutage.privacy")


@transaction.atomic
def anonymise(user: User, contributions_stay: bool, cause: str) -> list[Retained]:
    """Erase what every room knows of an account, and its name; return what had to be kept.

    All or nothing, and harmless when run again. `cause` says in the history why ("asked", "dormant").
    The account is nobody's afterwards: nobody signs in to it, and its address is free.
    """
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    identity = Identity.of(row)
    with override(known_language(row.language)):
        retained = [kept for data in personal_data for kept in data.erase(row, contributions_stay)]
        retained = [_settled(kept) for kept in retained]
    redact_notifications(row, identity)
    EmailConfirmation.objects.filter(email_address__user=row).delete()
    EmailAddress.objects.filter(user=row).delete()
    first_time = row.anonymised_at is None
    make_nobody(row)
    if first_time:
        logger.info("account erased", extra={"account": row.pk, "cause": cause})
        log(row, "members.anonymise", data={"cause": cause, "contributions_stay": contributions_stay})
    return retained


def _settled(kept: Retained) -> Retained:
    """Lazy texts become words now, in the person's language."""
    return type(kept)(str(kept.what), str(kept.why), kept.until)


def make_nobody(row: User) -> None:
    """The account without a name, an address, a password or a role; its dates stay, for counting."""
    row.email = f"former-{row.pk}@invalid"
    row.first_name = row.last_name = row.job_title = ""
    row.is_active = row.is_staff = row.is_superuser = False
    row.last_login = None
    row.dormancy_notices, row.dormancy_noticed_on = 0, None
    row.anonymised_at = row.anonymised_at or timezone.now()
    row.set_unusable_password()
    row.save()


def redact_notifications(user: User, identity: Identity) -> None:
    """What others were told of her names her no longer."""
    companies = Membership.objects.filter(user=user).values("organisation")
    colleagues = Membership.objects.filter(organisation__in=companies).values("user")
    named = Q(actor=user)
    for word in identity.words:
        named |= Q(user__in=colleagues, text__icontains=word)
    identity.redact_rows(Notification.objects.filter(named), "text")


def as_json(retained: list[Retained]) -> list[dict[str, Any]]:
    """What was kept, as the record of the erasure holds it."""
    return [
        {"what": kept.what, "why": kept.why, "until": kept.until.isoformat() if kept.until else None}
        for kept in retained
    ]
