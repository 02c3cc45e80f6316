"""Writing a comment, changing it, deleting it.

Each verb locks the author's account, then the comments it touches; nothing is stored when a
ConversationRefused is raised.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from members.models import Comment, User
from members.people.visibility import acting, is_member
from members.space.notification import take_back

from . import limits, rules
from .moderating import is_comment_held, is_team
from .refusals import ChangedMeanwhile, Closed, Gone, NotAMember, TooLate
from .reporting import end_reports
from .subscribing import subscribe
from .telling import key_of, tell_soon
from .topics import topic_of
from .waiting import put_in_queue, take_out
from .words import addresses_in, worded

if TYPE_CHECKING:
    from members.models import Organisation

    from .topics import Topic

State = Comment.State
# The same words in the same place within this time are one comment: a button pressed twice.
ONCE = dt.timedelta(minutes=10)


def lock_author(author: User) -> None:
    """One comment of a person at a time. Raises NotAMember."""
    list(User.objects.filter(pk=author.pk).select_for_update(no_key=True))
    if not is_member(author):
        raise NotAMember


def locked(comment: Comment) -> Comment:
    """The comment as it is now, held until the transaction ends. Raises Gone."""
    found = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if found is None:
        raise Gone
    return found


def version_of(comment: Comment) -> str:
    """What tells one state of the words from another."""
    return comment.edited_at.isoformat() if comment.edited_at else ""


def company_of(author: User, topic: Topic) -> Organisation | None:
    """In whose name somebody may be read: the company of what is commented if it is hers, or her first one."""
    memberships = acting().filter(user=author).select_related("organisation").order_by("joined_at", "pk")
    mine = [membership.organisation for membership in memberships]
    return next((one for one in mine if one.pk == topic.organisation_id), mine[0] if mine else None)


# ---------------------------------------------------------------- writing
@transaction.atomic
def write(
    author: User, topic: Topic, text: str, sort: str = Comment.Sort.COMMENT, answered: Comment | None = None
) -> Comment:
    """Write under something, or answer a comment that shows; it may have to wait for the team.

    An answer to an answer goes under the same comment. Raises ConversationRefused.
    """
    text = worded(text)
    lock_author(author)
    if not topic.is_open:
        raise Closed
    parent = parent_for(topic, answered) if answered is not None else None
    again = written_just_now(author, topic, parent, text)
    if again is not None:
        return again
    limits.check_writing(author, text)
    held = is_comment_held(author, topic, addresses_in(text))
    now = timezone.now()
    comment = Comment.objects.create(
        target_kind=topic.kind,
        target=topic.key,
        parent=parent,
        author=author,
        organisation=company_of(author, topic),
        sort=Comment.Sort(sort),
        text=text,
        language=get_language() or "fr",
        state=State.HELD if held else State.VISIBLE,
        by_staff=is_team(author),
        created_at=now,
        published_at=None if held else now,
    )
    subscribe(author, topic)
    if held:
        put_in_queue(comment, topic)
    else:
        tell_soon(comment)
    return comment


def parent_for(topic: Topic, answered: Comment) -> Comment:
    """The comment that an answer stands under, locked against its deletion. Raises Gone."""
    row = locked(answered)
    if row.state != State.VISIBLE or (row.target_kind, row.target) != (topic.kind, topic.key):
        raise Gone
    return row.parent or row


def written_just_now(author: User, topic: Topic, parent: Comment | None, text: str) -> Comment | None:
    """The comment that a button pressed twice made the first time."""
    mine = Comment.objects.about(topic.kind, topic.key).filter(author=author, parent=parent, text=text)
    lately = mine.filter(created_at__gt=timezone.now() - ONCE, state__in=[State.VISIBLE, State.HELD])
    return lately.order_by("-created_at", "-pk").first()


# ---------------------------------------------------------------- changing one's mind
@transaction.atomic
def edit(comment: Comment, author: User, text: str, sort: str, seen: str) -> Comment:
    """Change one's words, for thirty minutes; `seen` is the version that one began from.

    What needs a moderator waits again, and is told to nobody meanwhile. Raises ConversationRefused.
    """
    text = worded(text)
    lock_author(author)
    row = editable(comment, author, seen)
    topic = topic_of(row.target_kind, row.target)
    if topic is None:
        raise Closed
    if (row.text, row.sort) == (text, sort):
        return row
    waits = row.state == State.HELD or is_comment_held(author, topic, addresses_in(text), without=row)
    row.text, row.sort, row.edited_at = text, Comment.Sort(sort), timezone.now()
    row.state = State.HELD if waits else State.VISIBLE
    row.save(update_fields=["text", "sort", "edited_at", "state"])
    if waits:
        take_back(key_of(row))
        put_in_queue(row, topic)
    return row


def editable(comment: Comment, author: User, seen: str) -> Comment:
    """The comment, locked, if its author may change it now. Raises Gone, TooLate, ChangedMeanwhile."""
    row = locked(comment)
    if not rules.may_delete(author, row):
        raise Gone
    if not rules.is_in_time(row):
        raise TooLate
    if version_of(row) != seen:
        raise ChangedMeanwhile
    return row


@transaction.atomic
def delete(comment: Comment, author: User) -> None:
    """Take one's words back for good. The place stays while there are answers. Raises Gone."""
    row = locked(comment)
    if row.state == State.DELETED and rules.is_mine(author, row):
        return
    if not rules.may_delete(author, row):
        raise Gone
    forget_words(row)


def forget_words(row: Comment) -> None:
    """Empty a comment that is locked: nothing of it is told, decided or thanked for any more."""
    row.state, row.text, row.ended_at = State.DELETED, "", timezone.now()
    row.save(update_fields=["state", "text", "ended_at"])
    row.thanks.all().delete()
    take_back(key_of(row))
    take_out(row)
    end_reports(row)
