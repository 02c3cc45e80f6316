"""Deciding, taking a decision back for ten minutes, carrying it out (decision 18).

Every step locks the case first and leaves a trace in the history of the site.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from members.models import Case

from .describing import may_decide
from .holding import LEASE, locked, release, require_free, require_waiting, take, take_over
from .kinds import StaleError, kind_of
from .opening import OUTCOME_LENGTH, at_work, void
from .refusals import CarryingOutFailed, DecidedElsewhere, NoSuchChoice, NotYours, ReasonMissing, TooLate

if TYPE_CHECKING:
    from members.models import User

    from .kinds import Choice

__all__ = [
    "LEASE",
    "carry_out",
    "carry_out_due",
    "decide",
    "do_now",
    "failed",
    "is_undoable",
    "release",
    "take",
    "take_over",
    "undo",
]

logger = logging.getLogger("atoutage.cases")

UNDO = dt.timedelta(minutes=10)
MOST_ATTEMPTS = 3
REASON_LENGTH = 3000


# ---------------------------------------------------------------- deciding
def decide(case: Case, by: User, choice_key: str, reason: str = "") -> Case:
    """Decide; it is carried out in ten minutes, until then it can be undone and nobody is told.

    Raises NotYours, DecidedElsewhere, HeldElsewhere, NoSuchChoice, ReasonMissing, which change nothing,
    and StaleError once the case was ended because there is nothing left to decide.
    """
    try:
        with transaction.atomic():
            return _decide(case, by, choice_key, reason.strip()[:REASON_LENGTH])
    except StaleError as gone:
        end_stale(case, gone, by)
        raise


def _decide(case: Case, by: User, choice_key: str, reason: str) -> Case:
    row = locked(case)
    if not may_decide(by, row):
        raise NotYours
    require_waiting(row)
    require_free(row, by)
    choice = chosen(row, choice_key)
    if choice.needs_reason and not reason:
        raise ReasonMissing
    row.state, row.decision, row.reason = Case.State.DECIDED, choice.key, reason
    row.decided_by, row.decided_at = by, timezone.now()
    row.due_at, row.attempts, row.outcome = row.decided_at + UNDO, 0, ""
    row.taken_by = row.taken_at = row.held_until = None
    row.save()
    with at_work(row):
        kind_of(row).decide(row)
    log(row, "members.decide_case", user=by, data={"decision": choice.key, "reason": reason})
    return row


def chosen(case: Case, key: str) -> Choice:
    """The decision of that key. Raises NoSuchChoice, StaleError."""
    for choice in kind_of(case).choices(case):
        if choice.key == key:
            return choice
    raise NoSuchChoice


def end_stale(case: Case, gone: StaleError, by: User | None = None) -> None:
    """There is nothing left to decide, or to carry out: the case ends with the room's explanation."""
    with transaction.atomic():
        if void(Case.objects.standing().filter(pk=case.pk), str(gone)):
            log(case, "members.void_case", user=by, data={"why": str(gone)})


# ---------------------------------------------------------------- changing one's mind
def failed(case: Case) -> bool:
    """Whether it was tried often enough for somebody to look."""
    return case.state == Case.State.DECIDED and case.attempts >= MOST_ATTEMPTS


def is_undoable(case: Case) -> bool:
    """Until it is carried out at the latest; one that cannot be carried out may be decided anew."""
    if case.state != Case.State.DECIDED or case.due_at is None:
        return False
    return case.due_at > timezone.now() or failed(case)


def undo(case: Case, by: User) -> Case:
    """Take a decision back: the case waits again, in the hands of who took it back, reason kept.

    Raises NotYours, DecidedElsewhere when it was undone or ended already, TooLate; StaleError once
    the case was ended because there is nothing left to decide.
    """
    try:
        with transaction.atomic():
            return _undo(case, by)
    except StaleError as gone:
        end_stale(case, gone, by)
        raise


def _undo(case: Case, by: User) -> Case:
    row = locked(case)
    if not may_decide(by, row):
        raise NotYours
    if row.state in {Case.State.WAITING, Case.State.VOID}:
        raise DecidedElsewhere(row)
    if not is_undoable(row):
        raise TooLate
    with at_work(row):
        kind_of(row).undo(row)
    log(row, "members.undo_case", user=by, data={"decision": row.decision})
    row.state, row.decision, row.outcome, row.attempts = Case.State.WAITING, "", "", 0
    row.decided_by = row.decided_at = row.due_at = None
    row.taken_by, row.taken_at = by, timezone.now()
    row.held_until = row.taken_at + LEASE
    row.save()
    return row


# ---------------------------------------------------------------- carrying out
def carry_out_due() -> dict[str, int]:
    """Carry out what can no longer be undone, each in its own transaction; a failure stops no other."""
    due = Case.objects.undoable().filter(due_at__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS)
    results = [carry_out(case) for case in due.order_by("due_at", "pk")]
    done = sum(case.state != Case.State.DECIDED for case in results)
    return {"done": done, "failed": len(results) - done} if results else {}


def do_now(case: Case, by: User) -> Case:
    """Carry out at once, or try again what failed. Raises NotYours, DecidedElsewhere, CarryingOutFailed."""
    if not may_decide(by, case):
        raise NotYours
    if case.state != Case.State.DECIDED:
        raise DecidedElsewhere(case)
    row = carry_out(case, now=True)
    if row.state == Case.State.DECIDED:
        raise CarryingOutFailed
    return row


def carry_out(case: Case, *, now: bool = False) -> Case:
    """Do what was decided, once; answers the case as it is then.

    It stays decided when that failed, and is tried again by the tick, three times in all; nothing
    happens when somebody undid it meanwhile, or before its time unless `now`.
    """
    try:
        with transaction.atomic():
            row = locked(case)
            if row.state != Case.State.DECIDED or not (now or _is_due(row)):
                return row
            _close(row)
            return row
    except StaleError as gone:
        end_stale(case, gone)
    except Exception as error:
        logger.exception("case not carried out", extra={"case": case.public_id, "kind": case.kind})
        _count_failure(case, error)
    return Case.objects.get(pk=case.pk)


def _is_due(case: Case) -> bool:
    return case.due_at is not None and case.due_at <= timezone.now()


def _close(row: Case) -> None:
    """Closed first: what the room does may put the same thing in the queue again."""
    row.state, row.closed_at = Case.State.CLOSED, timezone.now()
    row.save(update_fields=["state", "closed_at"])
    with at_work(row):
        outcome = kind_of(row).apply(row)
    row.outcome = str(outcome or "")[:OUTCOME_LENGTH]
    row.save(update_fields=["outcome"])
    log(row, "members.carry_out_case", user=row.decided_by, data={"outcome": row.outcome})


def _count_failure(case: Case, error: Exception) -> None:
    """Written where the next tick, and staff, see it."""
    with transaction.atomic():
        row = locked(case)
        if row.state != Case.State.DECIDED:
            return
        row.attempts += 1
        row.outcome = f"{type(error).__name__}: {error}"[:OUTCOME_LENGTH]
        row.save(update_fields=["attempts", "outcome"])
        log(row, "members.fail_case", user=None, data={"error": row.outcome, "attempt": row.attempts})


def standing_failures() -> Q:
    """Which cases somebody must look at because they could not be carried out."""
    return Q(state=Case.State.DECIDED, attempts__gte=MOST_ATTEMPTS)
