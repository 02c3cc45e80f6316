"""Recording a company that nobody knew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import timeline
from members.models import Membership, Organisation, Step

from .names import free_slug
from .refusals import AlreadyKnown, TooMany
from .unproved import wait_for_staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User

ATTEMPTS = 3
MOST_A_DAY = 5


def found_company(user: User, values: Mapping[str, Any]) -> Membership:
    """Record an organisation that nobody knew; its first representative is to be confirmed.

    Raises AlreadyKnown, with the organisation, when its SIRET was recorded meanwhile, and TooMany
    above five a day.
    """
    since = timezone.now() - dt.timedelta(days=1)
    lately = Membership.objects.filter(user=user, confirmed_at=None, joined_at__gt=since)
    if lately.count() >= MOST_A_DAY:
        raise TooMany(_("You have recorded five companies today. Come back tomorrow, or call us."))
    for _attempt in range(ATTEMPTS):
        try:
            return write(user, values)
        except IntegrityError:
            # Of the two constraints, the SIRET's is somebody's company; the slug's is only a name.
            known = values.get("siret") and Organisation.objects.filter(siret=values["siret"]).first()
            if known:
                raise AlreadyKnown(known) from None
    raise IntegrityError("no free address for this organisation")


@transaction.atomic
def write(user: User, values: Mapping[str, Any]) -> Membership:
    """Both rows, and the step that says who recorded them."""
    organisation = Organisation.objects.create(
        **values,
        slug=free_slug(values["name"]),
        origin=Organisation.Origin.MEMBER,
        confirmed_at=None,
    )
    membership = Membership.objects.create(user=user, organisation=organisation, role=Membership.Role.MANAGER)
    timeline.record(
        organisation,
        Step.Kind.NOTE,
        lambda: _("Recorded by a member, %(name)s, who is to be confirmed.") % {"name": user.public_name},
        author=user,
        source=f"members.founding:{membership.pk}",
    )
    wait_for_staff(membership)
    return membership
