"""Somebody of the team in front of the admin, and what they write."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import ContactRequest, Membership, Message, MessageReport, Organisation, User
from members.roles import Role
from tests.factories.shared import UserFactory
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in


def staff(role: Role, **fields: Any) -> User:
    """Somebody with one role."""
    user: User = UserFactory(**fields)
    user.groups.add(Group.objects.get(name=role.group))
    return user


def working(role: Role) -> StrictClient:
    """The admin, in English, as one role sees it."""
    client = StrictClient()
    client.user = sign_in(client, staff(role))  # type: ignore[attr-defined]
    return client


def account(verified: bool = True, **fields: Any) -> User:
    """Somebody with an account, whose address is verified."""
    user: User = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def member(organisation: Organisation, proved: bool = True, **fields: Any) -> Membership:
    """Somebody who belongs to an organisation."""
    proof = {"confirmed_at": timezone.now(), "confirmation": "call"} if proved else {}
    user = fields.pop("user", None) or account()
    row: Membership = Membership.objects.create(user=user, organisation=organisation, **proof, **fields)
    return row


def reported(text: str = "Achetez nos formations.", **fields: Any) -> MessageReport:
    """A message, and the report of who received it."""
    author, reader = account(first_name="Alix"), account(first_name="Sacha")
    talk = ContactRequest.objects.create(sender=author, recipient=reader, subject="Votre tutorat")
    message = Message.objects.create(request=talk, author=author, text=text)
    row: MessageReport = MessageReport.objects.create(
        message=message, reporter=reader, reason="C’est de la publicité.", **fields
    )
    return row


def queries_of(client: StrictClient, url: str) -> int:
    """How many queries a page takes, once everything is remembered."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
