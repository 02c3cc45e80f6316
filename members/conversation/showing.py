"""The team hides a comment, or shows it (again): at once, and reversibly. Telling people comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from members.companies.refusals import NotAllowed
from members.models import Comment
from members.space.notification import take_back

from . import rules
from .refusals import NotHidden
from .reporting import decide_reports
from .telling import key_of, tell_hidden, tell_shown, tell_soon
from .waiting import take_out
from .writing import locked

if TYPE_CHECKING:
    from members.models import User

State = Comment.State


def show(comment: Comment) -> None:
    """Everybody reads it. The row is locked by the caller."""
    comment.state, comment.ended_at = State.VISIBLE, None
    comment.published_at = comment.published_at or timezone.now()
    comment.save(update_fields=["state", "published_at", "ended_at"])


def hide(comment: Comment) -> None:
    """Nobody reads it any more, and what was told of it is taken back where it was not read."""
    comment.state, comment.ended_at = State.HIDDEN, timezone.now()
    comment.save(update_fields=["state", "ended_at"])
    take_back(key_of(comment))


def hold_again(comment: Comment) -> None:
    """It waits as it did before it was decided on."""
    comment.state, comment.ended_at = State.HELD, None
    comment.save(update_fields=["state", "ended_at"])
    take_back(key_of(comment))


# ---------------------------------------------------------------- from the list, without a case
@transaction.atomic
def hide_at_once(comment: Comment, by: User, reason: str) -> Comment:
    """A moderator hides a comment from the list; its author and who reported it are told. Raises Refusal."""
    row = _judged(comment, by, (State.VISIBLE, State.HELD))
    hide(row)
    entry = log(row, "members.hide_comment", user=by, data={"reason": reason})
    take_out(row)
    decide_reports(row, upheld=True)
    tell_hidden(row, reason, f"log-{entry.pk}" if entry else "list")
    return row


@transaction.atomic
def show_at_once(comment: Comment, by: User, reason: str) -> Comment:
    """A moderator shows what waited, or gives back what was hidden. Raises Refusal."""
    row = _judged(comment, by, (State.HIDDEN, State.HELD))
    show(row)
    log(row, "members.show_comment", user=by, data={"reason": reason})
    take_out(row)
    tell_shown(row)
    tell_soon(row)
    return row


def _judged(comment: Comment, by: User, states: tuple[str, ...]) -> Comment:
    if not by.has_perm(rules.MODERATE):
        raise NotAllowed
    row = locked(comment)
    if row.state not in states:
        raise NotHidden
    return row
