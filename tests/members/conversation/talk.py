"""People who talk under a practice, and what they say."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from common.facts import FactsPage
from members.conversation.topics import Topic, topic_of
from members.conversation.writing import write
from members.models import Comment, ConversationSettings, Notification, User
from members.roles import Role
from tests.factories.pages import PracticePageFactory
from tests.members.people.members import member

Moderation = ConversationSettings.Moderation


def practice(tree: Any, author: User | None = None, **fields: Any) -> FactsPage:
    """A practice on line, whose author is known."""
    page: FactsPage = PracticePageFactory(parent=tree.practices, **fields)
    page.facts.author = author
    page.facts.save()
    return page


def about(page: FactsPage) -> Topic:
    """What is talked about."""
    topic = topic_of("practice", str(page.translation_key))
    assert topic is not None
    return topic


def moderated(how: str = Moderation.AFTER, first_held: int = 0) -> None:
    """The setting of the site."""
    settings = ConversationSettings.load()
    settings.moderation, settings.first_held = how, first_held
    settings.save()


def said(author: User, page: FactsPage, text: str = "Nous l’avons essayé.", **fields: Any) -> Comment:
    """A comment that shows, without limits; a minute after the one before."""
    now = timezone.now() - dt.timedelta(hours=2) + dt.timedelta(minutes=Comment.objects.count())
    values = {"created_at": now, "published_at": now, "state": Comment.State.VISIBLE, **fields}
    return Comment.objects.create(
        target_kind="practice", target=str(page.translation_key), author=author, text=text, **values
    )


def waiting(author: User, page: FactsPage, text: str = "Première visite.") -> Comment:
    """A comment that waits for the team."""
    moderated(Moderation.BEFORE)
    return write(author, about(page), text)


def moderator(name: str = "Alix Relecture") -> User:
    """Somebody of the team."""
    user = member(name)
    user.groups.add(Group.objects.get(name=Role.MODERATOR.group))
    return User.objects.get(pk=user.pk)


def told(user: User) -> list[str]:
    """What somebody was told, oldest first."""
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def keys(user: User) -> list[str]:
    """By what names, oldest first."""
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("key", flat=True))
