"""Contributions in the queue of what waits for the team (decision 18)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.cases.kinds import CaseKind, Choice, StaleError
from members.cases.opening import open_case
from members.cases.refusals import CaseRefused
from toolbox.models import Contribution
from toolbox.rules import MODERATING

from . import meanwhile, notes, outcomes, signals, workflow
from .screen import Screen
from .waiting import KEY, in_the_way, pending, waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from members.models import Case

logger = logging.getLogger("atoutage.review")

ACCEPT = "accept"
SEND_BACK = "send_back"
REFUSE = "refuse"
State = Contribution.State

TO_COMPLETE = (
    gettext_lazy(
        "Thank you: this will serve others. Before it is published, two things would make it easier to do too: how "
        "long it took, and what you would do otherwise. A few lines are enough."
    ),
    gettext_lazy(
        "Thank you for telling this. Could you add one figure or one scene that shows what changed? Without it, "
        "readers will not know whether it is worth the effort."
    ),
    gettext_lazy(
        "The text names people who can be recognised. Replace names by roles (“the workshop manager”), or confirm "
        "that each of them agreed in writing."
    ),
    gettext_lazy(
        "We need your company’s agreement to publish the picture or the file. Tell us that you have it, or remove it."
    ),
)
NOT_KEPT = (
    gettext_lazy(
        "This presents a product or a service rather than something that a company did for its employees: it is "
        "outside what the space publishes (terms of use, “What is shared”). You may tell instead what one of your "
        "customers did, in the customer’s name and with its agreement."
    ),
    gettext_lazy(
        "The same practice is published already in your company’s name. Rather than a second page, revise the first: "
        "“Revise” stands at its foot."
    ),
    gettext_lazy(
        "The text is taken from somebody else without permission (terms of use, “What is shared”). Tell it in your "
        "own words, or send us the author’s agreement."
    ),
    gettext_lazy(
        "Part of this treats people unequally because of their age, which the law forbids (Labour Code, article "
        "L. 1132-1): we cannot publish it."
    ),
)


def contribution_of(case: Case) -> Contribution:
    """What the case is about. Raises StaleError when it no longer waits."""
    rows = Contribution.objects.select_related("author", "organisation", "page", "revision", "base_revision")
    row = rows.filter(public_id=case.target).first()
    if row is None:
        raise StaleError(_("This contribution was deleted."))
    if row.state != State.SUBMITTED:
        raise StaleError(
            _("This no longer waits: it was taken back by its author, or decided elsewhere (%(state)s).")
            % {"state": row.get_state_display()}
        )
    return row


def choices(case: Case) -> Sequence[Choice]:
    """Publish, ask for more, or say no."""
    row = Contribution.objects.filter(public_id=case.target).first()
    has_notes = row is not None and notes.unsent(row)
    return [
        Choice(ACCEPT, gettext_lazy("Publish"), "a", tone="good"),
        Choice(
            SEND_BACK,
            gettext_lazy("Send back to complete"),
            "b",
            reasons=TO_COMPLETE,
            needs_reason=not has_notes,
        ),
        Choice(REFUSE, gettext_lazy("Do not keep"), "r", tone="bad", reasons=NOT_KEPT, needs_reason=True),
    ]


def context(case: Case, request: HttpRequest) -> dict[str, Any]:
    """What is shown. The page is made now if no worker did it yet."""
    row = contribution_of(case)
    if not workflow.is_prepared(row):
        row = prepared(row)
    return {"review": Screen(case, row, request.user)}


def prepared(row: Contribution) -> Contribution:
    """Made now; what cannot be made a page of is still to be read."""
    try:
        with transaction.atomic():
            return workflow.prepare(row)
    except Exception:
        logger.exception("contribution not prepared", extra={"contribution": row.pk})
        return row


def decide(case: Case) -> None:
    """Nothing happens yet; what could not be carried out is said now. Raises CaseRefused, StaleError."""
    row = contribution_of(case)
    if case.decision == ACCEPT:
        for sentence in obstacles(row):
            raise CaseRefused(sentence)


def obstacles(row: Contribution) -> list[str]:
    """Why it cannot be published as it stands."""
    found = in_the_way(row)
    versions = meanwhile.look(row)
    if versions is not None and versions.both and meanwhile.was_published(versions.page):
        found.append(
            _(
                "The page changed meanwhile, in the same fields: choose first which words stay in each of them."
            )
        )
    return found


def apply(case: Case) -> str:
    """Carry out what was decided; may run twice."""
    row = Contribution.objects.filter(public_id=case.target).first()
    if row is None:
        raise StaleError(_("This contribution was deleted."))
    row = workflow.locked(row)
    if row.state == State.SUBMITTED:
        with signals.deciding(case.decided_by, case.reason):
            return DOING[case.decision](row, case)
    return str(row.get_state_display())


def _accept(row: Contribution, case: Case) -> str:
    row = workflow.locked(workflow.prepare(row))
    sentences = obstacles(row)
    if sentences or not workflow.is_prepared(row):
        open_case(KEY, pending(row))
        return sentences[0] if sentences else _("No page could be made of it: to be decided again.")
    if row.page is not None and row.page.latest_revision_id != row.revision_id:
        workflow.write_revision(row, case.decided_by)
    workflow.approve(row, case.decided_by, case.reason)
    row.refresh_from_db()
    if row.state == State.ACCEPTED:
        return _("Published")
    return _("Approved; it goes on line on the day that was chosen for it.")


def _send_back(row: Contribution, case: Case) -> str:
    workflow.reject(row, case.decided_by, case.reason)
    outcomes.sent_back(row, case.decided_by, case.reason)
    return _("Sent back to its author")


def _refuse(row: Contribution, case: Case) -> str:
    outcomes.refused(row, case.decided_by, case.reason)
    return _("Not kept; its author reads why, and how to contest it")


DOING = {ACCEPT: _accept, SEND_BACK: _send_back, REFUSE: _refuse}

KIND = CaseKind(
    key=KEY,
    label=gettext_lazy("Practice or tool"),
    icon="pick",
    permission=MODERATING,
    template="toolbox/review/case.html",
    choices=choices,
    context=context,
    waiting=waiting,
    decide=decide,
    apply=apply,
    order=10,
)
