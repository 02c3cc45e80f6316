"""Who may read, write and take up a contribution: one predicate each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from members.models import Membership
from toolbox.models import Contribution
from toolbox.rules import may_moderate, may_write

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation, User


__all__ = ["may_read", "may_see_files", "may_take_up", "may_write"]


def reviews(user: Any, contribution: Contribution) -> bool:
    """Whether this person reads it for the team: what was sent once, never what is still being written."""
    if contribution.submitted_at is None or not user.is_authenticated:
        return False
    return bool(user.has_perm("toolbox.view_contribution") or may_moderate(user))


def companies_of(user: User) -> QuerySet[Membership, Any]:
    """Keys of the companies for which it is proved that she acts."""
    return Membership.objects.confirmed().filter(user=user).order_by().values("organisation")


def readable_by(user: User) -> QuerySet[Contribution]:
    """What this person may read: hers, and those of her companies."""
    return Contribution.objects.filter(Q(author=user) | Q(organisation__in=companies_of(user)))


def may_read(user: Any, contribution: Contribution) -> bool:
    """Its author, confirmed members of its company, and the team once it was sent."""
    if not user.is_authenticated or not user.is_active:
        return False
    if contribution.author_id == user.pk or reviews(user, contribution):
        return True
    return readable_by(user).filter(pk=contribution.pk).exists()


def is_author(user: Any, contribution: Contribution) -> bool:
    """Whether she is the one who tells it."""
    return bool(user.is_authenticated and user.is_active and contribution.author_id == user.pk)


def may_see_files(user: Any, contribution: Contribution) -> bool:
    """Its author, the confirmed managers of its company, and the team once it was sent."""
    if is_author(user, contribution) or reviews(user, contribution):
        return True
    return bool(user.is_authenticated) and manages(user, contribution.organisation)


def manages(user: Any, organisation: Organisation | None) -> bool:
    """Whether this person is a confirmed manager of a company."""
    if organisation is None or not user.is_active:
        return False
    return Membership.objects.managers().filter(user=user, organisation=organisation).exists()


def belongs(user: User, organisation: Organisation | None) -> bool:
    """Whether this person is part of the company now."""
    if organisation is None:
        return False
    return Membership.objects.current().filter(user=user, organisation=organisation).exists()


def may_take_up(user: Any, contribution: Contribution) -> bool:
    """A manager of its company, once its author has left: the company, or the site."""
    if not contribution.may_be_written or not user.is_authenticated or contribution.author_id == user.pk:
        return False
    author = contribution.author
    gone = author is None or not author.is_active or not belongs(author, contribution.organisation)
    return gone and manages(user, contribution.organisation)
