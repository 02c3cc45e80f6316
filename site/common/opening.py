"""A stored message as the person who receives it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.models import OutboxMessage


@dataclass(frozen=True)
class OpenedMessage:
    """Headers in their order, the two versions of the words (empty when there is none), names of files."""

    headers: Sequence[tuple[str, str]]
    text: str
    html: str
    attachments: Sequence[str]


def open_message(row: OutboxMessage) -> OpenedMessage:
    """Decode a message of the outbox."""
    parsed = message_from_bytes(bytes(row.source), policy=policy.default)
    return OpenedMessage(
        headers=[(name, str(value)) for name, value in parsed.items()],
        text=_content(parsed.get_body(("plain",))),
        html=_content(parsed.get_body(("html",))),
        attachments=[part.get_filename() or part.get_content_type() for part in parsed.iter_attachments()],
    )


def _content(part: Any) -> str:
    return "" if part is None else str(part.get_content()).strip()
