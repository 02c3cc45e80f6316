"""The one way out for mail: written as rows in the caller's transaction, sent by the tick."""

from __future__ import annotations

import datetime as dt
import logging
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from common.models import OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger("atoutage.outbox")

# Waits between attempts: mail servers that grey-list accept after some minutes.
RETRY_AFTER = [dt.timedelta(minutes=m) for m in (1, 5, 30, 120, 720, 1440)]
LEASE = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=30)


class OutboxBackend(BaseEmailBackend):
    """`EMAIL_BACKEND`: keeps each message in the database; nothing is sent from a request.

    A message may carry the moment before which it must not leave in `message.send_after`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = []
        for message in email_messages:
            recipients = message.recipients()
            if recipients:
                rows.append(
                    OutboxMessage(
                        recipients=recipients,
                        subject=str(message.subject)[:500],
                        source=message.message().as_bytes(),
                        send_after=getattr(message, "send_after", None) or timezone.now(),
                    )
                )
        OutboxMessage.objects.bulk_create(rows)
        return len(rows)


class StoredSource:
    """The bytes of a message, as Django's mail backends ask for them."""

    def __init__(self, source: bytes) -> None:
        self.source = source.replace(b"\r\n", b"\n")

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        """The message with the line ends asked for (RFC 5321 wants CRLF)."""
        return self.source.replace(b"\n", linesep.encode())

    def get_charset(self) -> None:
        """The console backend asks; the headers of the message say it already."""


class StoredMessage(EmailMessage):
    """An outbox row as Django's mail backends want it: the bytes stay those that were stored."""

    def __init__(self, row: OutboxMessage) -> None:
        self.stored = StoredSource(bytes(row.source))
        parsed = message_from_bytes(self.stored.source, policy=policy.default)
        super().__init__(subject=row.subject, to=row.recipients, from_email=str(parsed["From"]))

    def message(self, **_policy: Any) -> Any:
        return self.stored


def deliver_due(limit: int = 200) -> tuple[int, int]:
    """Send what is due; return how many left and how many failed.

    A row is first claimed for `LEASE`, so that no lock is held while a mail server thinks and two
    senders never take the same row. A crash after sending repeats one message; none is ever lost.
    """
    sent = failed = 0
    connection = get_connection(settings.OUTBOX_DELIVERY_BACKEND)
    for pk in list(OutboxMessage.objects.due().order_by("send_after").values_list("pk", flat=True)[:limit]):
        claimed = OutboxMessage.objects.due().filter(pk=pk)
        if not claimed.update(attempts=F("attempts") + 1, send_after=timezone.now() + LEASE):
            continue
        if _deliver(OutboxMessage.objects.get(pk=pk), connection):
            sent += 1
        else:
            failed += 1
    return sent, failed


def _deliver(row: OutboxMessage, connection: Any) -> bool:
    try:
        connection.send_messages([StoredMessage(row)])
    except Exception as error:  # noqa: BLE001 (whatever the server did, the row must say it)
        row.last_error = f"{type(error).__name__}: {error}"[:2000]
        if row.attempts > len(RETRY_AFTER):
            row.given_up_at = timezone.now()
        else:
            row.send_after = timezone.now() + RETRY_AFTER[row.attempts - 1]
        logger.warning("mail not sent", extra={"outbox": row.pk, "attempts": row.attempts})
        row.save()
        return False
    row.sent_at = timezone.now()
    row.last_error = ""
    row.save()
    return True


def send_again(row: OutboxMessage) -> None:
    """Staff asked: put a message that was given up back in the queue."""
    row.given_up_at = None
    row.attempts = 0
    row.send_after = timezone.now()
    row.save()


def forget_sent() -> int:
    """Delete the mail that left more than `KEPT` ago; return how many. What failed waits for staff."""
    return OutboxMessage.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()[0]
