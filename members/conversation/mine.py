"""One's own comments: where they stand, and why the team hid one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from common import listing
from common.registries import SPACE_ROWS, SpacePanel, SpaceRow, register_space_panel
from members.models import Comment

from . import rules
from .telling import path_of
from .topics import discussable, topics_of
from .words import excerpt_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from common.listing import Listing
    from members.models import User

    from .topics import Topic

PER_PAGE = 20
State = Comment.State


@dataclass(frozen=True)
class Mine:
    """A comment as its author finds it in her space."""

    public_id: str
    text: str
    at: dt.datetime
    sort: str
    state: str
    label: str | _StrPromise
    kind: str | _StrPromise
    title: str
    url: str
    reason: str
    may_edit: bool
    may_delete: bool


def state_label(comment: Comment) -> str:
    """The state in words; nothing to say of what is on line."""
    return {
        State.HELD: _("Waiting to be read by the team"),
        State.HIDDEN: _("Not shown: the team decided so"),
    }.get(State(comment.state), "")


def written_by(user: User) -> QuerySet[Comment]:
    """What somebody wrote and did not delete, the latest first."""
    return (
        Comment.objects.filter(author=user)
        .exclude(state=State.DELETED)
        .select_related("parent")
        .order_by("-created_at", "-pk")
    )


def reasons_for(comments: Sequence[Comment]) -> dict[str, str]:
    """Why the team hid them, by key: the latest reason in the history, in one query."""
    hidden = [str(comment.pk) for comment in comments if comment.state == State.HIDDEN]
    if not hidden:
        return {}
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment),
        object_id__in=hidden,
        action="members.hide_comment",
    )
    return {entry.object_id: entry.data.get("reason", "") for entry in entries.order_by("timestamp", "pk")}


def mine_of(comment: Comment, user: User, topic: Topic | None, reason: str) -> Mine:
    """One of them, as its author sees it."""
    known = discussable(comment.target_kind)
    return Mine(
        comment.public_id,
        comment.text,
        comment.created_at,
        comment.get_sort_display(),
        comment.state,
        state_label(comment),
        known.label if known else "",
        topic.title if topic else _("A page that is no longer on line"),
        path_of(comment) if topic else "",
        reason,
        rules.may_edit(user, comment) and topic is not None,
        rules.may_delete(user, comment),
    )


def present(comments: Sequence[Comment], user: User) -> list[Mine]:
    """One page of them, in a few more queries."""
    topics = topics_of({(one.target_kind, one.target) for one in comments})
    reasons = reasons_for(comments)
    return [
        mine_of(one, user, topics.get((one.target_kind, one.target)), reasons.get(str(one.pk), ""))
        for one in comments
    ]


def my_listing(user: User, query: QueryDict) -> Listing[Comment]:
    """All of them, paged."""
    return listing.build(
        written_by(user),
        (),
        query,
        path=reverse("my_comments"),
        per_page=PER_PAGE,
        present=lambda rows: present(rows, user),
    )


def panel_rows(user: Any) -> tuple[list[SpaceRow], int]:
    """The latest of them, for the first page of the space."""
    rows = list(written_by(user).annotate(total=Window(Count("pk")))[:SPACE_ROWS])
    total = rows[0].total if rows else 0
    return [
        SpaceRow(excerpt_of(row.text), path_of(row), state_label(row), row.created_at) for row in rows
    ], total


def register() -> None:
    """Shown among what one made."""
    register_space_panel(
        SpacePanel(
            key="comments",
            section="mine",
            label=gettext_lazy("My comments and questions"),
            rows=panel_rows,
            url=lambda _user: reverse("my_comments"),
            order=40,
        )
    )
