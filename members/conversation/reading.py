"""What a page shows is read: it is not told again by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import Comment, Notification
from members.space.unread import unread_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .thread import Thread


def mark_shown(request: HttpRequest, thread: Thread) -> None:
    """Mark what the signed-in member was told of these comments as read; no query when nothing waits."""
    if not thread.lines or not unread_for(request).total:
        return
    shown = [line.public_id for first in thread.lines for line in (first, *first.answers) if not line.gone]
    keys = Comment.objects.filter(public_id__in=shown).values_list("pk", flat=True)
    told = Notification.objects.filter(user=request.user, read_at=None)  # type: ignore[misc]
    if told.filter(key__in=[f"members.comment:{pk}" for pk in keys]).update(read_at=timezone.now()):
        del request.unread  # type: ignore[attr-defined]  # counted again
