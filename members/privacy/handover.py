"""Companies that somebody leaves without anybody to decide: a colleague takes over, or the association sees to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from members.companies.departure import promote
from members.companies.membership import lock
from members.companies.refusals import Refusal
from members.models import Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User


class ErasureRefusedError(Refusal):
    """The account cannot be erased now."""


@dataclass(frozen=True)
class Handover:
    """A company that would be left without anybody to decide, and who could take over."""

    membership: Membership
    colleagues: list[Membership]


def colleagues_of(membership: Membership) -> QuerySet[Membership]:
    """Confirmed people of the same company whose account is in use; a closed account decides nothing."""
    confirmed = Membership.objects.confirmed().filter(
        organisation=membership.organisation_id, user__is_active=True
    )
    return confirmed.exclude(pk=membership.pk).exclude(user=membership.user_id)


def leaves_nobody_to_decide(membership: Membership) -> bool:
    """Whether colleagues stay without a manager among them."""
    colleagues = colleagues_of(membership)
    return colleagues.exists() and not colleagues.filter(role=Membership.Role.MANAGER).exists()


def handovers(user: User) -> list[Handover]:
    """The companies whose last manager she is, with the colleagues who stay."""
    mine = Membership.objects.managers().filter(user=user).select_related("organisation").order_by("pk")
    return [
        Handover(
            membership, list(colleagues_of(membership).select_related("user").order_by("joined_at", "pk"))
        )
        for membership in mine
        if leaves_nobody_to_decide(membership)
    ]


def hand_over(user: User, successors: Mapping[int, Membership | None]) -> None:
    """Give each of her companies to the colleague she chose. Raises ErasureRefusedError when she did not."""
    for membership in Membership.objects.managers().filter(user=user).select_related("organisation"):
        organisation = lock(membership.organisation)
        if not leaves_nobody_to_decide(membership):
            continue
        if membership.pk not in successors:
            raise ErasureRefusedError(
                _("Say who takes over at %(company)s.") % {"company": organisation.name}
            )
        successor = successors[membership.pk]
        if successor is not None:
            promote(successor, organisation, membership)
