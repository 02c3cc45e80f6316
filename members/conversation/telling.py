"""Who is told of a comment, once, and what its author and its reporters are told of its fate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from common.mail import Letter, post_to
from members.models import Comment, Kind
from members.space.notification import notify

from .authors import name_for_members
from .subscribing import followers_of, subscribe_owners
from .topics import topic_of
from .words import excerpt_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import CommentReport, User

TITLE_LENGTH = 120


def key_of(comment: Comment) -> str:
    """What a comment's notification is known by."""
    return f"members.comment:{comment.pk}"


def path_of(comment: Comment) -> str:
    """An address of a comment that stays right: it leads to its place on the page, in the reader's language."""
    return reverse("comment", args=[comment.public_id])


def title_of(comment: Comment) -> str:
    """What is talked about, in the active language; empty once it is off line."""
    topic = topic_of(comment.target_kind, comment.target)
    return excerpt_of(topic.title, TITLE_LENGTH) if topic else ""


# ---------------------------------------------------------------- those who follow
def tell_soon(comment: Comment) -> None:
    """Tell of it once this transaction commits, outside the request."""
    transaction.on_commit(lambda: tell.enqueue(comment.pk))


@task()
def tell(pk: int) -> int:
    """Tell whoever follows of a comment that shows; return how many were told. May run twice.

    The row is locked: hiding it meanwhile waits, and then takes back what was told.
    """
    with transaction.atomic():
        rows = Comment.objects.visible().select_related("author__profile", "parent")
        comment = rows.select_for_update(of=("self",)).filter(pk=pk).first()
        topic = topic_of(comment.target_kind, comment.target) if comment else None
        if comment is None or topic is None:
            return 0
        subscribe_owners(comment, topic)
        return sum(tell_one(reader, comment) for reader in followers_of(topic))


def tell_one(reader: User, comment: Comment) -> bool:
    """Tell one person; False when she wrote it, knew, or does not hear from its author."""
    row = notify(
        reader,
        Kind.CONVERSATION,
        key=key_of(comment),
        text=lambda: sentence(comment, reader),
        url=path_of(comment),
        actor=comment.author,
    )
    return row is not None


def sentence(comment: Comment, reader: User) -> str:
    """What happened, in the active language."""
    team = _("The Atout’âge team")
    words = {
        "name": team if comment.by_staff else name_for_members(comment.author),
        "title": title_of(comment),
    }
    if comment.parent is not None:
        if comment.parent.author_id == reader.pk:
            return _("%(name)s answered you about “%(title)s”.") % words
        return _("%(name)s answered in the conversation about “%(title)s”.") % words
    if comment.sort == Comment.Sort.QUESTION:
        return _("%(name)s asks a question about “%(title)s”.") % words
    return _("%(name)s commented on “%(title)s”.") % words


# ---------------------------------------------------------------- its author
def tell_shown(comment: Comment) -> None:
    """What waited is on line."""
    if comment.author is not None:
        notify(
            comment.author,
            Kind.CONVERSATION,
            key=f"members.comment_shown:{comment.pk}",
            text=lambda: _("Your comment on “%(title)s” is on line.") % {"title": title_of(comment)},
            url=path_of(comment),
        )


def tell_hidden(comment: Comment, reason: str, occasion: str) -> None:
    """Why a comment does not show, and how to contest it (Regulation 2022/2065, article 17): at once, in full.

    Once for each `occasion`.
    """
    author = comment.author
    if author is None or not author.is_active or author.anonymised_at:
        return
    row = notify(
        author,
        Kind.CONVERSATION,
        key=f"members.comment_hidden:{comment.pk}:{occasion}",
        text=lambda: _("Your comment on “%(title)s” is not shown.") % {"title": title_of(comment)},
        url=reverse("my_comments"),
    )
    if row is not None:  # the letter says more: no other is needed
        row.told_at = timezone.now()
        row.save(update_fields=["told_at"])
        post_to(author, lambda: hidden_letter(comment, reason))


def hidden_letter(comment: Comment, reason: str) -> Letter:
    """The letter, in the active language."""
    return Letter(
        subject=_("One of your comments is not shown"),
        paragraphs=[
            _("The association has read your comment on “%(title)s” and decided not to show it.")
            % {"title": title_of(comment)},
            _("Your words: %(text)s") % {"text": excerpt_of(comment.text, 300)},
            _("The reason: %(reason)s") % {"reason": reason},
        ],
        closing=[
            _("You do not agree? Write to %(address)s: somebody else will look at it.")
            % {"address": settings.CONTACT_EMAIL}
        ],
        reason=_("You receive this message because it concerns something that you wrote on Atout’âge."),
    )


# ---------------------------------------------------------------- those who reported it
def tell_reporter(report: CommentReport, words: Callable[[], str]) -> None:
    """What became of what somebody reported, without a word about its author."""
    if report.reporter is not None:
        notify(
            report.reporter,
            Kind.CONVERSATION,
            key=f"members.comment_report:{report.pk}",
            text=words,
            url=reverse("my_comments"),
        )
