"""Cases open when something begins to wait, and end without a decision when it no longer does."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from .kinds import Pending

TITLE_LENGTH = 255
OUTCOME_LENGTH = 300
ATTEMPTS = 3

# The case whose decision is being taken, taken back or carried out: what its room calls then is part of it.
_at_work: ContextVar[int | None] = ContextVar("case at work", default=None)


@contextmanager
def at_work(case: Case) -> Iterator[None]:
    """While a room's own function runs for this case, `settle` leaves it alone."""
    token = _at_work.set(case.pk)
    try:
        yield
    finally:
        _at_work.reset(token)


def row_of(kind: str, pending: Pending) -> Case:
    """The case of something that waits, not saved."""
    return Case(kind=kind, target=pending.target, **_values(pending))


def _values(pending: Pending) -> dict[str, object]:
    return {
        "title": " ".join(pending.title.split())[:TITLE_LENGTH],
        "author": pending.author,
        "organisation": pending.organisation,
        "opened_at": pending.since,
    }


def open_case(kind: str, pending: Pending) -> Case:
    """Put something in the queue, or answer the case that it has there already.

    Idempotent, and safe when two do it at once; a case that waits gets the title of today, and
    keeps the moment since when it waits. Call it inside the transaction that makes the thing wait.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return _standing(kind, pending)
        except IntegrityError:  # the one that stood in the way ended before it could be read
            continue
    return _standing(kind, pending)


def _standing(kind: str, pending: Pending) -> Case:
    rows = Case.objects.standing()
    case, created = rows.get_or_create(kind=kind, target=pending.target, defaults=_values(pending))
    if not created:
        _refresh(case, pending)
    return case


def _refresh(case: Case, pending: Pending) -> None:
    values = {name: value for name, value in _values(pending).items() if name != "opened_at"}
    changed = {name: value for name, value in values.items() if getattr(case, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(case, name, value)
    with transaction.atomic():
        free(Case.objects.standing().filter(pk=case.pk)).update(**changed)


def settle(kind: str, target: str, outcome: str = "") -> None:
    """It no longer waits: decided on another screen, withdrawn, deleted. Idempotent.

    Called by a verb that a case is carrying out, it changes nothing: the case ends by itself.
    """
    cases = Case.objects.standing().filter(kind=kind, target=target)
    busy = _at_work.get()
    void(cases if busy is None else cases.exclude(pk=busy), outcome)


def free(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those that nobody is changing at this very moment, locked; inside a transaction.

    Rooms lock what is theirs, then call here; a decision locks the case, then calls the room: to wait
    here would be to wait for each other. Whoever holds the row finds out that the thing has gone
    (StaleError), and `reconcile` looks every few minutes.
    """
    rows = cases.select_for_update(of=("self",), skip_locked=True)
    return Case.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))


@transaction.atomic
def void(cases: QuerySet[Case], outcome: str = "") -> int:
    """End cases without a decision; return how many. `outcome` explains it to who looks at them."""
    sentence = outcome or _("This no longer waits: it was decided elsewhere, or taken back.")
    return free(cases).update(
        state=Case.State.VOID, closed_at=timezone.now(), outcome=sentence[:OUTCOME_LENGTH]
    )
