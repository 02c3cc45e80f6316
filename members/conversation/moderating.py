"""Whose words wait for a moderator before everybody reads them (`ConversationSettings`)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import Comment, ConversationSettings

if TYPE_CHECKING:
    from members.models import User

    from .topics import Topic

State = Comment.State
Moderation = ConversationSettings.Moderation
# What a moderator has read, or let stand: it makes somebody known.
READ = (State.VISIBLE, State.DELETED)
# Somebody who has just come, and links to more than this in one comment, is read first.
LINKS = 2
RECENT = dt.timedelta(days=30)


def is_team(user: User) -> bool:
    """Whether somebody works on the site: her words are the team's."""
    return user.has_perm("wagtailadmin.access_admin")


def known_comments(user: User, without: Comment | None = None) -> int:
    """How many of somebody's comments have been on line, and were not hidden."""
    known = Comment.objects.filter(author=user, state__in=READ, published_at__isnull=False)
    return (known.exclude(pk=without.pk) if without else known).count()


def is_held(user: User, without: Comment | None = None) -> bool:
    """Whether what this person writes must be read by the team first; never what the team writes.

    `without` is the comment that is judged, when it is on line already.
    """
    if is_team(user):
        return False
    chosen = ConversationSettings.load()
    if chosen.moderation == Moderation.BEFORE:
        return True
    return chosen.first_held > 0 and known_comments(user, without) < chosen.first_held


def is_comment_held(user: User, topic: Topic, links: int, without: Comment | None = None) -> bool:
    """The same of one comment: authors are at home under what they made, and newcomers' links are read first."""
    if user.pk == topic.author_id or is_team(user):
        return False
    newcomer = user.date_joined > timezone.now() - RECENT
    return is_held(user, without) or (newcomer and links > LINKS)
