"""Who may do what with a comment: one predicate each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import Comment

if TYPE_CHECKING:
    from members.models import User

State = Comment.State
EDITABLE = dt.timedelta(minutes=30)
MODERATE = "members.change_comment"


def is_mine(user: User, comment: Comment) -> bool:
    """Whether somebody wrote a comment."""
    return comment.author_id is not None and comment.author_id == user.pk


def is_in_time(comment: Comment) -> bool:
    """Whether its author may still change it, by the server's clock."""
    return timezone.now() < comment.created_at + EDITABLE


def may_edit(user: User, comment: Comment) -> bool:
    """Its author, for thirty minutes, while it shows or waits."""
    return is_mine(user, comment) and comment.state in (State.VISIBLE, State.HELD) and is_in_time(comment)


def may_delete(user: User, comment: Comment) -> bool:
    """Its author, while it shows or waits. What staff hid stays for whoever contests it."""
    return is_mine(user, comment) and comment.state in (State.VISIBLE, State.HELD)


def may_judge(user: User, comment: Comment) -> bool:
    """Whether somebody may report a comment, or thank for it: somebody else's, which everybody reads."""
    return comment.state == State.VISIBLE and not is_mine(user, comment)


def may_read(user: User | None, comment: Comment) -> bool:
    """Everybody reads what shows; its author what waits."""
    if comment.state == State.VISIBLE:
        return True
    return user is not None and is_mine(user, comment) and comment.state == State.HELD
