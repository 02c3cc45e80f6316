"""Who may do what with profiles and conversations: one predicate each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from members.models import Block, ContactRequest, Membership

from .visibility import in_use

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Message, Organisation, User

State = ContactRequest.State
OPEN = (State.PENDING, State.ACCEPTED)


def answerers(organisation: Organisation) -> QuerySet[User]:
    """Who reads what is written to a company: its confirmed managers in use."""
    managers = Membership.objects.managers().filter(organisation=organisation)
    return in_use().filter(pk__in=managers.values("user"))


def managed_by(user: User) -> QuerySet[Membership]:
    """The proved memberships by which somebody answers for companies, as a sub-query of their keys."""
    return Membership.objects.managers().filter(user=user)


def blocks(user: User) -> QuerySet[Block]:
    """Keys of those who do not want to hear from somebody."""
    return Block.objects.filter(blocked=user).order_by().values("blocker")  # type: ignore[return-value]


def taking_part(user: User) -> QuerySet[ContactRequest]:
    """The conversations somebody may read: her own, and those of the companies she answers for."""
    mine = Q(sender=user) | Q(recipient=user)
    company = Q(organisation__in=managed_by(user).order_by().values("organisation"))
    return ContactRequest.objects.filter(mine | company)


def takes_part(user: User, conversation: ContactRequest) -> bool:
    """Whether somebody may read a conversation."""
    return user.pk == conversation.sender_id or is_receiver(user, conversation)


def is_receiver(user: User, conversation: ContactRequest) -> bool:
    """Whether somebody is on the side that was written to."""
    if user.pk == conversation.sender_id:
        return False
    if conversation.organisation_id:
        return managed_by(user).filter(organisation=conversation.organisation_id).exists()
    return user.pk == conversation.recipient_id


def may_report(user: User, message: Message) -> bool:
    """Whether a reader may call the staff's attention to a message: not on her own."""
    return user.pk != message.author_id and takes_part(user, message.request)
