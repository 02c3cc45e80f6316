"""How rows of two organisations that become one are brought together, where both may not stand.

Each rule takes a row of the organisation that goes and the one that is kept; it answers True when it
has dealt with the row, False to have it moved as it is. Nothing that somebody wrote is lost: what
cannot stand twice is ended, closed or withdrawn, then moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from .models import ContactRequest, Invitation, JoinRequest, Membership, OrganisationDomain, Step

if TYPE_CHECKING:
    from common.registries import MergeRule

    from .models import Organisation


def rank(membership: Membership) -> tuple[bool, bool, float]:
    """Proved before unproved, managers before members, the earliest proof first."""
    proved = membership.confirmed_at
    manager = membership.role == Membership.Role.MANAGER
    return proved is not None, manager, -proved.timestamp() if proved else -membership.joined_at.timestamp()


def keep_one_membership(row: Membership, kept: Organisation) -> bool:
    """Somebody belongs to both: the stronger membership goes on, the other ends today."""
    if row.left_at is not None:
        return False
    other = Membership.objects.current().filter(user=row.user_id, organisation=kept).first()
    if other is None:
        return False
    weaker = min(row, other, key=rank)
    Membership.objects.filter(pk=weaker.pk).update(left_at=timezone.now())
    return False


def withdraw_second_request(row: JoinRequest, kept: Organisation) -> bool:
    """Somebody asked to join both, or asks to join what she already belongs to."""
    if row.state != JoinRequest.State.PENDING:
        return False
    asked = JoinRequest.objects.filter(user=row.user_id, organisation=kept, state=JoinRequest.State.PENDING)
    belongs = Membership.objects.current().filter(user=row.user_id, organisation=kept)
    if asked.exists() or belongs.exists():
        JoinRequest.objects.filter(pk=row.pk).update(
            state=JoinRequest.State.WITHDRAWN, decided_at=timezone.now()
        )
    return False


def revoke_second_invitation(row: Invitation, kept: Organisation) -> bool:
    """The same address was invited by both: the first kept invitation stands."""
    others = Invitation.objects.unanswered().filter(organisation=kept, email__iexact=row.email)
    unanswered = Invitation.objects.unanswered().filter(pk=row.pk)
    if others.exists():
        unanswered.update(revoked_at=timezone.now())
    return False


def close_second_conversation(row: ContactRequest, kept: Organisation) -> bool:
    """Somebody writes to both: the conversation that moves is closed, and can still be read."""
    standing = ContactRequest.State.PENDING, ContactRequest.State.ACCEPTED
    others = ContactRequest.objects.filter(sender=row.sender_id, organisation=kept, state__in=standing)
    if row.state in standing and others.exists():
        ContactRequest.objects.filter(pk=row.pk).update(state=ContactRequest.State.CLOSED)
    return False


def drop_same_step(row: Step, kept: Organisation) -> bool:
    """The same event was written in both timelines."""
    if not row.source or not Step.objects.filter(organisation=kept, source=row.source).exists():
        return False
    row.delete()
    return True


def drop_same_domain(row: OrganisationDomain, kept: Organisation) -> bool:
    """Both have the same mail domain."""
    if not OrganisationDomain.objects.filter(organisation=kept, domain=row.domain).exists():
        return False
    row.delete()
    return True


RULES: dict[str, MergeRule] = {
    Membership._meta.label: keep_one_membership,
    JoinRequest._meta.label: withdraw_second_request,
    Invitation._meta.label: revoke_second_invitation,
    ContactRequest._meta.label: close_second_conversation,
    Step._meta.label: drop_same_step,
    OrganisationDomain._meta.label: drop_same_domain,
}
