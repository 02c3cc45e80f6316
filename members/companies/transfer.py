"""Staff put a company in other hands: its manager left, died, or was never the right person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from members import timeline
from members.models import Membership, Step, User

from . import rules
from .membership import change_role, hand_over, lock
from .refusals import NotAllowed

if TYPE_CHECKING:
    from members.models import Organisation


def transfer(organisation: Organisation, to: User, by: User, *, alone: bool = False) -> Membership:
    """Make `to` a manager of the company; the only one when `alone`, the others staying as members.

    Raises NotAllowed for who is not staff, and for an account that is not in use and verified.
    """
    if not rules.is_staff(by):
        raise NotAllowed(_("Only the association can do this."))
    if not User.objects.members().filter(pk=to.pk).exists():
        raise NotAllowed(_("This account is not in use, or its address is not verified."))
    with transaction.atomic():
        organisation = lock(organisation)
        membership = hand_over(organisation, to, by)
        others = Membership.objects.managers().filter(organisation=organisation).exclude(pk=membership.pk)
        if alone:
            for row in others.order_by("pk"):
                change_role(row, Membership.Role.MEMBER, by)
        timeline.record(
            organisation,
            Step.Kind.NOTE,
            lambda: _("The association handed the management to %(name)s.") % {"name": to.public_name},
            author=by,
        )
    return membership
