"""Saying that something helped: its author is told, once a day at most, and nobody keeps a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext, override

from members.models import Block, Comment, Kind, Notification, Thanks, User
from members.people.visibility import in_use, is_member
from members.space.notification import notify, take_back

from . import rules
from .refusals import Gone, NotAMember
from .telling import TITLE_LENGTH, path_of, title_of
from .topics import topic_of
from .words import excerpt_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from .topics import Topic


# ---------------------------------------------------------------- verbs
@transaction.atomic
def thank(user: User, topic: Topic, comment: Comment | None = None) -> bool:
    """Say that a thing, or a comment, was useful; return whether it was not said yet. Raises NotAMember, Gone."""
    check(user, topic, comment)
    made = Thanks.objects.get_or_create(user=user, target_kind=topic.kind, target=topic.key, comment=comment)[
        1
    ]
    if made:
        tell(topic, comment)
    return made


@transaction.atomic
def no_longer_thank(user: User, topic: Topic, comment: Comment | None = None) -> bool:
    """Take it back; return whether it was said."""
    given = Thanks.objects.filter(
        user=user, target_kind=topic.kind, target=topic.key, comment=comment
    ).delete()
    if given[0]:
        tell(topic, comment)
    return bool(given[0])


def check(user: User, topic: Topic, comment: Comment | None) -> None:
    """Nobody thanks herself. Raises NotAMember, Gone."""
    if not is_member(user):
        raise NotAMember
    own = topic.author_id == user.pk if comment is None else not rules.may_judge(user, comment)
    if own:
        raise Gone


# ---------------------------------------------------------------- the author is told
def tell(topic: Topic, comment: Comment | None) -> None:
    """Tell the author how many found it useful today; what she has not read yet says the latest count."""
    author = comment.author if comment else in_use().filter(pk=topic.author_id or 0).first()
    if author is None:
        return
    name = f"comment:{comment.pk}" if comment else topic.target
    key = f"members.thanks:{name}:{timezone.localdate():%Y-%m-%d}"
    number = today(author, topic, comment).count()
    if not number:
        take_back(key, author)
        return
    words = sentence(number, topic, comment)
    made = notify(
        author, Kind.CONVERSATION, key=key, text=words, url=path_of(comment) if comment else topic.url
    )
    if made is None:
        with override(author.language):
            text = words()[:300]
        Notification.objects.filter(user=author, key=key, read_at=None).update(text=text)


def today(author: User, topic: Topic, comment: Comment | None) -> QuerySet[Thanks]:
    """What was said since midnight, but by those whom the author does not hear from."""
    about = Thanks.objects.filter(target_kind=topic.kind, target=topic.key, comment=comment)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    unheard = Block.objects.filter(blocker=author).values("blocked")
    return about.filter(created_at__gte=midnight).exclude(user__in=unheard)


def sentence(number: int, topic: Topic, comment: Comment | None) -> Callable[[], str]:
    """How many found it useful, in the language that is active when it is called."""

    def words() -> str:
        if comment is not None:
            text = ngettext(
                "%(n)s member thanks you for your comment on “%(title)s”.",
                "%(n)s members thank you for your comment on “%(title)s”.",
                number,
            )
            return text % {"n": number, "title": title_of(comment)}
        here = topic_of(topic.kind, topic.key) or topic
        text = ngettext(
            "%(n)s member found “%(title)s” useful.", "%(n)s members found “%(title)s” useful.", number
        )
        return text % {"n": number, "title": excerpt_of(here.title, TITLE_LENGTH)}

    return words
