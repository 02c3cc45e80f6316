"""Accounts to try the roles with. Their passwords are public: they exist in demonstrations only."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import Group

from home.models import LoadedRow
from members.models import ConsentWording, User
from members.privacy.consents import give
from members.roles import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from home.content.loading import Loading
    from home.content.reading import Source


def write_account(source: Source, user: User | None) -> User:
    """An account with a verified address, one role and a second factor."""
    user = user or User()
    user.email = source.text("email").lower()
    user.job_title = source.text("job_title", "")
    user.set_password(source.text("password"))
    user.full_clean()
    user.save()
    role = Role(source.choice("role", Role))
    user.groups.set([Group.objects.get(name=role.group)])
    verify(user)
    secret_of(user)
    return user


def verify(user: User) -> None:
    """Its address is taken as verified and the terms as accepted: nobody reads mail sent to example.org."""
    give(user, ConsentWording.Purpose.TERMS, user.language)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def secret_of(user: User) -> str:
    """The TOTP secret of an account; a new one when there is none, or none that can be read."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is not None:
        try:
            return get_adapter().decrypt(found.data["secret"])
        except InvalidToken:  # the key of the installation was changed
            found.delete()
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def current_code(user: User) -> str:
    """The six digits that an authenticator would show now."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(secret_of(user), counter))


def demo_accounts() -> QuerySet[User]:
    """The accounts that the demonstration made to try the roles with."""
    loaded = LoadedRow.objects.filter(origin=LoadedRow.Origin.DEMO, key__startswith="accounts/")
    return User.objects.filter(pk__in=[row.object_pk for row in loaded])


def load_accounts(loading: Loading) -> None:
    """Load `accounts.yaml`. The caller makes sure that this is a demonstration."""
    for source in loading.entries("accounts.yaml"):
        email = source.text("email").lower()
        user = loading.ledger.write(f"accounts/{email}", source, User, write_account, {"email": email})
        if user is not None and f"accounts/{email}" in loading.ledger.rows:
            secret_of(user)
