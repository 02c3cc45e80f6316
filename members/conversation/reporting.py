"""A reader finds a comment wrong (Regulation 2022/2065, article 16); she is told what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.cases.opening import open_case
from members.models import Comment, CommentReport, User
from members.people.visibility import is_member

from . import limits, rules
from .refusals import Gone, NotAMember
from .telling import tell_reporter, title_of
from .topics import topic_of
from .waiting import REPORTED, pending

if TYPE_CHECKING:
    import datetime as dt

TEXT_LENGTH = 1000


@transaction.atomic
def report(comment: Comment, reporter: User, reason: str, text: str = "") -> CommentReport:
    """Call the team's attention to a comment; once a reader until it is decided.

    Raises NotAMember, Gone, ReportedEnough.
    """
    list(User.objects.filter(pk=reporter.pk).select_for_update(no_key=True))
    if not is_member(reporter):
        raise NotAMember
    row = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if row is None or not rules.may_judge(reporter, row):
        raise Gone
    mine = CommentReport.objects.filter(comment=row, reporter=reporter, decided_at=None).first()
    if mine is not None:
        return mine
    limits.check_reporting(reporter)
    made = CommentReport.objects.create(
        comment=row,
        reporter=reporter,
        reason=CommentReport.Reason(reason),
        text=" ".join(text.split())[:TEXT_LENGTH],
    )
    open_case(REPORTED, pending(row, topic_of(row.target_kind, row.target)))
    return made


def open_reports(comment: Comment, until: dt.datetime | None = None) -> list[CommentReport]:
    """What nobody has decided on, the oldest first; `until` leaves out what came after a decision."""
    rows = CommentReport.objects.filter(comment=comment, decided_at=None).select_related("reporter")
    rows = rows.filter(created_at__lte=until) if until else rows
    return list(rows.order_by("created_at", "pk"))


def decide_reports(comment: Comment, upheld: bool, until: dt.datetime | None = None) -> int:
    """Say what became of a comment to whoever reported it; return to how many. Run again, tells nobody twice."""
    rows = open_reports(comment, until)
    for row in rows:
        row.upheld, row.decided_at = upheld, timezone.now()
        row.save(update_fields=["upheld", "decided_at"])
        tell_reporter(row, lambda: _hidden(comment) if upheld else _kept(comment))
    return len(rows)


def _hidden(comment: Comment) -> str:
    words = {"title": title_of(comment)}
    return _("The comment that you reported about “%(title)s” is no longer shown. Thank you.") % words


def _kept(comment: Comment) -> str:
    words = {"title": title_of(comment)}
    return _("We read the comment that you reported about “%(title)s”: it stays. Thank you.") % words


def end_reports(comment: Comment) -> None:
    """Its author deleted it: what was asked for is done."""
    for row in open_reports(comment):
        row.upheld, row.decided_at = True, timezone.now()
        row.save(update_fields=["upheld", "decided_at"])
        tell_reporter(
            row,
            lambda: (
                _("The comment that you reported about “%(title)s” was deleted by its author.")
                % {"title": title_of(comment)}
            ),
        )
