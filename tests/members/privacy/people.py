"""Somebody about whom the site knows something in every room of this layer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.mail import send_mail
from django.utils import timezone
from wagtail.log_actions import log

from common.models import Bounce, Document, Image, OutboxMessage
from members.models import (
    DomainCode,
    Follow,
    Intent,
    Invitation,
    JoinRequest,
    Person,
    Step,
    User,
)
from members.privacy import consents
from members.space.notification import notify
from tests.harness.client import StrictClient
from tests.members.companies.people import belonging, company, manager_of, person

PASSWORD = "un mot de passe assez long"


def reauthenticated(user: User) -> StrictClient:
    """A browser in which she has just given her password again."""
    client = StrictClient()
    client.force_login(user)
    session = client.session
    at = timezone.now().timestamp()
    session["account_authentication_methods"] = [{"method": "password", "at": at, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def known(name: str = "Camille Durand", **fields: Any) -> User:
    """Somebody with something in every section of this part."""
    user = person(name, email="camille.durand@example.org", job_title="Responsable RH", **fields)
    organisation, now = company(name="La Fonderie"), timezone.now()
    colleague = manager_of(organisation, "Alix Martin")
    membership = belonging(user, organisation)
    DomainCode.objects.create(
        membership=membership, email="c.durand@fonderie.example", code_hash="x", expires_at=now
    )
    JoinRequest.objects.create(user=user, organisation=company(name="Le Moulin"), message="Je suis Camille")
    to = {"organisation": organisation, "expires_at": now + dt.timedelta(days=7)}
    Invitation.objects.create(token_hash="a" * 64, email=user.email, invited_by=colleague, **to)
    Invitation.objects.create(token_hash="b" * 64, email="sacha@example.net", invited_by=user, **to)
    contact = Person.objects.create(
        first_name="Camille", last_name="Durand", email=user.email, organisation=organisation, user=user
    )
    Step.objects.create(
        organisation=organisation, kind="meeting", text="Vu Camille Durand à l’atelier.", person=contact
    )
    Step.objects.create(organisation=organisation, kind="contact", text="camille durand a rappelé.")
    Intent.objects.create(token="t", kind="follow", payload={"theme": "tutorat"}, user=user, expires_at=now)
    Follow.objects.create(user=user, kind="theme", target="tutorat")
    notify(user, "company", key="a", text="Bienvenue", url="/espace/")
    notify(colleague, "company", key="b", text="Camille Durand vous écrit", url="/espace/", actor=user)
    send_mail("Une nouvelle", "Bonjour Camille", None, [user.email])
    Bounce.objects.create(address=user.email, kind="soft")
    UserSession.objects.create(user=user, ip="192.0.2.1", session_key="s" * 32, user_agent="Un navigateur")
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "secret-seed"})
    consents.give(user, "terms", "fr")
    log(user, "wagtail.edit", user=colleague)
    return user


def working(user: User) -> Image:
    """She also works on the site: she sent a picture and a document."""
    image: Image = Image.objects.create(
        title="Un atelier", file=ContentFile(PIXEL, "atelier.gif"), width=1, height=1, uploaded_by_user=user
    )
    Document.objects.create(title="../../Un guide", file=ContentFile(b"%PDF", "g.pdf"), uploaded_by_user=user)
    log(image, "wagtail.create", user=user)
    return image


# The smallest picture there is.
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def letters_to(address: str) -> list[str]:
    """The subjects of the letters to an address, in order."""
    return [row.subject for row in OutboxMessage.objects.order_by("pk") if address in row.recipients]
