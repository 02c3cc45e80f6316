"""What becomes of a contribution, whoever decided it and wherever. Each verb is idempotent.

They lock the row, move it, settle its case and tell people. The caller has done what Wagtail has to
do; what is not waiting any more is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from common.facts import write_facts
from members.cases.opening import settle
from toolbox.models import Contribution, ContributionMove

from . import files, meanwhile, notes, telling, workflow
from .waiting import KEY

if TYPE_CHECKING:
    from members.models import User

State = Contribution.State


def move(row: Contribution, state: str, by: User | None, reason: str = "") -> None:
    """Record a move and make it."""
    row.state = state
    row.decided_at = timezone.now()
    row.save(update_fields=["state", "decided_at"])
    ContributionMove.objects.create(contribution=row, state=state, by=by, reason=reason[:3000])
    settle(KEY, row.public_id)


@transaction.atomic
def accepted(contribution: Contribution, page: Any, by: User | None, reason: str = "") -> bool:
    """The page was published: it is hers and the company's, read again today, and she is told."""
    row = workflow.locked(contribution)
    if row.state != State.SUBMITTED:
        return False
    first = row.base_revision_id is None
    files.share(row)
    own(page, row.author)
    notes.send(row, resolve=True)
    move(row, State.ACCEPTED, by, reason)
    telling.accepted(row, page, first=first, by=by)
    return True


def own(page: Any, author: User | None) -> None:
    """Say whose the row is, when nobody is said to be its author, and that it was read today."""
    facts: Any = page.facts or write_facts(page)
    facts.checked_on = timezone.localdate()
    facts.author = facts.author or author
    facts.save(update_fields=["checked_on", "author"])


@transaction.atomic
def sent_back(contribution: Contribution, by: User | None, reason: str = "") -> bool:
    """She has something to complete: the notes are hers to read, and the page has its own words again."""
    row = workflow.locked(contribution)
    if row.state != State.SUBMITTED:
        return False
    notes.send(row)
    workflow.put_back(row)
    move(row, State.SENT_BACK, by, reason)
    telling.sent_back(row, by=by)
    return True


@transaction.atomic
def refused(contribution: Contribution, by: User | None, reason: str = "") -> bool:
    """It is not kept: a page that was never on line goes, with its files; her words stay in her space."""
    row = workflow.locked(contribution)
    if row.state != State.SUBMITTED:
        return False
    notes.send(row)
    move(row, State.REFUSED, by, reason)
    workflow.cancel(row, by)
    page: Any = row.page.specific if row.page is not None else None
    if page is not None and meanwhile.was_published(page):
        workflow.put_back(row)
    elif page is not None:
        page.delete(user=by)
    files.discard(row)
    telling.refused(row, by=by)
    return True
