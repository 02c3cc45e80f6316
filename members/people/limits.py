"""How much one may write: enough for anybody's work, too little for a campaign.

Counted in the database, under the lock of the sender's row: the limits hold across processes.
`CONTACT_LIMITS` in the settings changes them by name.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from members.models import ContactRequest, Message, Organisation

from .refusals import ContactRefusedError, Refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """Conversations that one begins, and messages that one writes, in any 24 hours.

    `unanswered_*` is how often one may write to the same member or company in vain within
    `unanswered_days`.
    """

    conversations: int = 10
    newcomer_conversations: int = 3
    newcomer_hours: int = 24
    messages: int = 100
    unanswered_by_member: int = 1
    unanswered_by_company: int = 3
    unanswered_days: int = 30


def limits() -> Limits:
    """The limits of this installation."""
    return Limits(**settings.CONTACT_LIMITS)


def check_message(author: User) -> None:
    """Raise ContactRefusedError when the day's messages are used up."""
    written = Message.objects.filter(author=author, sent_at__gt=timezone.now() - DAY)
    if written.count() >= limits().messages:
        raise ContactRefusedError(Refusal.MESSAGES)


def check_conversation(sender: User, target: User | Organisation) -> None:
    """Raise ContactRefusedError when one more conversation is one too many."""
    known, now = limits(), timezone.now()
    mine: QuerySet[ContactRequest] = ContactRequest.objects.filter(sender=sender)
    begun = mine.filter(created_at__gt=now - DAY).count()
    if begun >= known.conversations:
        raise ContactRefusedError(Refusal.CONVERSATIONS)
    is_new = sender.date_joined > now - dt.timedelta(hours=known.newcomer_hours)
    if is_new and begun >= known.newcomer_conversations:
        raise ContactRefusedError(Refusal.NEWCOMER)
    lately = mine.filter(answered_at=None, created_at__gt=now - dt.timedelta(days=known.unanswered_days))
    if isinstance(target, Organisation):
        in_vain, most = lately.filter(organisation=target), known.unanswered_by_company
    else:
        in_vain, most = lately.filter(recipient=target), known.unanswered_by_member
    if in_vain.count() >= most:
        raise ContactRefusedError(Refusal.UNANSWERED)
    check_message(sender)
