"""Comments in the queue of the team: those that wait to be read, those that somebody reported."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from members.cases.kinds import CaseKind, Choice, StaleError, register_case_kind
from members.models import Case, Comment

from .reporting import decide_reports, open_reports
from .rules import MODERATE
from .showing import hide, hold_again, show
from .telling import tell_hidden, tell_shown, tell_soon
from .topics import discussable, topic_of
from .waiting import HELD, REPORTED, held_comments, reported_comments
from .words import addresses_in, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

State = Comment.State
SHOW, HIDE, KEEP = "show", "hide", "keep"
# What its author changes while a moderator decides was not read by the moderator.
SLACK = dt.timedelta(seconds=5)
REASONS = (
    gettext_lazy("It advertises something; this space is for sharing what one did."),
    gettext_lazy("It names or describes somebody who can be recognised."),
    gettext_lazy("It hurts somebody. Say the same thing about what was done rather than about people."),
    gettext_lazy(
        "It is about something else than this page. Our contact form reaches us for everything else."
    ),
    gettext_lazy("It states something false, or that the law forbids to say."),
)


def comment_of(case: Case, lock: bool = False) -> Comment:
    """The comment of a case. Raises StaleError when its author deleted it."""
    rows = Comment.objects.select_related("author__profile", "organisation", "parent__author")
    if lock:
        rows = rows.select_for_update(of=("self",))
    comment = rows.filter(public_id=case.target).first()
    if comment is None or comment.state == State.DELETED:
        raise StaleError(_("Its author deleted this comment."))
    return comment


def expect(comment: Comment, *states: str) -> None:
    """Raise StaleError when somebody changed the comment meanwhile."""
    if comment.state not in states:
        words = _("This comment changed meanwhile: “%(state)s”.")
        raise StaleError(words % {"state": comment.get_state_display()})


# ---------------------------------------------------------------- what is shown
def context_of(case: Case, _request: HttpRequest) -> dict[str, Any]:
    """The comment, where it stands, what its author has written before, and who complained of what."""
    comment = comment_of(case)
    if case.state == Case.State.WAITING:
        expect(comment, State.HELD if case.kind == HELD else State.VISIBLE)
    known = discussable(comment.target_kind)
    before = Comment.objects.filter(author=comment.author).exclude(pk=comment.pk)
    return {
        "comment": comment,
        "html": shown(comment.text),
        "addresses": addresses_in(comment.text),
        "topic": topic_of(comment.target_kind, comment.target),
        "kind_label": known.label if known else comment.target_kind,
        "reports": open_reports(comment) if case.kind == REPORTED else [],
        "before": before.filter(published_at__isnull=False).count() if comment.author else 0,
        "hidden_before": before.filter(state=State.HIDDEN).count() if comment.author else 0,
    }


def held_choices(_case: Case) -> Sequence[Choice]:
    """What may be decided of a comment that waits."""
    return (
        Choice(SHOW, gettext_lazy("Put on line"), "a", "good"),
        Choice(HIDE, gettext_lazy("Do not show"), "r", "bad", REASONS, needs_reason=True),
    )


def report_choices(_case: Case) -> Sequence[Choice]:
    """What may be decided of a comment that was reported."""
    return (
        Choice(KEEP, gettext_lazy("Leave it: nothing is wrong with it"), "a", "good"),
        Choice(HIDE, gettext_lazy("Hide it"), "r", "bad", REASONS, needs_reason=True),
    )


# ---------------------------------------------------------------- what is decided, at once and reversibly
def decide(case: Case) -> None:
    """Show or hide the comment now; nobody is told yet."""
    comment = comment_of(case, lock=True)
    expect(comment, State.HELD if case.kind == HELD else State.VISIBLE)
    if comment.edited_at and case.decided_at and comment.edited_at > case.decided_at - SLACK:
        raise StaleError(_("Its author has just changed this comment: read it again."))
    if case.decision == SHOW:
        show(comment)
        log(comment, "members.show_comment", user=case.decided_by)
    elif case.decision == HIDE:
        hide(comment)
        log(comment, "members.hide_comment", user=case.decided_by, data={"reason": case.reason})


def undo(case: Case) -> None:
    """As it was before. What was told of a comment that shows again is told again where it was not read."""
    comment = comment_of(case, lock=True)
    if case.kind == HELD:
        expect(comment, State.VISIBLE if case.decision == SHOW else State.HIDDEN)
        hold_again(comment)
    elif case.decision == HIDE:
        expect(comment, State.HIDDEN)
        show(comment)
        log(comment, "members.show_comment", user=case.decided_by)
        tell_soon(comment)


# ---------------------------------------------------------------- what people are told
def apply(case: Case) -> str:
    """Tell its author, those who follow, those who reported it; say in a few words what became of it."""
    comment = comment_of(case, lock=True)
    if case.kind == REPORTED:
        decide_reports(comment, upheld=case.decision == HIDE, until=case.decided_at)
    if case.decision == HIDE:
        tell_hidden(comment, case.reason, case.public_id)
        return _("Not shown; its author was told why.")
    if case.decision == SHOW:
        expect(comment, State.VISIBLE)
        tell_shown(comment)
        tell_soon(comment)
        return _("On line; its author and those who follow were told.")
    return _("It stays; those who reported it were told.")


def register() -> None:
    """Add both kinds to the queue."""
    register_case_kind(
        CaseKind(
            key=HELD,
            label=gettext_lazy("Comment to read"),
            icon="comment",
            permission=MODERATE,
            template="members/conversation/case.html",
            choices=held_choices,
            context=context_of,
            waiting=held_comments,
            decide=decide,
            undo=undo,
            apply=apply,
            order=30,
            together=True,
        )
    )
    register_case_kind(
        CaseKind(
            key=REPORTED,
            label=gettext_lazy("Reported comment"),
            icon="warning",
            permission=MODERATE,
            template="members/conversation/case.html",
            choices=report_choices,
            context=context_of,
            waiting=reported_comments,
            decide=decide,
            undo=undo,
            apply=apply,
            order=20,
            together=True,
        )
    )
