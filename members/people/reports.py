"""Messages that a reader found wrong: the only ones that staff may read.

What staff decide is in `members.moderation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import MessageReport

from .refusals import ContactRefusedError, Refusal
from .rules import may_report

if TYPE_CHECKING:
    from members.models import Message, User

REASON_LENGTH = 500


def report(message: Message, reporter: User, reason: str) -> MessageReport:
    """Call the staff's attention to a message; once a reader. Raises ContactRefusedError."""
    if not may_report(reporter, message) or message.removed_at is not None:
        raise ContactRefusedError(Refusal.ENDED)
    row, _created = MessageReport.objects.get_or_create(
        message=message, reporter=reporter, defaults={"reason": " ".join(reason.split())[:REASON_LENGTH]}
    )
    return row
