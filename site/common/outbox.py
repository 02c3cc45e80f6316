"""The one way out for mail: written as rows in the caller's transaction, sent once it has committed.

The tick sends what is due; the worker sends what is urgent without waiting for it.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from email import message_from_bytes, policy
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from common import bounces
from common.mime import StoredSource
from common.models import Bounce, OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

logger = logging.getLogger("atoutage.outbox")

# Waits between attempts: mail servers that grey-list accept after some minutes.
RETRY_AFTER = [dt.timedelta(minutes=m) for m in (1, 5, 30, 120, 720, 1440)]
LEASE = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=30)
# What one round may take: the tick comes back after a minute, and has other jobs.
ROUND_SECONDS = 40
BATCH = 200
# Failures in a row after which the mail server, not the message, is to blame.
PATIENCE = 3


class OutboxBackend(BaseEmailBackend):
    """`EMAIL_BACKEND`: keeps each message in the database; nothing is sent from a request.

    A message may carry `send_after` (the moment before which it must not leave), `urgent` (leave
    as soon as the transaction has committed) and `skip_reason` (keep it, do not send it).
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [row_of(message) for message in email_messages if message.recipients()]
        OutboxMessage.objects.bulk_create(rows)
        urgent = [row.pk for row in rows if row.urgent]
        if urgent:
            deliver_urgent.enqueue(urgent)
        return len(rows)


def row_of(message: EmailMessage) -> OutboxMessage:
    """The row that keeps a message, not saved."""
    source = message.message()
    now = timezone.now()
    skip_reason = getattr(message, "skip_reason", "")
    return OutboxMessage(
        recipients=message.recipients(),
        subject=str(message.subject)[:500],
        source=source.as_bytes(),
        message_id=str(source["Message-ID"] or "")[:250],
        urgent=getattr(message, "urgent", False),
        created_at=now,
        send_after=getattr(message, "send_after", None) or now,
        skipped_at=now if skip_reason else None,
        last_error=skip_reason,
    )


class StoredMessage(EmailMessage):
    """An outbox row as Django's mail backends want it: the bytes stay those that were stored."""

    def __init__(self, row: OutboxMessage) -> None:
        self.stored = StoredSource(bytes(row.source))
        parsed = message_from_bytes(self.stored.source, policy=policy.default)
        super().__init__(subject=row.subject, to=row.recipients, from_email=str(parsed["From"]))

    def message(self, **_policy: Any) -> Any:
        return self.stored


def deliver_due(seconds: float = ROUND_SECONDS) -> tuple[int, int]:
    """Send what is due, the urgent first, for so many seconds; return how many left and how many failed.

    A round ends when the mail server fails `PATIENCE` times in a row: what was not tried stays due.
    """
    sent = failed = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        due = OutboxMessage.objects.due().order_by("-urgent", "send_after", "pk")
        batch = list(due.values_list("pk", flat=True)[:BATCH])
        left, refused, go_on = _deliver_all(batch, until)
        sent, failed = sent + left, failed + refused
        if len(batch) < BATCH or not go_on:
            break
    return sent, failed


@task(priority=90)
def deliver_urgent(pks: list[int]) -> None:
    """Background task: send these messages unless they have left. The tick retries those that fail."""
    _deliver_all(pks, time.monotonic() + ROUND_SECONDS)


def _deliver_all(pks: Iterable[int], until: float) -> tuple[int, int, bool]:
    """Send through one connection; return how many left, how many failed, and whether to go on.

    A row is first claimed for `LEASE`, so that no lock is held while a mail server thinks and two
    senders never take the same row. A crash after sending repeats one message; none is ever lost.
    """
    sent = failed = in_a_row = 0
    connection = get_connection(settings.OUTBOX_DELIVERY_BACKEND)
    try:
        for pk in pks:
            if time.monotonic() >= until or in_a_row >= PATIENCE:
                return sent, failed, False
            claimed = OutboxMessage.objects.due().filter(pk=pk)
            if not claimed.update(attempts=F("attempts") + 1, send_after=timezone.now() + LEASE):
                continue
            error = _deliver(OutboxMessage.objects.get(pk=pk), connection)
            sent, failed = sent + (error is None), failed + (error is not None)
            in_a_row = in_a_row + 1 if is_server_failure(error) else 0
    finally:
        _close(connection)
    return sent, failed, True


