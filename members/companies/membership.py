"""Being part of a company: confirmed, admitted, with one role or another.

Every verb locks the organisation's row first: who manages it is decided one change at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.generation import bump_on_commit
from members import timeline
from members.models import JoinRequest, Membership, Organisation, Step

from . import rules
from .refusals import AlreadyDecided, LastManager, NotAllowed
from .telling import tell
from .unproved import no_longer_wait

if TYPE_CHECKING:
    from members.models import User

LAST_MANAGER = gettext_lazy(
    "You are the last manager: hand over to a colleague first, so that somebody can decide for the company."
)


def lock(organisation: Organisation) -> Organisation:
    """The organisation's row, held until the transaction ends. Raises AlreadyDecided once merged away."""
    found = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).first()
    if found is None:
        raise AlreadyDecided(_("This company is no longer here."))
    return found


def company_path(organisation: Organisation) -> str:
    """Where its members see a company, in the active language."""
    return reverse("company_home", args=[organisation.slug])


def confirm(membership: Membership, proof: str, by: User | None = None) -> Membership:
    """Record that it is proved that a person acts for a company, which is confirmed with her.

    Idempotent: a second proof changes nothing. The person is told.
    """
    with transaction.atomic():
        organisation = lock(membership.organisation)
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.left_at or row.is_confirmed:
            return row
        row.confirmed_at, row.confirmation, row.confirmed_by = timezone.now(), proof, by
        row.save(update_fields=["confirmed_at", "confirmation", "confirmed_by"])
        confirm_organisation(organisation)
        bump_on_commit()
        timeline.record(
            organisation,
            Step.Kind.CONTACT,
            lambda: (
                _("%(name)s acts for the company: %(proof)s.")
                % {"name": row.user.public_name, "proof": row.get_confirmation_display()}
            ),
            author=by,
            source=f"members.confirmation:{row.pk}",
        )
        tell(
            row.user,
            f"members.confirmation:{row.pk}",
            lambda: _("You are confirmed for %(company)s.") % {"company": organisation.name},
            company_path(organisation),
        )
    return row


def confirm_organisation(organisation: Organisation) -> None:
    """From now on things may be shown in its name. The row is locked by the caller."""
    if organisation.confirmed_at is None:
        organisation.confirmed_at = timezone.now()
        organisation.save(update_fields=["confirmed_at"])
        no_longer_wait(organisation)


def admit(
    user: User, organisation: Organisation, role: str, proof: str, by: User | None = None
) -> Membership:
    """Make a person a confirmed member; somebody who is one already keeps her role, or gets a higher one."""
    with transaction.atomic():
        organisation = lock(organisation)
        membership, created = Membership.objects.get_or_create(
            user=user, organisation=organisation, left_at=None, defaults={"role": role}
        )
        if not created and role == Membership.Role.MANAGER and membership.role != role:
            membership.role = role
            membership.save(update_fields=["role"])
        close_requests(user, organisation, by)
        return confirm(membership, proof, by)


def close_requests(user: User, organisation: Organisation, by: User | None) -> None:
    """Somebody who is admitted, whatever the way, no longer asks."""
    JoinRequest.objects.filter(user=user, organisation=organisation, state=JoinRequest.State.PENDING).update(
        state=JoinRequest.State.ACCEPTED, decided_at=timezone.now(), decided_by=by
    )


def change_role(membership: Membership, role: str, by: User) -> Membership:
    """A manager, or staff, changes what a colleague may do. Raises NotAllowed or LastManager."""
    with transaction.atomic():
        organisation = lock(membership.organisation)
        if not rules.may_decide(by, organisation):
            raise NotAllowed(_("Only a manager of the company can do this."))
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.left_at or row.role == role:
            return row
        if role == Membership.Role.MANAGER and not row.is_confirmed:
            raise NotAllowed(_("This person is still to be confirmed."))
        if role == Membership.Role.MEMBER and not other_managers(row):
            raise LastManager(LAST_MANAGER)
        row.role = role
        row.save(update_fields=["role"])
    if row.user != by:
        tell(
            row.user,
            f"members.role:{row.pk}:{role}:{timezone.now():%Y%m%d%H%M}",
            lambda: (
                _("Your role for %(company)s is now: %(role)s.")
                % {"company": organisation.name, "role": row.get_role_display()}
            ),
            company_path(organisation),
        )
    return row


def other_managers(membership: Membership) -> bool:
    """Whether somebody else could decide for the company."""
    managers = Membership.objects.managers().filter(organisation=membership.organisation_id)
    return managers.exclude(pk=membership.pk).exists()


def hand_over(organisation: Organisation, to: User, by: User) -> Membership:
    """Staff make somebody a manager of a company, for instance when the last one left."""
    return admit(to, organisation, Membership.Role.MANAGER, Membership.Confirmation.STAFF, by)
