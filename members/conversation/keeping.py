"""Remembered pages name authors: they are rendered afresh when what may be said of one changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_save

from common import generation
from members.models import Comment

if TYPE_CHECKING:
    from collections.abc import Collection

# What a page may say of an author; a sign-in, or a new rhythm, changes none of it.
OF_USERS = frozenset({"first_name", "last_name", "is_active", "anonymised_at"})
OF_PROFILES = frozenset({"name_visibility", "company_visibility", "photo_visibility", "photo"})
OF_MEMBERSHIPS = frozenset({"confirmed_at", "left_at"})


def concerns(changed: Collection[str] | None, shown: frozenset[str]) -> bool:
    """Whether a save wrote something that is shown."""
    return changed is None or not shown.isdisjoint(changed)


def forget(user_id: int) -> None:
    """Forget the remembered pages if this person speaks on one."""
    if Comment.objects.visible().filter(author=user_id).exists():
        generation.bump_on_commit()


def on_user(instance: Any, created: bool, update_fields: Any = None, **_kwargs: Any) -> None:
    """Signal receiver."""
    if not created and concerns(update_fields, OF_USERS):
        forget(instance.pk)


def on_profile(instance: Any, created: bool, update_fields: Any = None, **_kwargs: Any) -> None:
    """Signal receiver."""
    if not created and concerns(update_fields, OF_PROFILES):
        forget(instance.user_id)


def on_membership(instance: Any, update_fields: Any = None, **_kwargs: Any) -> None:
    """Signal receiver."""
    if concerns(update_fields, OF_MEMBERSHIPS):
        forget(instance.user_id)


def register() -> None:
    """Listen to whatever says who somebody is."""
    post_save.connect(on_user, sender="members.User", dispatch_uid="conversation.user")
    post_save.connect(on_profile, sender="members.Profile", dispatch_uid="conversation.profile")
    post_save.connect(on_membership, sender="members.Membership", dispatch_uid="conversation.membership")
