"""Following the exchanges under one thing: whoever writes follows, and can stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.models import Comment, Follow, Followed, Membership, Notification, User
from members.people.visibility import in_use
from members.space.following import MOST, Followable, Subject, register_followable

from .topics import ANCHOR, topics_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from .topics import Topic

# Among the latest comments one looks for what the owner was told: nobody reads further back.
LOOKED_AT = 50


def subscribe(user: User, topic: Topic) -> None:
    """Follow; nothing happens to somebody who follows very much already."""
    if Follow.objects.filter(user=user).count() < MOST:
        Follow.objects.get_or_create(user=user, kind=Followed.CONVERSATION, target=topic.target)


def owners_of(topic: Topic) -> list[User]:
    """Whose the thing is: its author; when she has gone, those who decide for its company."""
    author = in_use().filter(pk=topic.author_id).first() if topic.author_id else None
    if author is not None:
        return [author]
    if topic.organisation_id is None:
        return []
    managers = Membership.objects.managers().filter(organisation=topic.organisation_id)
    return list(in_use().filter(pk__in=managers.values("user")).order_by("pk"))


def subscribe_owners(comment: Comment, topic: Topic) -> None:
    """Have the owners follow, from the first comment they can be told of: not those who stopped since."""
    before = Comment.objects.about(comment.target_kind, comment.target).exclude(pk=comment.pk)
    latest = before.order_by("-created_at", "-pk").values_list("pk", flat=True)[:LOOKED_AT]
    keys = [f"members.comment:{pk}" for pk in latest]
    for owner in owners_of(topic):
        if not Notification.objects.filter(user=owner, key__in=keys).exists():
            subscribe(owner, topic)


def followers_of(topic: Topic) -> list[User]:
    """Who is told."""
    follows = Follow.objects.filter(kind=Followed.CONVERSATION, target=topic.target)
    return list(in_use().filter(pk__in=follows.values("user")).order_by("pk"))


def describe(targets: Collection[str]) -> dict[str, Subject]:
    """Followed exchanges by what they are about, by title."""
    asked = {(kind, key) for kind, colon, key in (target.partition(":") for target in targets) if colon}
    found = sorted(topics_of(asked).values(), key=lambda topic: topic.title)
    return {topic.target: Subject(topic.title, f"{topic.url}#{ANCHOR}") for topic in found}


def register() -> None:
    """Listed in the space among what one follows."""
    register_followable(Followable(Followed.CONVERSATION, _("Conversations"), describe))
