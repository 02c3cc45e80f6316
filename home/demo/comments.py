"""What members of the demonstration say under practices, tools, videos and past events."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from home.models import LoadedRow
from members.conversation.subscribing import subscribe
from members.conversation.telling import key_of
from members.conversation.topics import topic_of
from members.conversation.waiting import put_in_queue
from members.conversation.writing import company_of
from members.models import Comment, Notification, User

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source
    from members.conversation.topics import Topic

KINDS = {"practices": "practice", "tools": "tool", "videos": "video", "events": "event"}


def topic_for(source: Source, loading: Loading) -> Topic:
    """What a file of the folder became. Raises ContentError when it is not to be found."""
    folder, _slash, slug = source.text("under").partition("/")
    page: Any = loading.ledger.find(row) if (row := loading.ledger.rows.get(f"{folder}/{slug}")) else None
    topic = topic_of(KINDS[folder], str(page.translation_key)) if page is not None else None
    if topic is None:
        raise source.error(f"nothing that can be commented is called “{folder}/{slug}”", "under")
    return topic


def answered_by(source: Source, loading: Loading) -> Comment | None:
    """The comment that this one answers."""
    if "answers" not in source.meta:
        return None
    record = loading.ledger.rows.get(f"comments/{source.text('answers')}")
    parent: Comment | None = loading.ledger.find(record) if record else None
    if parent is None:
        raise source.error("the comment that is answered must stand above", "answers")
    return parent


def write_comment(source: Source, row: Comment | None, loading: Loading) -> Comment:
    """A comment written so many days ago; nobody is told of it."""
    parent = answered_by(source, loading)
    topic = topic_of(parent.target_kind, parent.target) if parent else topic_for(source, loading)
    if topic is None:
        raise source.error("what is commented is not on line", "answers")
    author = User.objects.get(email=source.text("email"))
    row = row or Comment()
    row.target_kind, row.target, row.parent = topic.kind, topic.key, parent
    row.author, row.organisation = author, company_of(author, topic)
    row.sort = source.choice("sort", Comment.Sort, Comment.Sort.COMMENT)
    row.text = source.text("text").strip()
    row.state = source.choice("state", Comment.State, Comment.State.VISIBLE)
    row.created_at = timezone.now() - dt.timedelta(days=source.number("days_ago") or 0, hours=1)
    row.published_at = row.created_at if row.state == Comment.State.VISIBLE else None
    row.full_clean()
    row.save()
    subscribe(author, topic)
    Notification.objects.filter(key=key_of(row)).delete()
    if row.state == Comment.State.HELD:
        put_in_queue(row, topic)
    return row


def load_comments(loading: Loading) -> None:
    """Load `comments.yaml`, after the pages and the members that it speaks of."""
    if loading.ledger.origin != LoadedRow.Origin.DEMO:
        return
    for source in loading.entries("comments.yaml"):
        loading.ledger.write(f"comments/{source.text('key')}", source, Comment, write_comment, None, loading)
