"""What follows when an address is proved, or a second factor is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_signed_up
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added

from common import bounces
from common.registries import register_space_panel
from common.ticking import DAY, Job, jobs
from members.models import Person

from . import intents, panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User

SECOND_FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


def register() -> None:
    """Listen to allauth, forget what nobody completes, remind of recovery codes: called by `members.apps`."""
    register_space_panel(panel.PANEL)
    jobs.register(Job("members.drop_expired_intents", DAY, intents.drop_expired))
    user_signed_up.connect(on_signed_up, dispatch_uid="joining.signed_up")
    email_confirmed.connect(on_address_proved, dispatch_uid="joining.address_proved")
    authenticator_added.connect(on_factor_added, dispatch_uid="joining.factor_added")


def join_people(user: User, email: str) -> int:
    """Join the people known by an address to the account that has proved it; return how many."""
    return Person.objects.filter(email__iexact=email, user=None).update(user=user)


def on_signed_up(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """What was tried in this browser follows; a provider may have proved the address already."""
    intents.attach(intents.token_of(request), user)
    for email in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True):
        join_people(user, email)


def on_address_proved(email_address: EmailAddress, **_kwargs: Any) -> None:
    """Somebody read the mail sent there: whatever bounced before, it is received now."""
    bounces.clear(email_address.email)
    join_people(email_address.user, email_address.email)


def on_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Setting a factor up took a code or a key: it need not be asked for again at once."""
    signed_in = request.user.is_authenticated and request.user.pk == user.pk
    if signed_in and authenticator.type in SECOND_FACTORS:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )
