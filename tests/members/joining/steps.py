"""What a person does to join, one step a function."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from common.models import OutboxMessage
from members.joining import terms
from members.joining.signup_fields import STOPWATCH
from members.models import User
from members.models.accounts import UserQuerySet
from tests.factories.shared import UserFactory

EMAIL = "nadia@entreprise.example"
PASSWORD = "Une carte bien jouée, 14 fois"
CODE = re.compile(r"\b\d{4}-\d{4}\b")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signup_form(seconds: int = 60, **changes: str) -> dict[str, str]:
    """A filled form that was opened some seconds ago."""
    wording = terms.current_terms()
    assert wording is not None
    filled = {
        "first_name": "Nadia",
        "last_name": "Lefebvre-Martin",
        "email": EMAIL,
        "password1": PASSWORD,
        "terms": "on",
        "wording": wording.version,
        "started": STOPWATCH.signer.sign(str(int(time.time()) - seconds)),
        "comment": "",
    }
    return {**filled, **changes}


def letters(to: str = "") -> list[EmailMessage]:
    """The mails in the outbox, oldest first; those to one address."""
    parsed = [
        message_from_bytes(bytes(row.source), _class=EmailMessage, policy=policy.SMTP)
        for row in OutboxMessage.objects.order_by("pk")
    ]
    return [mail for mail in parsed if not to or to in str(mail["To"])]


def text_of(mail: EmailMessage) -> str:
    """Its plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def code_sent(to: str = EMAIL) -> str:
    """The code of the latest letter to an address."""
    found = CODE.search(text_of(letters(to)[-1]))
    assert found is not None
    return found[0]


def sign_up(client: Client, seconds: int = 60, **changes: str) -> Any:
    """Send the form."""
    return client.post("/compte/signup/", signup_form(seconds, **changes))


def type_code(client: Client, code: str | None = None) -> Any:
    """Type the code that was sent, or another."""
    return client.post("/compte/confirm-email/", {"code": code or code_sent()})


def join(client: Client, **changes: str) -> User:
    """Sign up and verify."""
    sign_up(client, 60, **changes)
    type_code(client, code_sent(changes.get("email", EMAIL)))
    return User.objects.get(email=changes.get("email", EMAIL))


def member(email: str = EMAIL, password: str = PASSWORD, **fields: Any) -> User:
    """An account in use, with a verified address."""
    user: User = UserFactory(email=email, password=password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def give_app(user: User) -> Authenticator:
    """An authenticator app, already set up."""
    authenticator: Authenticator = TOTP.activate(user, SECRET).instance
    return authenticator


def app_code(user: User, later: int = 0) -> str:
    """What the app shows, `later` periods from now."""
    secret = get_adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def log_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **more: str) -> Any:
    """Send the sign-in form."""
    return client.post("/compte/login/", {"login": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    """Whether this browser is signed in."""
    return "_auth_user_id" in client.session


def visible() -> list[str]:
    """The addresses of the accounts that others may see something of."""
    return sorted(UserQuerySet(User).members().values_list("email", flat=True))


def is_verified(user: User) -> bool:
    """Whether its one address is verified."""
    return bool(EmailAddress.objects.get(user=user).verified)


def said(response: Any) -> list[str]:
    """The messages of a page."""
    return [str(message) for message in response.context["messages"]]
