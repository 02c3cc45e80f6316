"""Messages that a reader reported, in the queue: one case for each message, whoever reported it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import moderation
from members.models import MessageReport
from members.oversight import MODERATE, may_suspend
from members.people.reports import CASE, open_reports, pending

from .kinds import CaseKind, Choice, StaleError
from .refusals import CaseRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from members.models import Case

    from .kinds import Pending

Decision = MessageReport.Decision
NOTE_LENGTH = 500

CHOICES = (
    Choice(Decision.KEPT, gettext_lazy("Nothing to hold against it"), "n", tone="good"),
    Choice(
        Decision.REMOVED,
        gettext_lazy("Remove the message"),
        "r",
        tone="bad",
        needs_reason=True,
        reasons=(
            gettext_lazy("This message attacks a person: one may disagree, not insult."),
            gettext_lazy("This message canvasses for customers, which members agreed not to do here."),
            gettext_lazy("This message tells about a person what she did not agree to have told."),
        ),
    ),
    Choice(
        Decision.SUSPENDED,
        gettext_lazy("Remove it, suspend the account"),
        "s",
        tone="bad",
        needs_reason=True,
        reasons=(
            gettext_lazy("Messages of this account attack people, after a first warning."),
            gettext_lazy("This account was opened to canvass for customers."),
        ),
    ),
)


# ---------------------------------------------------------------- what waits
def waiting() -> Iterable[Pending]:
    """Each message once, since its first report."""
    return list({row.target: row for row in map(pending, reversed(open_reports()))}.values())


# ---------------------------------------------------------------- what is shown
def with_message(rows: QuerySet[MessageReport]) -> QuerySet[MessageReport]:
    """With what the screens show of each."""
    return rows.select_related(
        "reporter",
        "decided_by",
        "message__author",
        "message__request__recipient",
        "message__request__organisation",
    )


def context_of(report: MessageReport) -> dict[str, Any]:
    """The message and what is needed to judge it: who wrote to whom, about what. Nothing else is read."""
    message = report.message
    conversation = message.request
    others = MessageReport.objects.filter(message=message).exclude(pk=report.pk)
    return {
        "report": report,
        "message": message,
        "conversation": conversation,
        "written_to": conversation.organisation or conversation.recipient,
        "first": conversation.sender_id == message.author_id,
        "others": others.count(),
        "before": MessageReport.objects.filter(message__author=message.author)
        .exclude(message=message)
        .exclude(decision__in=["", Decision.KEPT])
        .count(),
    }


def report_of(case: Case) -> MessageReport:
    """The first report of the message that waits. Raises StaleError."""
    row = with_message(open_reports().filter(message_id=int(case.target))).first()
    if row is None:
        raise StaleError(_("Somebody has decided on this report meanwhile, or the message has gone."))
    return row


def context(case: Case, _request: HttpRequest) -> dict[str, Any]:
    """For the template."""
    return context_of(report_of(case))


def choices(_case: Case) -> Sequence[Choice]:
    """Keep, remove, suspend."""
    return CHOICES


# ---------------------------------------------------------------- what is decided
def decide(case: Case) -> None:
    """Somebody who may not suspend this account is told so at once, not in ten minutes."""
    author = report_of(case).message.author
    by = case.decided_by
    if case.decision == Decision.SUSPENDED and (by is None or not may_suspend(by, author)):
        raise CaseRefused(_("You may not suspend this account: an administrator may."))


def apply(case: Case) -> str:
    """What the reports' own screen does."""
    if case.decided_by is None:
        raise StaleError(_("Who decided is no longer here."))
    report = report_of(case)
    moderation.decide(report, case.decision, case.decided_by, case.reason[:NOTE_LENGTH])
    return str(Decision(case.decision).label)


KIND = CaseKind(
    key=CASE,
    label=gettext_lazy("Reported message"),
    icon="warning",
    permission=MODERATE,
    template="members/admin/reported_message.html",
    choices=choices,
    context=context,
    waiting=waiting,
    decide=decide,
    apply=apply,
    order=40,
    reason_help=gettext_lazy(
        "Kept in the history. When the message goes, its author reads these very words; who reported it does not."
    ),
)
