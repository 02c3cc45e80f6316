"""Who counts as a signatory when something is for signatories only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.audiences import register_audience
from members.models import Membership
from members.people.visibility import is_member

from .models import Signature

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

SIGNATORIES = "signatories"


def is_signatory(user: User | AnonymousUser) -> bool:
    """Whether somebody is, by proof, of an organisation whose signature stands (labelled or not)."""
    if not is_member(user):
        return False
    organisations = Membership.objects.confirmed().filter(user=user.pk).order_by().values("organisation")
    return Signature.objects.signed().filter(organisation__in=organisations).exists()


def register() -> None:
    """Make signatories known to whatever asks who may take something."""
    register_audience(SIGNATORIES, is_signatory)
