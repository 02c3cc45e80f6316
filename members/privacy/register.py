"""The register of requests about personal data, and the deadlines of the law (GDPR, article 12, 3).

One month to answer; two more when it is complex, if the person is told so within the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from members.companies.refusals import Refusal
from members.models import DataRequest, User

from . import emails
from .months import add_months

if TYPE_CHECKING:
    import datetime as dt

MONTHS = 1
MONTHS_EXTENDED = 3
# Somebody with so many open requests waits for an answer before the next one.
MOST_OPEN = 5
WARNED_DAYS = 7


class RegisterError(Refusal):
    """A request cannot become what was asked."""


def fingerprint(email: str) -> str:
    """What stays of an address: enough to recognise it when its owner gives it, and nothing else."""
    digest = salted_hmac("members.privacy.subject", email.strip().lower(), algorithm="sha256")
    return digest.hexdigest()


def due_on(received_at: dt.datetime, months: int = MONTHS) -> dt.date:
    """The last day for an answer."""
    return add_months(timezone.localtime(received_at).date(), months)


@transaction.atomic
def receive(
    kind: str,
    *,
    user: User | None = None,
    email: str = "",
    details: str = "",
    channel: str = DataRequest.Channel.SPACE,
    received_at: dt.datetime | None = None,
    acknowledged: bool = True,
) -> DataRequest:
    """Write a request down, with its deadline; a letter says so. Raises RegisterError when too many are open."""
    if user is not None and channel == DataRequest.Channel.SPACE:
        waiting = DataRequest.objects.filter(user=user, state=DataRequest.State.OPEN)
        if waiting.count() >= MOST_OPEN:
            raise RegisterError(_("You have several requests that wait already: we answer them first."))
    received_at = received_at or timezone.now()
    row = DataRequest.objects.create(
        kind=kind,
        user=user,
        email=email,
        subject=fingerprint(user.email if user else email),
        details=details,
        channel=channel,
        received_at=received_at,
        due_on=due_on(received_at),
    )
    if acknowledged:
        emails.received(row)
    return row


@transaction.atomic
def note(
    kind: str, *, email: str, details: str, channel: str, received_at: dt.datetime, by: User
) -> DataRequest:
    """Staff write down what came by post, e-mail or telephone; the account with that address is linked."""
    user = User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True).first()
    row = receive(kind, user=user, email=email, details=details, channel=channel, received_at=received_at)
    log(row, "members.note_data_request", user=by)
    return row


def record_answered(kind: str, user: User, answer: str) -> DataRequest:
    """Write down a request that the space answers by itself, at once."""
    now = timezone.now()
    return DataRequest.objects.create(
        kind=kind,
        state=DataRequest.State.ANSWERED,
        user=user,
        subject=fingerprint(user.email),
        received_at=now,
        due_on=due_on(now),
        answered_at=now,
        answer=answer,
    )


def _open_request(request: DataRequest) -> DataRequest:
    """The row, locked. Raises RegisterError unless it is still to be answered."""
    row = DataRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != DataRequest.State.OPEN:
        raise RegisterError(_("This request was closed meanwhile."))
    return row


@transaction.atomic
def close(request: DataRequest, state: str, answer: str, by: User) -> DataRequest:
    """Answer, or refuse with the reason; the person is written to. Raises RegisterError when closed."""
    row = _open_request(request)
    row.state, row.answer, row.handled_by, row.answered_at = state, answer, by, timezone.now()
    row.save(update_fields=["state", "answer", "handled_by", "answered_at"])
    log(row, "members.close_data_request", user=by, data={"state": state})
    emails.request_closed(row)
    return row


@transaction.atomic
def extend(request: DataRequest, reason: str, by: User, today: dt.date | None = None) -> DataRequest:
    """Two more months for a complex request; the person is told why.

    Raises RegisterError when it was extended already, closed, or when the first month is over.
    """
    row = _open_request(request)
    if row.extended_at is not None:
        raise RegisterError(_("This request was extended already: the law allows it once."))
    if (today or timezone.localdate()) > row.due_on:
        raise RegisterError(_("The first month is over: it is too late to extend it. Answer now."))
    row.extended_at, row.extension_reason = timezone.now(), reason
    row.due_on = due_on(row.received_at, MONTHS_EXTENDED)
    row.save(update_fields=["extended_at", "extension_reason", "due_on"])
    log(row, "members.extend_data_request", user=by, data={"due_on": row.due_on.isoformat()})
    emails.request_extended(row)
    return row


@transaction.atomic
def take_back(request: DataRequest) -> DataRequest:
    """The person no longer wants it. Raises RegisterError when it was closed meanwhile."""
    row = _open_request(request)
    row.state, row.answered_at = DataRequest.State.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "answered_at"])
    return row


def forget_words(user: User) -> None:
    """The account goes: what it asked stays counted, without a word of it (accountability, article 5, 2)."""
    theirs = DataRequest.objects.filter(user=user)
    closing: dict[str, Any] = {"state": DataRequest.State.WITHDRAWN, "answered_at": timezone.now()}
    waiting = theirs.filter(state=DataRequest.State.OPEN)
    waiting.filter(kind=DataRequest.Kind.ERASURE).update(**closing | {"state": DataRequest.State.ANSWERED})
    waiting.update(**closing)
    theirs.update(details="", answer="", extension_reason="", email="", user=None)
