"""Sending a contribution to the team, and taking it back. Rows only: no mail, no page, no index here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.cases.holding import holder_of
from members.cases.kinds import Pending
from members.cases.opening import open_case, settle
from members.models import Case
from toolbox.models import Contribution

from . import notes, rules
from .checking import problems_of
from .drafting import locked, move, writable
from .refusals import Incomplete, NotAllowed, NotNow

if TYPE_CHECKING:
    from members.models import User

CASE = "contribution"
State = Contribution.State


def submit(contribution: Contribution, user: User, *, edits_allowed: bool) -> Contribution:
    """Send it. Twice is once: what she has sent already is answered as it is.

    Raises Incomplete, and what `writable` raises. What comes next is a task (`toolbox.review.tasks`).
    """
    with transaction.atomic():
        row = locked(contribution)
        if rules.is_author(user, row) and row.state == State.SUBMITTED:
            return row
        row = writable(contribution, user)
        problems = problems_of(row, list(row.files.all()))
        if problems:
            raise Incomplete(problems)
        row.submitted_at, row.edits_allowed, row.warned_at = timezone.now(), edits_allowed, None
        move(row, State.SUBMITTED, user)
        row.save(update_fields=["state", "submitted_at", "edits_allowed", "warned_at"])
        notes.send(row)
        since = row.submitted_at
        open_case(CASE, Pending(row.public_id, str(row), since, row.author, row.organisation))
        transaction.on_commit(lambda: prepare(row.pk))
    return row


def prepare(pk: int) -> None:
    """Have the page written, in the background."""
    from toolbox.review import tasks  # noqa: PLC0415 (that part reads this one)

    tasks.prepare.enqueue(pk)


def standing_case(contribution: Contribution) -> Case | None:
    """The case that waits for it, or is decided and not carried out yet."""
    return Case.objects.standing().filter(kind=CASE, target=contribution.public_id).first()


def may_be_taken_back(contribution: Contribution) -> bool:
    """Whether nobody of the team is on it, and nothing is decided."""
    if contribution.state != State.SUBMITTED:
        return False
    case = standing_case(contribution)
    return case is None or (case.state == Case.State.WAITING and holder_of(case) is None)


def take_back(contribution: Contribution, user: User) -> Contribution:
    """Have back what was sent, to write on. Raises NotAllowed, NotNow."""
    with transaction.atomic():
        row = locked(contribution)
        if not rules.is_author(user, row):
            raise NotAllowed(_("Only its author can take it back."))
        if row.state in {State.DRAFT, State.SENT_BACK}:
            return row
        Case.objects.select_for_update(of=("self",)).filter(kind=CASE, target=row.public_id).first()
        if not may_be_taken_back(row):
            raise NotNow(
                _("Somebody of the team is reading it at this moment: you will have an answer soon.")
            )
        move(row, State.DRAFT, user, _("Taken back."))
        row.saved_at = timezone.now()
        row.save(update_fields=["state", "saved_at"])
        settle(CASE, row.public_id)
        withdraw(row, user)
    return row


def withdraw(contribution: Contribution, by: User) -> None:
    """End the workflow of the page, where one was made."""
    from toolbox.review import workflow  # noqa: PLC0415 (that part reads this one)

    workflow.withdraw(contribution, by)
