"""What the queue of the team knows of comments: those that wait, those that somebody reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from members.cases.kinds import Pending
from members.cases.opening import open_case, settle
from members.models import Comment

from .topics import topics_of
from .words import excerpt_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .topics import Topic

HELD, REPORTED = "comment", "comment_report"


def title_for(comment: Comment, topic: Topic | None) -> str:
    """How a case is called: the first words, and what they are about."""
    words = excerpt_of(comment.text, 90)
    return _("“%(words)s” about “%(title)s”") % {"words": words, "title": topic.title} if topic else words


def pending(comment: Comment, topic: Topic | None, reported: bool = False) -> Pending:
    """A comment as the queue names it. One that was reported waits since its first open report."""
    since = getattr(comment, "reported_at", None) if reported else None
    return Pending(
        comment.public_id,
        title_for(comment, topic),
        since or (comment.edited_at or comment.created_at),
        comment.author,
        comment.organisation,
    )


def put_in_queue(comment: Comment, topic: Topic | None) -> None:
    """A comment waits to be read: what was in the queue of its former words goes."""
    settle(HELD, comment.public_id)
    open_case(HELD, pending(comment, topic))


def take_out(comment: Comment) -> None:
    """Nothing is left to decide: it was deleted, or decided elsewhere."""
    for kind in (HELD, REPORTED):
        settle(kind, comment.public_id)


def held_comments() -> Iterator[Pending]:
    """Those that wait to be read, the oldest first."""
    rows = list(Comment.objects.held().select_related("author", "organisation").order_by("created_at", "pk"))
    topics = topics_of({(row.target_kind, row.target) for row in rows})
    return (pending(row, topics.get((row.target_kind, row.target))) for row in rows)


def reported_comments() -> Iterator[Pending]:
    """Those with a report that nobody has decided on, the first reported first."""
    undecided = Q(reports__decided_at=None, reports__isnull=False)
    dated = Comment.objects.visible().annotate(reported_at=Min("reports__created_at", filter=undecided))
    rows = list(
        dated.exclude(reported_at=None).select_related("author", "organisation").order_by("reported_at", "pk")
    )
    topics = topics_of({(row.target_kind, row.target) for row in rows})
    return (pending(row, topics.get((row.target_kind, row.target)), reported=True) for row in rows)