def is_server_failure(error: Exception | None) -> bool:
    """Whether the next message would fail alike: no connection, rather than one message refused."""
    if isinstance(error, SMTPServerDisconnected | SMTPSenderRefused):
        return True
    return isinstance(error, OSError) and not hasattr(error, "recipients") and not hasattr(error, "smtp_code")


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception:  # noqa: BLE001 (what was sent is sent, however the server says good-bye)
        logger.warning("the mail server hung up")


def _deliver(row: OutboxMessage, connection: Any) -> Exception | None:
    """Send one claimed row and write down what became of it; return what went wrong."""
    try:
        connection.open()
        connection.send_messages([StoredMessage(row)])
    except Exception as error:  # noqa: BLE001 (whatever the server did, the row must say it)
        _close(connection)
        _note_failure(row, error)
        return error
    row.sent_at = timezone.now()
    row.last_error = ""
    row.save(update_fields=["sent_at", "last_error"])
    return None


def _note_failure(row: OutboxMessage, error: Exception) -> None:
    """Plan another attempt, or give up: after the last one, or when no address of it will ever work."""
    row.last_error = f"{type(error).__name__}: {describe(error)}"[:2000]
    hopeless = isinstance(error, SMTPRecipientsRefused) and _record_refusals(error)
    if hopeless or row.attempts > len(RETRY_AFTER):
        row.given_up_at = timezone.now()
    else:
        row.send_after = timezone.now() + RETRY_AFTER[row.attempts - 1]
    logger.warning("mail not sent", extra={"outbox": row.pk, "attempts": row.attempts})
    row.save(update_fields=["last_error", "given_up_at", "send_after"])


def describe(error: Exception) -> str:
    """What went wrong, in the words of the mail server."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(answer_of(code, text) for code, text in error.recipients.values())
    return str(error)


def answer_of(code: int, text: bytes | str) -> str:
    """A mail server's answer on one line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(f"{code} {words}".split())


def _record_refusals(error: SMTPRecipientsRefused) -> bool:
    """Remember who was refused; return whether every address was, for good."""
    kinds = []
    for address, (code, text) in error.recipients.items():
        answer = answer_of(code, text)
        kinds.append(bounces.kind_of(code, answer))
        bounces.record(address, kinds[-1], answer)
    return all(kind == Bounce.Kind.HARD for kind in kinds)


def send_again(row: OutboxMessage) -> None:
    """Staff asked: put a message that was given up, or withheld, back in the queue."""
    row.given_up_at = row.skipped_at = None
    row.attempts = 0
    row.send_after = timezone.now()
    row.save(update_fields=["given_up_at", "skipped_at", "attempts", "send_after"])


def send_all_again() -> list[OutboxMessage]:
    """Put every message that was given up back in the queue; return them."""
    rows = list(OutboxMessage.objects.failed().defer("source"))
    for row in rows:
        send_again(row)
    return rows


def forget_sent() -> int:
    """Delete the mail sent or withheld more than `KEPT` ago; return how many. What failed waits for staff."""
    limit = timezone.now() - KEPT
    old = OutboxMessage.objects.filter(Q(sent_at__lt=limit) | Q(skipped_at__lt=limit))
    return old.delete()[0]


def forget_address(address: str) -> int:
    """Delete every message to an address that is being erased, waiting ones too; return how many."""
    # SQLite keeps JSON in ASCII, PostgreSQL as it is.
    written = Q(recipients__icontains=address) | Q(recipients__icontains=json.dumps(address)[1:-1])
    alike = OutboxMessage.objects.filter(written).values_list("pk", "recipients")
    theirs = [
        pk
        for pk, recipients in alike
        if any(bounces.normal(to) == bounces.normal(address) for to in recipients)
    ]
    return OutboxMessage.objects.filter(pk__in=theirs).delete()[0]
