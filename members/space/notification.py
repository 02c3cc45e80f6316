"""Telling one person what concerns her (`notify`), or whoever follows what is new (`announce`).

Both write rows in the caller's transaction and send nothing. The space shows them at once; mail
leaves by itself, grouped, at each person's rhythm (`members.space.digest`, decision 14).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import override

from members.models import Block, Kind, Notification, Rhythm

from . import rhythms
from .announcing import announce, withdraw

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User

__all__ = ["Unread", "announce", "mark_read", "notify", "path_in", "take_back", "unread", "withdraw"]

TEXT_LENGTH = 300
# Addresses of pages are the same words in every language, but a page may not exist in another one.
PAGE = "wagtail_serve"


@dataclass(frozen=True)
class Unread:
    """How many notifications wait to be read, and how many conversations among them."""

    total: int = 0
    messages: int = 0


def unread(user: User) -> Unread:
    """What the head of every page counts, in one query."""
    waiting = Notification.objects.filter(user=user, read_at=None)
    counted = waiting.aggregate(
        total=Count("pk"), messages=Count("url", distinct=True, filter=Q(kind=Kind.MESSAGE))
    )
    return Unread(**counted)


def path_in(path: str, language: str) -> str:
    """A path of the active language as somebody else reads it; the path of a page stays what it is."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return path
    if not match.url_name or match.url_name == PAGE:
        return path
    with override(language):
        name = ":".join([*match.namespaces, match.url_name])
        moved = reverse(name, args=match.args, kwargs=match.kwargs)
    return moved + path[len(path.partition("?")[0]) :]


def notify(
    user: User,
    kind: str,
    *,
    key: str,
    text: Callable[[], str] | str | _StrPromise,
    url: str,
    actor: User | None = None,
) -> Notification | None:
    """Tell one person something, once for each `key`, in her language.

    `key` names what happened (`members.join_request:12`), `text` is one sentence, lazy or callable,
    `url` a path on this site. None when she was told already, did it herself, has blocked the
    actor, or has no account in use. Mail follows her rhythm for `kind`.
    """
    if user == actor or not user.is_active or user.anonymised_at:
        return None
    if actor is not None and Block.objects.filter(blocker=user, blocked=actor).exists():
        return None
    with override(user.language):
        words = str(text() if callable(text) else text)
    never = rhythms.rhythm_of(user, kind) == Rhythm.NEVER
    row, created = Notification.objects.get_or_create(
        user=user,
        key=key,
        defaults={
            "kind": kind,
            "text": words[:TEXT_LENGTH],
            "url": path_in(url, user.language),
            "actor": actor,
            "told_at": timezone.now() if never else None,
        },
    )
    return row if created else None


def take_back(key: str, user: User | None = None) -> int:
    """What was told is no longer true (withdrawn, revoked, removed), or no longer concerns that person.

    It goes where nobody read it, and is mailed to nobody any more; return how many had not read it.
    """
    rows = Notification.objects.filter(key=key, read_at=None)
    return (rows.filter(user=user) if user else rows).delete()[0]


def mark_read(user: User, *, url: str = "") -> int:
    """Mark as read what leads to `url`, or everything; return how many were not.

    Call it when the page that a notification leads to is shown, in whatever language: what was read
    here is not mailed.
    """
    waiting = Notification.objects.filter(user=user, read_at=None)
    if url:
        waiting = waiting.filter(url__in={path_in(url, code) for code, _name in settings.LANGUAGES})
    return waiting.update(read_at=timezone.now())
