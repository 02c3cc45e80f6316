"""Sign-ups that were begun and never finished.

An account exists once its address is verified. Until then it is a pending sign-up: nobody sees it,
no password can be reset for it, and whoever signs up with the same address takes its place (the
code that was sent for the first one then opens nothing).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef

from members.models import Consent, ConsentWording, Intent, User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def pending_signups(email: str = "") -> QuerySet[User]:
    """Accounts that signed up by themselves, whose address was never verified and which never signed in."""
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    agreed = Consent.objects.filter(user=OuterRef("pk"), wording__purpose=ConsentWording.Purpose.TERMS)
    found = User.objects.filter(
        Exists(agreed), ~Exists(verified), last_login=None, is_staff=False, is_superuser=False
    )
    return found.filter(email=email.lower()) if email else found


def is_pending(user: User) -> bool:
    """Whether this is a sign-up that was never finished."""
    return pending_signups().filter(pk=user.pk).exists()


@transaction.atomic
def discard(email: str, browser: str = "") -> int:
    """Forget the pending sign-up of an address; return how many there were.

    What was tried in this very browser (its `token` of intents) is kept for the sign-up that follows;
    what came from another one goes: whoever holds the address never asked for it.
    """
    found = list(pending_signups(email).select_for_update(of=("self",)))
    for user in found:
        if browser:
            Intent.objects.filter(user=user, token=browser, completed_at=None).update(user=None)
        user.delete()
    return len(found)
