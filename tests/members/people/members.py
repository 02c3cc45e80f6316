"""Members that these tests are about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import ContactRequest, Profile, User
from members.people.contact import write
from tests.members.companies.people import person

FIELDS = ("name", "job", "company", "themes", "photo", "offers", "seeks")


def member(name: str = "Camille Durand", **fields: Any) -> User:
    """Somebody with a verified address, who joined a month ago."""
    return person(name, **{"date_joined": timezone.now() - dt.timedelta(days=30), **fields})


def unverify(user: User) -> None:
    """Take back the proof of an address."""
    EmailAddress.objects.filter(user=user).update(verified=False)


def profile_of(user: User, *, seen_by: str = "", **fields: Any) -> Profile:
    """The profile of somebody, changed; `seen_by` is who sees every field."""
    profile = Profile.objects.select_related("user").get(user=user)
    if seen_by:
        fields = {**{f"{field}_visibility": seen_by for field in FIELDS}, **fields}
    for field, value in fields.items():
        setattr(profile, field, value)
    profile.save()
    return profile


def conversation(sender: User, recipient: Any, text: str = "Bonjour, parlons-en.") -> ContactRequest:
    """A conversation that begins."""
    return write(sender, recipient, "Le tutorat", text)


def queries(client: Client, path: str) -> int:
    """How often a page asks the database, once what is remembered is remembered."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)
