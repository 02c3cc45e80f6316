"""Messages that a reader found wrong: the only ones that staff may read.

What staff decide is in `members.moderation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from members.cases.kinds import Pending
from members.cases.opening import open_case
from members.models import MessageReport

from .refusals import ContactRefusedError, Refusal
from .rules import may_report

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Message, User

REASON_LENGTH = 500
# The kind of their cases in the queue: one for each message, whoever reported it.
CASE = "message"


@transaction.atomic
def report(message: Message, reporter: User, reason: str) -> MessageReport:
    """Call the staff's attention to a message; once a reader. Raises ContactRefusedError."""
    if not may_report(reporter, message) or message.removed_at is not None:
        raise ContactRefusedError(Refusal.ENDED)
    row, _created = MessageReport.objects.get_or_create(
        message=message, reporter=reporter, defaults={"reason": " ".join(reason.split())[:REASON_LENGTH]}
    )
    if not row.decision:
        open_case(CASE, pending(row))
    return row


def open_reports() -> QuerySet[MessageReport]:
    """Reports that nobody decided on, the oldest first, with what a case says of each."""
    rows = MessageReport.objects.filter(decision="").order_by("created_at", "pk")
    return rows.select_related("message__author", "message__request__organisation")


def pending(report: MessageReport) -> Pending:
    """The case of a reported message. The list shows why it was reported, no word of the message."""
    return Pending(
        target=str(report.message_id),
        title=report.reason or report.message.request.subject,
        since=report.created_at,
        author=report.message.author,
        organisation=report.message.request.organisation,
    )
