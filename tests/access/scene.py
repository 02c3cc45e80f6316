"""A small inhabited site: what the access table asks for, and those who ask."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.mail import send_mail

from home.models import ContactMessage
from members.models import ContactRequest, JoinRequest, Membership, Message, Organisation, Person, Step, User
from members.roles import Role
from tests.access.shared import share
from tests.factories.pages import EventPageFactory, PracticePageFactory
from tests.factories.shared import OrganisationFactory, UserFactory
from tests.harness.client import StrictClient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.factories.site import Tree

ANONYMOUS, UNVERIFIED, MEMBER, MANAGER = "anonymous", "unverified", "member", "manager"
WITHOUT, WITH = "without", "with"


@dataclass
class Scene:
    """The clients, in the order of the table's columns, and the values of the addresses' parameters."""

    clients: dict[str, StrictClient] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    by_room: dict[str, Mapping[str, str]] = field(default_factory=dict)


def account(verified: bool = True, **fields: Any) -> User:
    """Somebody with an account."""
    user: User = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def signed_in(user: User, second_factor: bool = False) -> StrictClient:
    """A browser in which that account is signed in, perhaps with its second factor."""
    client = StrictClient(raise_request_exception=False)
    client.force_login(user)
    if second_factor:
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


def staff(role: Role) -> User:
    """Somebody with one role, enrolled for a second factor."""
    user = account()
    user.groups.add(Group.objects.get(name=role.group))
    return user


def inhabit(tree: Tree) -> Scene:
    """Fill the site: a company and its manager, a stranger, one of everything that has an address."""
    scene = Scene()
    company = OrganisationFactory(slug="la-fonderie", siret="00000101600013")
    manager, stranger = account(first_name="Camille"), account(first_name="Sacha")
    Membership.objects.create(
        user=manager,
        organisation=company,
        role="manager",
        confirmation="call",
        confirmed_at=company.created_at,
    )
    scene.clients = {
        ANONYMOUS: StrictClient(raise_request_exception=False),
        UNVERIFIED: signed_in(account(verified=False)),
        MEMBER: signed_in(stranger),
        MANAGER: signed_in(manager),
    }
    for role in Role:
        user = staff(role)
        scene.clients[f"{role.value} {WITHOUT}"] = signed_in(user)
        scene.clients[f"{role.value} {WITH}"] = signed_in(user, second_factor=True)
    furnish(scene, tree, company, manager)
    return scene


def furnish(scene: Scene, tree: Tree, company: Organisation, manager: User) -> None:
    """Rows that belong to the company and to its manager: everybody else is a stranger to them."""
    practice = PracticePageFactory(parent=tree.practices, slug="un-tutorat")
    event = EventPageFactory(parent=tree.events, slug="un-atelier")
    asking = JoinRequest.objects.create(user=account(), organisation=company)
    other = account()
    talk = ContactRequest.objects.create(sender=other, recipient=manager, subject="Bonjour")
    message = Message.objects.create(request=talk, author=other, text="Une question.")
    Person.objects.create(first_name="Une", last_name="Invitée", organisation=company)
    Step.objects.create(organisation=company, kind="contact", text="Un appel")
    ContactMessage.objects.create(subject="other", name="Une", email="a@example.org", message="Bonjour")
    send_mail("Bonjour", "Un texte", None, ["b@example.org"])
    scene.known |= {
        "page": "bonnes-pratiques/un-tutorat/",
        "event": "evenements/un-atelier/",
        "document": "999999",
        "page_id": str(practice.pk),
        "parent_page_id": str(tree.practices.pk),
        "page_to_move_id": str(practice.pk),
        "content_type_app_name": "toolbox",
        "content_type_model_name": "practicepage",
        "slug": company.slug,
        "organisation": company.slug,
        "number": "1",
        "section": "bonnes-pratiques",
        "event_pk": str(event.pk),
    }
    scene.by_room |= {
        "espace/messages/": {"public_id": talk.public_id},
        "espace/messages/signaler/": {"public_id": message.public_id},
        "espace/entreprise/": {"public_id": asking.public_id, "slug": company.slug},
        "membres/": {"public_id": manager.profile.public_id},
    }
    scene.by_room |= share(tree, company, manager, practice)
