"""Getting in touch (decision 13): a first message, then nothing until the other side answers.

Every verb locks the accounts and the conversation it is about, checks, saves, and tells whoever is
concerned. Nothing is stored when ContactRefusedError is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.models import ContactRequest, Message, Organisation, Reading, User

from . import emails, limits
from .refusals import ContactRefusedError, Refusal
from .rules import OPEN, answerers, blocks, is_receiver, takes_part
from .visibility import is_member

if TYPE_CHECKING:
    import datetime as dt


State = ContactRequest.State
LONGEST = 5000
SUBJECT_LENGTH = 150


# ---------------------------------------------------------------- who, to whom
def refusal_for(sender: User, target: User | Organisation) -> Refusal | None:
    """Why a sender may not write to a member or a company at all; None when nothing forbids it."""
    if not is_member(sender):
        return Refusal.NOT_A_MEMBER
    if not sender.get_full_name():
        return Refusal.NAMELESS
    return (
        company_refusal(sender, target)
        if isinstance(target, Organisation)
        else person_refusal(sender, target)
    )


def company_refusal(sender: User, company: Organisation) -> Refusal | None:
    """The same of a company: somebody must read it who does not mind hearing from the sender."""
    managers = answerers(company)
    if managers.filter(pk=sender.pk).exists():
        return Refusal.OWN_COMPANY
    reachable = company.confirmed_at and managers.exclude(pk__in=blocks(sender)).exists()
    return None if reachable else Refusal.UNREACHABLE


def person_refusal(sender: User, person: User) -> Refusal | None:
    """The same of a member."""
    if sender == person:
        return Refusal.SELF
    if sender.blocks.filter(blocked=person).exists():
        return Refusal.BLOCKED_BY_ME
    blocked = person.blocks.filter(blocked=sender).exists()
    return Refusal.UNREACHABLE if blocked or not is_member(person) else None


def open_between(sender: User, target: User | Organisation) -> ContactRequest | None:
    """The conversation that runs already, whoever began it."""
    if isinstance(target, Organisation):
        pair = Q(sender=sender, organisation=target)
    else:
        pair = Q(sender=sender, recipient=target) | Q(sender=target, recipient=sender)
    return ContactRequest.objects.filter(pair, state__in=OPEN).order_by("pk").first()


def obstacle(sender: User, target: User | Organisation) -> Refusal | None:
    """Why a first message would be refused now, the limits included: known before it is written."""
    refusal = refusal_for(sender, target)
    if refusal is None:
        try:
            limits.check_conversation(sender, target)
        except ContactRefusedError as error:
            refusal = error.refusal
    return refusal


# ---------------------------------------------------------------- verbs
@transaction.atomic
def write(sender: User, target: User | Organisation, subject: str, text: str) -> ContactRequest:
    """Write a first message; return its conversation.

    When one runs already it goes on instead, so that two first messages at the same moment, from
    either side, make one conversation.
    """
    text = worded(text)
    hold(sender, target)
    refusal = refusal_for(sender, target)
    if refusal is not None:
        raise ContactRefusedError(refusal)
    known = open_between(sender, target)
    if known is not None:
        return go_on(known, sender, text)
    limits.check_conversation(sender, target)
    now = timezone.now()
    to = {"organisation": target} if isinstance(target, Organisation) else {"recipient": target}
    conversation = ContactRequest.objects.create(
        sender=sender,
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        created_at=now,
        last_message_at=now,
        **to,
    )
    add(conversation, sender, text, now)
    return conversation


@transaction.atomic
def answer(conversation: ContactRequest, author: User, text: str) -> Message:
    """Write in a conversation. The other side's first answer accepts it.

    The same words sent twice in a row are one message: a button pressed twice.
    """
    text = worded(text)
    hold(author)
    current = locked(conversation)
    check_may_answer(current, author)
    last = current.messages.order_by("-sent_at", "-pk").first()
    if last is not None and (last.author_id, last.text) == (author.pk, text):
        return last
    limits.check_message(author)
    now = timezone.now()
    if current.state == State.PENDING:
        current.state, current.answered_at = State.ACCEPTED, now
    current.last_message_at = now
    current.save(update_fields=["state", "answered_at", "last_message_at"])
    return add(current, author, text, now)


@transaction.atomic
def accept(conversation: ContactRequest, by: User) -> None:
    """Let the sender write more, before answering. Does nothing once it is open."""
    current = locked(conversation)
    check_receives(current, by)
    if current.state == State.PENDING:
        current.state, current.answered_at = State.ACCEPTED, timezone.now()
        current.save(update_fields=["state", "answered_at"])
        emails.tell_accepted(current, by)
    elif current.state != State.ACCEPTED:
        raise ContactRefusedError(Refusal.ENDED)


@transaction.atomic
def decline(conversation: ContactRequest, by: User) -> None:
    """Not follow a request up. The sender is not told why, nor that somebody chose so."""
    current = locked(conversation)
    check_receives(current, by)
    if current.state == State.PENDING:
        current.state = State.BLOCKED
        current.save(update_fields=["state"])
    elif current.state != State.BLOCKED:
        raise ContactRefusedError(Refusal.ENDED)


@transaction.atomic
def close(conversation: ContactRequest, by: User) -> None:
    """End a conversation that was answered; either side may, and either may begin another."""
    current = locked(conversation)
    if not takes_part(by, current) or current.state in (State.PENDING, State.BLOCKED):
        raise ContactRefusedError(Refusal.WAITING)
    if current.state == State.ACCEPTED:
        current.state = State.CLOSED
        current.save(update_fields=["state"])


def close_forgotten(before: dt.datetime) -> int:
    """Close what nobody answered since `before`, so that the sender may write again; return how many."""
    forgotten = ContactRequest.objects.filter(state=State.PENDING, created_at__lt=before)
    return forgotten.update(state=State.CLOSED)


def seen(conversation: ContactRequest, user: User) -> None:
    """Record that somebody has read a conversation up to now."""
    Reading.objects.bulk_create(
        [Reading(request=conversation, user=user, read_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["request", "user"],
        update_fields=["read_at"],
    )


# ---------------------------------------------------------------- parts of verbs
def worded(text: str) -> str:
    """The text as it is kept: no controls, no blank ends. Raises ContactRefusedError."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or c.isprintable() or c.isspace()).strip()
    if not kept:
        raise ContactRefusedError(Refusal.EMPTY)
    if len(kept) > LONGEST:
        raise ContactRefusedError(Refusal.TOO_LONG)
    return kept


