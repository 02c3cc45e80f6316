"""Leaving a company, or being taken out of it; nobody is left without somebody to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.generation import bump_on_commit
from members import timeline
from members.models import JoinRequest, Membership, Step

from . import rules
from .membership import LAST_MANAGER, company_path, lock, other_managers
from .refusals import LastManager, NotAllowed
from .telling import tell
from .unproved import no_longer_wait

if TYPE_CHECKING:
    from members.models import Organisation, User


def must_hand_over(membership: Membership) -> bool:
    """Whether colleagues would be left without anybody to decide, were this person to go."""
    colleagues = Membership.objects.confirmed().filter(organisation=membership.organisation_id)
    return (
        rules.manages(membership)
        and not other_managers(membership)
        and colleagues.exclude(pk=membership.pk).exists()
    )


def leave(membership: Membership, successor: Membership | None = None) -> Membership:
    """Leave a company, handing over to a colleague where needed. Raises LastManager.

    Of two last managers who leave at once, the second is asked to hand over. When nobody is left
    to decide, staff see it in their queue and pending requests go to them.
    """
    with transaction.atomic():
        organisation = lock(membership.organisation)
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.left_at:
            return row
        if successor is not None:
            promote(successor, organisation, row)
        if must_hand_over(row):
            raise LastManager(LAST_MANAGER)
        go(row, organisation)
    return row


def promote(successor: Membership, organisation: Organisation, leaving: Membership) -> None:
    """Make a confirmed colleague a manager. Raises NotAllowed for anybody else."""
    row = (
        Membership.objects.confirmed()
        .filter(pk=successor.pk, organisation=organisation)
        .exclude(pk=leaving.pk)
        .first()
    )
    if row is None or not rules.manages(leaving):
        raise NotAllowed(_("Choose a confirmed colleague of this company."))
    if row.role != Membership.Role.MANAGER:
        row.role = Membership.Role.MANAGER
        row.save(update_fields=["role"])
    tell(
        row.user,
        f"members.handover:{leaving.pk}:{row.pk}",
        lambda: (
            _("%(name)s leaves %(company)s and hands over to you.")
            % {"name": leaving.user.public_name, "company": organisation.name}
        ),
        company_path(organisation),
    )


def go(row: Membership, organisation: Organisation) -> None:
    """End a membership whose organisation is locked, and see to what it leaves behind."""
    decided = rules.manages(row)
    row.left_at = timezone.now()
    row.save(update_fields=["left_at"])
    if organisation.confirmed_at is None:
        no_longer_wait(organisation)
    if Membership.objects.managers().filter(organisation=organisation).exists():
        return
    bump_on_commit()  # the public page no longer offers to write to anybody
    JoinRequest.objects.filter(
        organisation=organisation, state=JoinRequest.State.PENDING, escalated_at=None
    ).update(escalated_at=row.left_at)
    if decided:
        timeline.record(
            organisation,
            Step.Kind.NOTE,
            lambda: _("The last manager left: nobody decides for the company any more."),
            source=f"members.departure:{row.pk}",
        )


def remove(membership: Membership, by: User) -> Membership:
    """A manager, or staff, ends a colleague's membership; she is told. Raises NotAllowed."""
    with transaction.atomic():
        organisation = lock(membership.organisation)
        if not rules.may_decide(by, organisation):
            raise NotAllowed(_("Only a manager of the company can do this."))
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.left_at:
            return row
        if row.user == by:
            raise NotAllowed(_("To go yourself, leave the company."))
        go(row, organisation)
    tell(
        row.user,
        f"members.removal:{row.pk}",
        lambda: _("You are no longer part of %(company)s.") % {"company": organisation.name},
        reverse("company_mine"),
    )
    return row


def depart(user: User) -> None:
    """End all the memberships of somebody whose account goes, even the last manager's."""
    for membership in Membership.objects.current().filter(user=user).select_related("organisation"):
        with transaction.atomic():
            organisation = lock(membership.organisation)
            go(membership, organisation)
