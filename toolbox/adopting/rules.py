"""Who may say that a company takes up a practice, and who may have it named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation, User
    from toolbox.models import Adoption

RECORDING = "toolbox.change_adoption"


def may_name(membership: Membership) -> bool:
    """Whether the company may be named through this person: she is proved, and so is the company."""
    confirmed = membership.organisation.confirmed_at is not None
    return membership.left_at is None and membership.is_confirmed and confirmed


def may_change(membership: Membership, adoption: Adoption | None) -> bool:
    """Any current member, as long as nothing shows in the company's name; then those who are proved."""
    return adoption is None or not adoption.shown or may_name(membership)


def memberships_of(user: User) -> QuerySet[Membership]:
    """The companies for which this person may say something, by name."""
    rows = Membership.objects.current().filter(user=user).select_related("organisation")
    return rows.order_by("organisation__name", "pk")


def may_say_for(user: User, organisation: Organisation) -> bool:
    """Whether this person belongs to the company now."""
    return Membership.objects.current().filter(user=user, organisation=organisation).exists()


def may_moderate(user: User) -> bool:
    """Whether this person decides on adoptions: her own words wait for nobody."""
    return user.is_active and user.has_perm(RECORDING)
