"""The exchanges under one thing, as one visitor sees them: two queries, whatever their number.

The latest `PER_PAGE` are shown, the oldest of them first; earlier ones are behind a link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window
from django.utils.translation import gettext as _

from members.models import Block, Comment, Thanks
from members.people.visibility import Audience, acting

from . import rules
from .authors import voice_of
from .topics import discussable
from .words import shown

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from members.models import User

    from .authors import Voice
    from .topics import Topic

PER_PAGE = 30
State = Comment.State


@dataclass(frozen=True)
class Viewer:
    """Who looks: a visitor, or a member with the comments she gave thanks for and whom she does not hear from.

    None among the thanks is the thing itself.
    """

    user: User | None = None
    thanked: frozenset[int | None] = frozenset()
    blocked: frozenset[int] = frozenset()

    @property
    def audience(self) -> Audience:
        """What she may know of others."""
        return Audience.MEMBERS if self.user else Audience.ANYONE


VISITOR = Viewer()


@dataclass
class Line:
    """A comment as it is shown; `gone` stands in the place of words that no longer show."""

    public_id: str
    at: dt.datetime
    is_question: bool = False
    gone: str = ""
    voice: Voice | None = None
    html: SafeString | str = ""
    language: str = ""
    marks: list[str] = field(default_factory=list)
    edited: bool = False
    held: bool = False
    folded: bool = False
    mine: bool = False
    may_edit: bool = False
    may_judge: bool = False
    thanked: bool = False
    answers: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Who speaks."""
        return self.voice.name if self.voice else ""


@dataclass(frozen=True)
class Thread:
    """One page of the exchanges. `total` counts all the comments that everybody reads."""

    lines: list[Line]
    total: int = 0
    number: int = 1
    pages: int = 1

    @property
    def earlier(self) -> int:
        """The page of earlier exchanges; 0 when these are the first."""
        return self.number + 1 if self.number < self.pages else 0

    @property
    def later(self) -> int:
        """The page of later exchanges; 0 when these are the latest."""
        return self.number - 1


# ---------------------------------------------------------------- rows
def readable(viewer: Viewer) -> Q:
    """What shows, and one's own words that wait."""
    seen = Q(state=State.VISIBLE)
    return seen | Q(state=State.HELD, author=viewer.user) if viewer.user else seen


def with_authors(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """With all that `voice_of` reads; `proved` is whether the author acts for the company today."""
    proof = acting().filter(user=OuterRef("author"), organisation=OuterRef("organisation"))
    return rows.select_related("author__profile", "organisation").annotate(proved=Exists(proof))


def first_comments(topic: Topic, viewer: Viewer) -> QuerySet[Comment]:
    """Those that begin an exchange: readable, or with a readable answer."""
    answers = Comment.objects.filter(readable(viewer), parent=OuterRef("pk"))
    about = Comment.objects.about(topic.kind, topic.key).filter(parent=None)
    return about.filter(readable(viewer) | Exists(answers))


def page_of_rows(topic: Topic, viewer: Viewer, number: int) -> list[Any]:
    """The first comments of a page, the latest first, each with the counts of all."""
    visible = Comment.objects.about(topic.kind, topic.key).visible().order_by()
    total = visible.values("target").annotate(n=Count("pk")).values("n")
    rows = with_authors(first_comments(topic, viewer)).annotate(
        threads=Window(Count("pk")), total=Subquery(total)
    )
    start = (number - 1) * PER_PAGE
    return list(rows.order_by("-created_at", "-pk")[start : start + PER_PAGE])


def number_of(comment: Comment, topic: Topic, viewer: Viewer) -> int:
    """The page on which a comment stands."""
    root = comment.parent or comment
    later = Q(created_at__gt=root.created_at) | Q(created_at=root.created_at, pk__gt=root.pk)
    return first_comments(topic, viewer).filter(later).count() // PER_PAGE + 1


def thread_of(topic: Topic, viewer: Viewer = VISITOR, number: int = 1) -> Thread:
    """One page of the exchanges; the latest where there is no such page."""
    rows = page_of_rows(topic, viewer, number)
    if not rows and number > 1:
        number, rows = 1, page_of_rows(topic, viewer, 1)
    if not rows:
        return Thread([])
    answers = Comment.objects.filter(readable(viewer), parent__in=[row.pk for row in rows])
    lines = {row.pk: line_of(row, topic, viewer) for row in reversed(rows)}
    for answer in with_authors(answers).order_by("created_at", "pk"):
        lines[answer.parent_id].answers.append(line_of(answer, topic, viewer))
    pages = -(-rows[0].threads // PER_PAGE)
    return Thread(list(lines.values()), rows[0].total or 0, number, pages)


# ---------------------------------------------------------------- lines
def line_of(comment: Any, topic: Topic, viewer: Viewer) -> Line:
    """A comment as this visitor may read it."""
    if not rules.may_read(viewer.user, comment):
        return Line(comment.public_id, comment.created_at, gone=absence_of(comment))
    line = Line(
        comment.public_id,
        comment.created_at,
        is_question=comment.sort == Comment.Sort.QUESTION,
        voice=voice_of(comment, viewer.audience),
        html=shown(comment.text),
        language=comment.language,
        marks=marks_of(comment, topic),
        edited=comment.edited_at is not None,
        held=comment.state == State.HELD,
        folded=comment.author_id in viewer.blocked,
    )
    if viewer.user is not None:
        line.mine = rules.is_mine(viewer.user, comment)
        line.may_edit = rules.may_edit(viewer.user, comment)
        line.may_judge = rules.may_judge(viewer.user, comment)
        line.thanked = comment.pk in viewer.thanked
    return line


def absence_of(comment: Comment) -> str:
    """What stands in the place of a comment that was answered."""
    if comment.state == State.DELETED:
        return _("This comment was deleted by its author.")
    if comment.state == State.HIDDEN:
        return _("This comment was taken off line by the team.")
    return _("This comment is being read again by the team.")


def marks_of(comment: Comment, topic: Topic) -> list[str]:
    """In words, for whom the author speaks: who made the thing, the team."""
    marks = []
    known = discussable(topic.kind)
    if comment.author_id and comment.author_id == topic.author_id and known:
        marks.append(str(known.author_label))
    if comment.by_staff:
        marks.append(_("The Atout’âge team"))
    return marks


def viewer_of(user: User, topic: Topic) -> Viewer:
    """A member, with what the page needs to know of her: what she gave thanks for, whom she does not hear from."""
    given = Thanks.objects.filter(user=user, target_kind=topic.kind, target=topic.key)
    blocked = Block.objects.filter(blocker=user).values_list("blocked", flat=True)
    return Viewer(user, frozenset(given.values_list("comment", flat=True)), frozenset(blocked))
