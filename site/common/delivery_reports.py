"""What mail servers report after they took a message (RFC 3464), and what we believe of it.

Anybody may write to the address where such reports arrive. A report counts only when it gives back
the Message-ID of something we sent, which nobody but its recipient can know, and it counts against
that recipient alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from typing import TYPE_CHECKING, Any

from common import bounces
from common.models import Bounce, OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

# More than any report needs, less than it takes to keep a machine busy.
LONGEST = 256 * 1024
MOST_PARTS = 10
MOST_RECIPIENTS = 100


@dataclass(frozen=True)
class Failure:
    """One address to which a message could not be delivered."""

    address: str
    kind: Bounce.Kind
    reason: str


@dataclass(frozen=True)
class Report:
    """The message that a report is about, and for whom it failed."""

    message_id: str
    failures: tuple[Failure, ...]


def record_report(source: bytes) -> list[Bounce]:
    """Read a report and remember the refusals in it; empty when it is none, or none of ours."""
    report = read_report(source)
    if report is None:
        return []
    row = OutboxMessage.objects.exclude(sent_at=None).filter(message_id=report.message_id).first()
    if row is None:
        return []
    recorded = []
    for failure in report.failures:
        address = _recipient(row, failure.address)
        if address:
            recorded.append(bounces.record(address, failure.kind, failure.reason))
            OutboxMessage.objects.filter(pk=row.pk).update(last_error=f"Returned: {failure.reason}"[:2000])
    return recorded


def _recipient(row: OutboxMessage, reported: str) -> str:
    """The address we wrote to. A mailbox that forwards is reported under another name."""
    if len(row.recipients) == 1:
        return str(row.recipients[0])
    return next((to for to in row.recipients if bounces.normal(to) == bounces.normal(reported)), "")


def read_report(source: bytes) -> Report | None:
    """What a report says; None when it is none, or cannot be read, whatever it holds."""
    try:
        return _read(message_from_bytes(source[:LONGEST]))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None


def _read(message: Message) -> Report | None:
    parts: Any = message.get_payload()
    if message.get_content_type() != "multipart/report" or not isinstance(parts, list):
        return None
    failures: tuple[Failure, ...] = ()
    message_id = ""
    for part in parts[:MOST_PARTS]:
        if part.get_content_type() == "message/delivery-status":
            failures += tuple(_failures(part))
        else:
            message_id = message_id or _message_id(part)
    return Report(message_id, failures) if failures and message_id else None


def _failures(part: Message) -> Iterator[Failure]:
    """The recipients that failed for good or for now; what is merely late is not a failure."""
    blocks: Any = part.get_payload()
    for block in blocks[: MOST_RECIPIENTS + 1] if isinstance(blocks, list) else ():
        if _field(block, "Action").lower() != "failed":
            continue
        address = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
        status, diagnostic = _field(block, "Status"), _field(block, "Diagnostic-Code")
        reason = f"{status} {diagnostic.removeprefix('smtp;').strip()}".strip()
        code = 450 if status.startswith("4") else 550
        yield Failure(address.rpartition(";")[2].strip(), bounces.kind_of(code, reason), reason)


def _message_id(part: Message) -> str:
    """The Message-ID of the message given back, whole or by its headers."""
    payload: Any = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        return _field(payload[0], "Message-ID")
    if part.get_content_type() == "text/rfc822-headers":
        decoded: Any = part.get_payload(decode=True)
        return _field(message_from_string(decoded.decode("utf-8", "replace")), "Message-ID")
    return ""


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
