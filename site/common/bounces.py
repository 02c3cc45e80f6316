"""Addresses that refuse our mail: what mail servers answer, remembered by address.

What is refused for good (RFC 3463: the mailbox or its domain does not exist) stops everything but
codes, until staff or the person clear the address.
"""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from common.models import Bounce

REASON_LENGTH = 1000
KEPT = dt.timedelta(days=730)
PERMANENT = 500
UNDEFINED = "0.0"
_STATUS = re.compile(r"(?<![\d.])[245]\.(\d{1,3}\.\d{1,3})(?![\d.])")
# RFC 3463: what concerns the address itself. 5.7.x (policy), 5.3.x and 5.4.x (systems, routing) do not.
_DEAD_ADDRESS = frozenset({"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
# Servers without these codes that refuse us, rather than the address.
_ABOUT_US = re.compile(r"relay|spam|block|blacklist|policy|spf|dkim|dmarc|reputation|rate", re.IGNORECASE)


def normal(address: str) -> str:
    """An address as it is compared."""
    return address.strip().lower()


def kind_of(code: int, answer: str) -> Bounce.Kind:
    """Whether an SMTP answer condemns the address, or only this attempt or our own server."""
    if code < PERMANENT:
        return Bounce.Kind.SOFT
    details = {match[1] for match in _STATUS.finditer(answer)} - {UNDEFINED}
    if details:
        return Bounce.Kind.HARD if details & _DEAD_ADDRESS else Bounce.Kind.SOFT
    return Bounce.Kind.SOFT if _ABOUT_US.search(answer) else Bounce.Kind.HARD


def refuses(address: str) -> bool:
    """Whether an address refused our mail for good, and nobody has cleared it since."""
    return Bounce.objects.refusing().filter(address=normal(address)).exists()


def refusal_of(address: str) -> str:
    """What the mail server of a refusing address answered; empty for an address that takes mail."""
    # Asked for each letter of a digest: one condition, which is what `refusing` says too.
    rows = Bounce.objects.filter(address=normal(address), kind=Bounce.Kind.HARD, cleared_at=None)
    return next((f"Bounced: {reason}" for reason in rows.order_by().values_list("reason", flat=True)), "")


def record(address: str, kind: Bounce.Kind, reason: str) -> Bounce:
    """Remember a refusal. A passing one does not soften one for good."""
    with transaction.atomic():
        bounce, created = Bounce.objects.select_for_update().get_or_create(
            address=normal(address), defaults={"kind": kind, "reason": reason[:REASON_LENGTH]}
        )
        if created:
            return bounce
        if bounce.cleared_at is not None:
            bounce.kind, bounce.count, bounce.cleared_at = kind, 0, None
        elif kind == Bounce.Kind.HARD:
            bounce.kind = kind
        bounce.count += 1
        bounce.reason, bounce.last_at = reason[:REASON_LENGTH], timezone.now()
        bounce.save()
    return bounce


def clear(address: str) -> int:
    """The address works (its owner typed a code sent to it, or staff say so); return how many were cleared."""
    waiting = Bounce.objects.filter(address=normal(address), cleared_at=None)
    return waiting.update(cleared_at=timezone.now())


def forget_old() -> int:
    """Delete what nobody refused for two years; return how many."""
    return Bounce.objects.filter(last_at__lt=timezone.now() - KEPT).delete()[0]