def hold(*parties: User | Organisation) -> None:
    """Lock accounts and companies, always in the same order."""
    for model in (User, Organisation):
        keys = [party.pk for party in parties if isinstance(party, model)]
        rows = model._default_manager.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update(no_key=True))


def locked(conversation: ContactRequest) -> ContactRequest:
    """The conversation as it is now, locked."""
    return ContactRequest.objects.select_for_update().get(pk=conversation.pk)


def go_on(conversation: ContactRequest, author: User, text: str) -> ContactRequest:
    """Add a first message to the conversation that runs already."""
    first = conversation.messages.order_by("sent_at", "pk").first()
    again = first is not None and (first.author_id, first.text) == (author.pk, text)
    if not again:
        answer(conversation, author, text)
    return conversation


def check_may_answer(conversation: ContactRequest, author: User) -> None:
    """Raise ContactRefusedError unless it is this person's turn, in a conversation that runs."""
    if not takes_part(author, conversation) or not is_member(author):
        raise ContactRefusedError(Refusal.NOT_A_MEMBER)
    if conversation.state not in OPEN:
        raise ContactRefusedError(Refusal.ENDED)
    if conversation.state == State.PENDING and not is_receiver(author, conversation):
        raise ContactRefusedError(Refusal.WAITING)
    if not author.get_full_name():
        raise ContactRefusedError(Refusal.NAMELESS)
    if conversation.recipient_id:
        other = conversation.recipient if author.pk == conversation.sender_id else conversation.sender
        if other is None or not is_member(other):
            raise ContactRefusedError(Refusal.UNREACHABLE)


def check_receives(conversation: ContactRequest, by: User) -> None:
    """Raise ContactRefusedError unless this person was written to."""
    if not is_receiver(by, conversation):
        raise ContactRefusedError(Refusal.NOT_A_MEMBER)


def add(conversation: ContactRequest, author: User, text: str, now: dt.datetime) -> Message:
    """Store a message and tell the other side."""
    message = Message.objects.create(request=conversation, author=author, text=text, sent_at=now)
    seen(conversation, author)
    emails.tell_message(conversation, message)
    return message
