"""Who may do what for a company: one predicate each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Membership

if TYPE_CHECKING:
    from members.models import Organisation, User


def membership_of(user: User, organisation: Organisation) -> Membership | None:
    """How this person is part of this organisation now, if she is."""
    return Membership.objects.current().filter(user=user, organisation=organisation).first()


def may_speak_for(user: User, organisation: Organisation) -> bool:
    """Whether something may be shown in the organisation's name through this person."""
    return Membership.objects.confirmed().filter(user=user, organisation=organisation).exists()


def is_manager(user: User, organisation: Organisation) -> bool:
    """Whether this person decides for the organisation: a confirmed manager."""
    return Membership.objects.managers().filter(user=user, organisation=organisation).exists()


def is_staff(user: User) -> bool:
    """Whether this person may decide in the place of managers: facilitators and administrators."""
    return user.is_active and user.has_perm("members.change_joinrequest")


def may_decide(user: User, organisation: Organisation) -> bool:
    """Whether this person may answer those who ask to join."""
    return is_manager(user, organisation) or is_staff(user)


def manages(membership: Membership) -> bool:
    """The same as `is_manager`, of a membership at hand."""
    return (
        membership.left_at is None and membership.is_confirmed and membership.role == Membership.Role.MANAGER
    )


def may_edit(membership: Membership) -> bool:
    """Managers; and a founder who is still to be confirmed, while nothing of the company is shown."""
    founder = membership.left_at is None and membership.role == Membership.Role.MANAGER
    return manages(membership) or (founder and membership.organisation.confirmed_at is None)


def is_to_confirm(membership: Membership) -> bool:
    """Whether it still has to be proved that the person acts for the company."""
    return membership.left_at is None and not membership.is_confirmed
