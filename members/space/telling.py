"""What each person of a batch is told, and the letter that says it. Nothing is written here."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import override

from common import bounces
from common.mail import Item, compose, known_language
from common.models import Bounce
from members.models import Announcement, DigestState, Follow, Kind, Notification, NotificationRhythm, Rhythm

from . import runs
from .announcing import still_news
from .due import to_tell
from .emails import MOST, item_for, letter_for
from .rhythms import default_of

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from members.models import User

logger = logging.getLogger("atoutage.digest")

# What was announced longer ago is no news, whatever kept us from telling it.
OLDEST = dt.timedelta(days=35)


@dataclass(frozen=True)
class Telling:
    """What one person is told. `read_up_to` is how far she was told, `up_to` how far she is then.

    Without a message nothing is sent: there is nothing to say, or her address refuses our mail.
    """

    user: User
    notifications: Sequence[Notification]
    news: Sequence[Announcement]
    rhythms: frozenset[str]
    read_up_to: int
    up_to: int
    message: EmailMessage | None


class Newspaper:
    """The announcements of a round, the latest first, each put into words once a language."""

    def __init__(self, run: runs.Run) -> None:
        self.run = run
        self.lines: dict[tuple[int, str], Item] = {}
        self.topics: dict[int, list[tuple[str, str]]] = {}
        self._announcements: list[Announcement] | None = None

    @property
    def announcements(self) -> list[Announcement]:
        """Those still on line, read when they are first needed."""
        if self._announcements is None:
            moments = self.run.until.values()
            loud = Announcement.objects.filter(still_news(self.run.now), quiet=False)
            recent = loud.filter(created_at__gt=min(moments) - OLDEST, created_at__lte=max(moments))
            rows = list(recent.prefetch_related("topics").order_by("-created_at", "-pk"))
            self.topics = {row.pk: [(topic.kind, topic.target) for topic in row.topics.all()] for row in rows}
            self._announcements = rows
        return self._announcements

    def line(self, announcement: Announcement, language: str) -> Item:
        """The line of a digest, in the active language."""
        key = (announcement.pk, language)
        if key not in self.lines:
            self.lines[key] = item_for(announcement, language)
        return self.lines[key]

    def for_follows(
        self, follows: Mapping[tuple[str, str], dt.datetime], user_id: int, after: int, until: dt.datetime
    ) -> list[Announcement]:
        """What is new, since it was followed, in what somebody follows; never her own doing."""
        return [
            row
            for row in self.announcements
            if row.pk > after
            and row.created_at <= until
            and row.author_id != user_id
            and any(topic in follows and follows[topic] <= row.created_at for topic in self.topics[row.pk])
        ]


class Batch:
    """Some people, and all that must be known of them, read in as many queries as there are tables."""

    def __init__(
        self, run: runs.Run, newest: Mapping[str, int], newspaper: Newspaper, people: Sequence[User]
    ) -> None:
        self.run, self.newest, self.newspaper, self.people = run, newest, newspaper, people
        self.rhythms: dict[tuple[int, str], str] = {
            (user, kind): rhythm
            for user, kind, rhythm in NotificationRhythm.objects.filter(user__in=people).values_list(
                "user", "kind", "rhythm"
            )
        }
        self.follows: dict[int, dict[tuple[str, str], dt.datetime]] = defaultdict(dict)
        follows = Follow.objects.filter(user__in=people).values_list("user", "kind", "target", "since")
        for user, kind, target, since in follows:
            self.follows[user][kind, target] = since
        self.untold: dict[int, list[Notification]] = defaultdict(list)
        waiting = Notification.objects.filter(to_tell(), user__in=people).order_by("created_at", "pk")
        for row in waiting:
            self.untold[row.user_id].append(row)
        addresses = [bounces.normal(user.email) for user in people]
        refusing = Bounce.objects.refusing().filter(address__in=addresses)
        self.refusing = set(refusing.values_list("address", flat=True))

    def rhythm_of(self, user: User, kind: str) -> str:
        """How often somebody wants mail of one kind."""
        return self.rhythms.get((user.pk, kind)) or default_of(kind)

    def tellings(self) -> list[Telling]:
        """What to tell each; a letter that cannot be composed is logged and holds up nobody else."""
        found = []
        for user in self.people:
            try:
                found.append(self.telling(user))
            except Exception:
                logger.exception("a letter could not be composed", extra={"user": user.pk})
        return found

    def telling(self, user: User) -> Telling:
        """What to tell one person."""
        state: DigestState | None = getattr(user, "digest_state", None)
        read_up_to = state.announcements_up_to if state else 0
        due = self.due(state)
        rows = self.notifications(user, due)
        rhythm = self.rhythm_of(user, Kind.FOLLOW)
        news: list[Announcement] = []
        up_to = read_up_to
        if rhythm in due:
            up_to = max(read_up_to, self.newest[rhythm])
            follows, until = self.follows[user.pk], self.run.until[rhythm]
            news = self.newspaper.for_follows(follows, user.pk, read_up_to, until) if follows else []
        silent = not (rows or news) or bounces.normal(user.email) in self.refusing
        message = None if silent else self.compose(user, rows, news)
        return Telling(user, rows, news, frozenset(due), read_up_to, up_to, message)

    def due(self, state: DigestState | None) -> set[str]:
        """The rhythms of the round, without those that this person had their letter of already."""
        had = {
            Rhythm.DAILY: state.last_daily_on if state else None,
            Rhythm.WEEKLY: state.last_weekly_on if state else None,
        }
        return {
            rhythm
            for rhythm in self.run.until
            if (last := had.get(Rhythm(rhythm))) is None or last < self.run.day_of(rhythm)
        }

    def notifications(self, user: User, due: set[str]) -> list[Notification]:
        """What happened to somebody that is told now; nothing while more of it keeps happening."""
        now, until = self.run.now, self.run.until
        asked = [
            (row, rhythm) for row in self.untold[user.pk] if (rhythm := self.rhythm_of(user, row.kind)) in due
        ]
        rows = [row for row, rhythm in asked if rhythm == Rhythm.NOW or row.created_at <= until[rhythm]]
        if Rhythm.NOW in until and rows:
            settled = rows[-1].created_at <= now - runs.SETTLING
            waited = rows[0].created_at <= now - runs.PATIENCE
            return rows if settled or waited else []
        return rows

    def compose(self, user: User, rows: Sequence[Notification], news: Sequence[Announcement]) -> EmailMessage:
        """The letter, in the language of who reads it."""
        language = known_language(user.language)
        with override(language):
            lines = [self.newspaper.line(row, language) for row in news[: max(0, MOST - len(rows))]]
            public_id: str = user.public_id  # type: ignore[attr-defined]  # annotated
            letter = letter_for(user.first_name, public_id, rows, lines, len(news))
            return compose(letter, user.email, language)
