"""Who is on a case: one person at a time, for a quarter of an hour that the open page renews."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from members.models import Case

from .describing import may_decide
from .refusals import DecidedElsewhere, HeldElsewhere, NotYours

if TYPE_CHECKING:
    from members.models import User

LEASE = dt.timedelta(minutes=15)


def locked(case: Case) -> Case:
    """The row as it is now, held until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def holder_of(case: Case) -> User | None:
    """Who is on it; nobody when the lease is over."""
    held = case.held_until is not None and case.held_until > timezone.now()
    return case.taken_by if held and case.state == Case.State.WAITING else None


def require_waiting(case: Case) -> None:
    """Raise DecidedElsewhere."""
    if case.state != Case.State.WAITING:
        raise DecidedElsewhere(case)


def require_free(case: Case, by: User) -> None:
    """Raise HeldElsewhere."""
    if holder_of(case) not in {None, by}:
        raise HeldElsewhere(case)


@transaction.atomic
def take(case: Case, by: User) -> Case:
    """Be on it for `LEASE`. Raises NotYours, DecidedElsewhere, HeldElsewhere."""
    row = _takeable(case, by)
    require_free(row, by)
    return _hold(row, by)


@transaction.atomic
def take_over(case: Case, by: User) -> Case:
    """Be on it in the place of somebody else, and say so in the history. Raises NotYours, DecidedElsewhere."""
    row = _takeable(case, by)
    before = holder_of(row)
    if before not in {None, by}:
        log(row, "members.take_over_case", user=by, data={"from": row.taken_by_id})
    return _hold(row, by)


def _takeable(case: Case, by: User) -> Case:
    row = locked(case)
    if not may_decide(by, row):
        raise NotYours
    require_waiting(row)
    return row


def _hold(case: Case, by: User) -> Case:
    now = timezone.now()
    if holder_of(case) != by:
        case.taken_by, case.taken_at = by, now
    case.held_until = now + LEASE
    case.save(update_fields=["taken_by", "taken_at", "held_until"])
    return case


def renew(case: Case, by: User) -> dt.datetime | None:
    """The page is still open: until when it is held now. None when it is no longer this person's."""
    until = timezone.now() + LEASE
    mine = Case.objects.open().filter(pk=case.pk, taken_by=by)
    return until if mine.update(held_until=until) else None


def release(case: Case, by: User, held_until: dt.datetime | None = None) -> bool:
    """Leave it to others; nothing happens when somebody else is on it.

    `held_until` is the lease that the leaving page knows of: a later one is that of another page, or
    of the same one opened again before this was heard.
    """
    mine = Case.objects.open().filter(pk=case.pk, taken_by=by)
    if held_until is not None:
        mine = mine.filter(held_until__lte=held_until)
    return bool(mine.update(taken_by=None, taken_at=None, held_until=None))
