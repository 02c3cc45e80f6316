"""People and companies that these tests are about."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.utils import timezone

from members.models import Membership, Organisation, User
from tests.factories.shared import OrganisationFactory, UserFactory

SIRET = "73282932000074"
SITE = "73282932000082"


def person(name: str = "Camille Durand", **fields: Any) -> User:
    """Somebody with an account and a verified address."""
    first, _space, last = name.partition(" ")
    user: User = UserFactory(first_name=first, last_name=last, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def staff(name: str = "Dominique Animation") -> User:
    """A facilitator."""
    user = person(name)
    user.user_permissions.add(Permission.objects.get(codename="change_joinrequest"))
    return User.objects.get(pk=user.pk)


def company(**fields: Any) -> Organisation:
    """A confirmed company."""
    organisation: Organisation = OrganisationFactory(**fields)
    return organisation


def belonging(user: User, organisation: Organisation, **fields: Any) -> Membership:
    """A confirmed manager, unless told otherwise; `confirmed=False` for one to be confirmed."""
    confirmed = fields.pop("confirmed", True)
    values = {"role": Membership.Role.MANAGER, **fields}
    if confirmed:
        values |= {"confirmed_at": timezone.now(), "confirmation": Membership.Confirmation.CALL}
    return Membership.objects.create(user=user, organisation=organisation, **values)


def manager_of(organisation: Organisation, name: str = "Alix Martin") -> User:
    """A confirmed manager."""
    user = person(name)
    belonging(user, organisation)
    return user
