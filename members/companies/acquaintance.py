"""People known without an account (guests, past signatories), recognised when their address is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from members.models import Membership, Organisation, Person

from .invitations import addresses_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from members.models import User


def recognise(user: User) -> int:
    """Join to an account the people who have one of its verified addresses; return how many."""
    strangers = Person.objects.filter(user=None).annotate(folded=Lower("email"))
    return strangers.filter(folded__in=addresses_of(user)).update(user=user)


def on_verified(email_address: Any, **_kwargs: Any) -> None:
    """Signal receiver: an address of an account was verified."""
    recognise(email_address.user)


def known_from(user: User) -> Sequence[Organisation]:
    """Organisations where somebody with one of this person's addresses was met, and that are not hers yet.

    Nothing is joined by this: the person is proposed to ask.
    """
    mine = Membership.objects.current().filter(user=user).values("organisation")
    people = Person.objects.annotate(folded=Lower("email")).filter(
        folded__in=addresses_of(user), organisation__isnull=False
    )
    rows = Organisation.objects.confirmed().filter(pk__in=people.values("organisation")).exclude(pk__in=mine)
    return list(rows.order_by("name", "pk"))
