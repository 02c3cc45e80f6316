"""One number for “what the public sees has changed”, shared by every process.

It is bumped when a transaction that touched public content commits. Whatever was remembered under
an older generation is forgotten: whole pages (`common.pagecache`) and look-ups (`per_generation`).
The stamp lives in a file (one machine) or in Redis (several): `GENERATION_STAMP`.
"""

from __future__ import annotations

import functools
import logging
import os
import secrets
import threading
import time
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common import registries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger("atoutage.generation")


class Stamp(Protocol):
    """Where the generation is kept."""

    def read(self) -> str:
        """The current generation; cheap enough for every request."""
        ...

    def bump(self) -> None:
        """Start a new generation, for every process."""
        ...


class FileStamp:
    """A small file, replaced at each bump: its inode and time of change are the generation."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)

    def read(self) -> str:
        try:
            status = os.stat(self.path)  # noqa: PTH116 (a hot path: pathlib is four times slower)
        except FileNotFoundError:
            self.bump()
            status = self.path.stat()
        return f"{status.st_mtime_ns}.{status.st_ino}"

    def bump(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        draft.write_text(secrets.token_hex(8))
        draft.replace(self.path)


class RedisStamp:
    """A counter in Redis. While Redis is away, every read differs: slower pages, never stale ones."""

    def __init__(self, url: str) -> None:
        import redis  # noqa: PLC0415 (only installed where it is used)

        self.client = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
        self.error = redis.RedisError

    def read(self) -> str:
        try:
            return str(self.client.get("atoutage:generation"))
        except self.error:
            logger.warning("Redis does not answer; pages are rendered afresh")
            return secrets.token_hex(8)

    def bump(self) -> None:
        try:
            self.client.incr("atoutage:generation")
        except self.error:
            logger.exception("Redis does not answer; pages remembered before may be stale")


@functools.cache
def stamp() -> Stamp:
    """The stamp that `GENERATION_STAMP` names."""
    where: str = settings.GENERATION_STAMP
    return RedisStamp(where) if where.startswith(("redis://", "rediss://")) else FileStamp(where)


class Clock:
    """The moment until which pages stay right by themselves, and how often it has passed."""

    def __init__(self) -> None:
        self.stamp = ""
        self.until = 0.0
        self.passed = 0

    def tell(self, value: str) -> str:
        """The stamp, and the count of boundaries passed under it in this process."""
        now = time.time()
        if value != self.stamp or now >= self.until:
            self.passed += 1
            self.until = registries.next_boundary(timezone.now()).timestamp()
            self.stamp = value
        return f"{value}-{self.passed}"


_clock = Clock()
_pinned: ContextVar[str | None] = ContextVar("generation", default=None)


def current() -> str:
    """The generation; inside a request, the one it began with."""
    return _pinned.get() or stamp().read()


def pin() -> str:
    """Read the generation once for the request that begins, and return it.

    It also changes when time alone changes a page: an event begins, a banner appears, midnight.
    """
    value = _clock.tell(stamp().read())
    _pinned.set(value)
    return value


def unpin() -> None:
    """The request is over."""
    _pinned.set(None)


def bump() -> None:
    """Forget everything remembered, in every process, now."""
    stamp().bump()
    _pinned.set(None)


def bump_on_commit() -> None:
    """Bump when the transaction commits (at once outside one)."""
    transaction.on_commit(bump)


def per_generation(function: Callable[P, R]) -> Callable[P, R]:
    """Remember the results of `function`, per process, until content changes (4,096 at most).

    Arguments must be hashable. Results are shared between requests: never mutate them.
    """
    lock = threading.Lock()
    remembered: dict[Any, R] = {}
    of: str = ""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal remembered, of
        now = current()
        if now != of or len(remembered) > 4096:  # noqa: PLR2004
            with lock:
                remembered, of = {}, now
        key = (args, tuple(kwargs.items()))
        mine = remembered
        if key not in mine:
            mine[key] = function(*args, **kwargs)
        return mine[key]

    return wrapper


# Rows that no public page shows: saving one leaves every remembered page right.
SILENT_APPS = frozenset(
    {
        "account",
        "admin",
        "contenttypes",
        "django_tasks_database",
        "members",
        "mfa",
        "sessions",
        "usersessions",
        "wagtailsearch",
    }
)
SILENT_MODELS = frozenset(
    {
        "common.Bounce",
        "common.FileCheck",
        "common.OutboxMessage",
        "common.ShareImage",
        "home.ContactMessage",
        "home.LoadedRow",
        "search.Entry",
        "toolbox.Contribution",
        "toolbox.ContributionFile",
        "toolbox.ContributionMove",
        "toolbox.ContributionNote",
        "toolbox.Download",
        "toolbox.Hand",
        "toolbox.HandItem",
        "toolbox.ImportLine",
        "toolbox.ImportRun",
        "toolbox.ImportedRow",
        "toolbox.Rereading",
        "toolbox.SavedFilter",
        "home.VideoView",
        "wagtailcore.Comment",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry",
        "wagtailcore.ReferenceIndex",
        "wagtailcore.Revision",
        "wagtailcore.Task",
        "wagtailcore.TaskState",
        "wagtailcore.UploadedFile",
        "wagtailcore.WorkflowState",
        "wagtailimages.UploadedImage",
        "wagtailusers.UserProfile",
    }
)
# Exceptions to the silent apps.
SHOWN_MODELS = frozenset(
    {"members.Comment", "members.FormerSlug", "members.Organisation", "members.Organisation_themes"}
)


def on_change(sender: type[Model], **kwargs: Any) -> None:
    """Signal receiver: a row was saved or deleted, or a many-to-many link changed."""
    if kwargs.get("raw"):
        return
    meta = sender._meta
    if meta.label in SHOWN_MODELS or not (meta.app_label in SILENT_APPS or meta.label in SILENT_MODELS):
        bump_on_commit()
