"""What time takes away: each rule of `retention`, by batches, so that no run holds the database for long."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.models import (
    ContactRequest,
    DataExport,
    DataRequest,
    DomainCode,
    Erasure,
    Invitation,
    MessageReport,
    Notification,
)

from . import retention

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

BATCH = 500


def delete(rows: QuerySet[Any]) -> int:
    """Delete rows by batches of their keys, each in a transaction of its own; return how many of them."""
    model, gone = rows.model, 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        model._default_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone


def exports(now: dt.datetime) -> QuerySet[DataExport]:
    """The memory of copies that are long gone; the register keeps their dates."""
    gone = [DataExport.State.EXPIRED, DataExport.State.FAILED]
    return DataExport.objects.filter(state__in=gone, asked_at__lt=retention.INVITATIONS.limit(now))


def invitations(now: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that ended, by an answer or by time."""
    ended = Invitation.objects.annotate(
        ended_at=Coalesce("accepted_at", "declined_at", "revoked_at", "expires_at")
    )
    return ended.filter(ended_at__lt=retention.INVITATIONS.limit(now))


def domain_codes(now: dt.datetime) -> QuerySet[DomainCode]:
    """Codes sent to prove who acts for a company."""
    return DomainCode.objects.filter(created_at__lt=retention.DOMAIN_CODES.limit(now))


def notifications(now: dt.datetime) -> QuerySet[Notification]:
    """Notifications that were read."""
    return Notification.objects.filter(read_at__lt=retention.NOTIFICATIONS.limit(now))


def conversations(now: dt.datetime) -> QuerySet[ContactRequest]:
    """Conversations in which nobody wrote any more; a report that waits for staff keeps its own."""
    waiting = MessageReport.objects.filter(decision="").values("message__request")
    silent = ContactRequest.objects.filter(last_message_at__lt=retention.CONVERSATIONS.limit(now))
    return silent.exclude(pk__in=waiting)


def requests(now: dt.datetime) -> QuerySet[DataRequest]:
    """Requests about personal data, answered."""
    return DataRequest.objects.filter(answered_at__lt=retention.REQUESTS.limit(now))


def sessions(now: dt.datetime) -> QuerySet[UserSession]:
    """Addresses and browsers of sessions that are over."""
    open_ones = Session.objects.values("session_key")
    settled = UserSession.objects.filter(last_seen_at__lt=now - dt.timedelta(days=1))
    return settled.exclude(session_key__in=open_ones)


def erasures(now: dt.datetime) -> QuerySet[Erasure]:
    """The record of erasures, with what was kept."""
    return Erasure.objects.filter(asked_at__lt=retention.REQUESTS.limit(now)).exclude(
        cancelled_at=None, done_at=None
    )


RULES: dict[str, Callable[[dt.datetime], QuerySet[Any]]] = {
    "exports": exports,
    "invitations": invitations,
    "domain_codes": domain_codes,
    "notifications": notifications,
    "conversations": conversations,
    "requests": requests,
    "erasures": erasures,
    "sessions": sessions,
}


def forget_old(now: dt.datetime | None = None) -> dict[str, int]:
    """Apply every rule; return how many rows of each kind went. May be stopped and run again."""
    moment = now or timezone.now()
    counts = {name: delete(rule(moment)) for name, rule in RULES.items()}
    return {name: count for name, count in counts.items() if count}
