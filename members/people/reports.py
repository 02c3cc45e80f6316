"""Messages that a reader found wrong: the only ones that staff may read, with two around them.

What staff decide is in `members.moderation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from members.models import Message, MessageReport

from .refusals import ContactRefusedError, Refusal
from .rules import may_report

if TYPE_CHECKING:
    from members.models import User

AROUND = 2
REASON_LENGTH = 500


def report(message: Message, reporter: User, reason: str) -> MessageReport:
    """Call the staff's attention to a message; once a reader. Raises ContactRefusedError."""
    if not may_report(reporter, message) or message.removed_at is not None:
        raise ContactRefusedError(Refusal.ENDED)
    row, _created = MessageReport.objects.get_or_create(
        message=message, reporter=reporter, defaults={"reason": " ".join(reason.split())[:REASON_LENGTH]}
    )
    return row


def context_of(report: MessageReport) -> Sequence[Message]:
    """The reported message between the two before and the two after it: what staff may read."""
    told, at = report.message, report.message.sent_at
    others = Message.objects.filter(request=told.request_id).select_related("author")
    before = others.filter(Q(sent_at__lt=at) | Q(sent_at=at, pk__lt=told.pk)).order_by("-sent_at", "-pk")
    after = others.filter(Q(sent_at__gt=at) | Q(sent_at=at, pk__gt=told.pk)).order_by("sent_at", "pk")
    return [*reversed(before[:AROUND]), told, *after[:AROUND]]
