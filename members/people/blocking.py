"""Not hearing from somebody any more, who is not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from members.models import Block, ContactRequest, Kind, Notification

from .contact import hold
from .refusals import ContactRefusedError, Refusal
from .rules import managed_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

State = ContactRequest.State


def open_for(blocker: User, blocked: User) -> QuerySet[ContactRequest]:
    """The conversations of two people, and of the companies that the first answers for."""
    companies = managed_by(blocker).order_by().values("organisation")
    received = Q(sender=blocked) & (Q(recipient=blocker) | Q(organisation__in=companies))
    return ContactRequest.objects.filter(received | Q(sender=blocker, recipient=blocked))


@transaction.atomic
def block(blocker: User, blocked: User) -> Block:
    """Close what runs between two people; the other can neither write nor be told from whom it came.

    A request that waited looks to its sender like any that was not followed up.
    """
    if blocker == blocked:
        raise ContactRefusedError(Refusal.SELF)
    hold(blocker, blocked)
    row, _created = Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    between = open_for(blocker, blocked)
    between.filter(state=State.PENDING, sender=blocked).update(state=State.BLOCKED)
    between.filter(state__in=[State.PENDING, State.ACCEPTED]).update(state=State.CLOSED)
    told = Notification.objects.filter(user=blocker, actor=blocked, kind=Kind.MESSAGE, read_at=None)
    told.delete()
    return row


def unblock(blocker: User, blocked: User) -> bool:
    """Let somebody write again; return whether she could not."""
    return bool(Block.objects.filter(blocker=blocker, blocked=blocked).delete()[0])


def blocked_by(user: User) -> QuerySet[Block]:
    """Whom somebody does not hear from, the latest first."""
    return (
        Block.objects.filter(blocker=user).select_related("blocked__profile").order_by("-created_at", "-pk")
    )
