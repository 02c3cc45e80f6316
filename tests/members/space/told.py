"""People who are told things, and the letters they get."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.utils.translation import ngettext

from common.models import OutboxMessage
from members.models import Announcement, Follow, Followed, Kind, NotificationRhythm, Rhythm, User
from members.space import announcing, digest
from members.space.notification import notify
from tests.factories.shared import ThemeFactory
from tests.members.companies.people import person

PARIS = ZoneInfo("Europe/Paris")
MONTH = dt.timedelta(days=30)
MINUTE = dt.timedelta(minutes=1)
# A Monday.
MONDAY = dt.datetime(2026, 3, 9, 7, 30, tzinfo=PARIS)
TUESDAY, WEDNESDAY = (MONDAY + dt.timedelta(days=days) for days in (1, 2))
NEXT_MONDAY = MONDAY + dt.timedelta(days=7)
THEME = "tutorat"


@dataclass(frozen=True)
class Received:
    """A letter as somebody reads it."""

    to: str
    subject: str
    text: str
    headers: Any


def letters() -> list[Received]:
    """Everything in the outbox that will leave, in the order it was written."""
    rows = OutboxMessage.objects.filter(skipped_at=None).order_by("pk")
    parsed = [message_from_bytes(bytes(row.source), policy=policy.SMTP) for row in rows]
    return [
        Received(str(one["To"]), str(one["Subject"]), one.get_body(("plain",)).get_content(), one)  # type: ignore[union-attr]
        for one in parsed
    ]


def subject(first: str, others: int) -> str:
    """The subject of a letter that says so many things more, in French."""
    return ngettext("%(first)s, and %(n)s more", "%(first)s, and %(n)s more", others) % {
        "first": first,
        "n": others,
    }


def recipients() -> list[str]:
    """Who gets a letter, in order of addresses."""
    return sorted(letter.to for letter in letters())


def follower(
    name: str = "Camille Durand", *, of: str = THEME, rhythm: Rhythm | None = None, **fields: Any
) -> User:
    """Somebody who has followed a theme for long."""
    user = person(name, **fields)
    long_ago = MONDAY - MONTH
    Follow.objects.create(user=user, kind=Followed.THEME, target=of, since=long_ago)
    if rhythm:
        rhythm_of(user, Kind.FOLLOW, rhythm)
    return user


def rhythm_of(user: User, kind: Kind, rhythm: Rhythm) -> None:
    """What somebody chose."""
    NotificationRhythm.objects.update_or_create(user=user, kind=kind, defaults={"rhythm": rhythm})


def publish(name: str = "Quatorze binômes", at: dt.datetime = TUESDAY, **fields: Any) -> Announcement | None:
    """Something new on a theme, announced at that moment."""
    theme = ThemeFactory(slug=fields.pop("theme", THEME))
    values: dict[str, Any] = {
        "kind": "practice",
        "key": f"test:{name}",
        "url": f"/bonnes-pratiques/{len(name)}/",
    }
    with time_machine.travel(at, tick=False):
        return announcing.announce(title=name, themes=[theme], **{**values, **fields})


def happen(user: User, text: str = "Camille vous écrit.", at: dt.datetime = TUESDAY, **fields: Any) -> Any:
    """Something happens to somebody at that moment."""
    values: dict[str, Any] = {"kind": Kind.MESSAGE, "key": f"test:{text}", "url": "/espace/messages/"}
    kind = fields.pop("kind", values.pop("kind"))
    with time_machine.travel(at, tick=False):
        return notify(user, kind, text=text, **{**values, **fields})


def minutes(start: dt.datetime, count: int) -> None:
    """The tick runs each minute, so many times: both rounds of mail."""
    for number in range(count):
        tick(start + number * MINUTE)


def tick(at: dt.datetime) -> int:
    """Both rounds of mail, at that moment; how many letters were written."""
    with time_machine.travel(at, tick=False):
        return digest.tell_at_once() + digest.tell_in_the_morning()


def days(start: dt.datetime, count: int) -> None:
    """The tick runs three times a day: just before the morning, just after, and in the afternoon."""
    for number in range(count):
        day = (start + dt.timedelta(days=number)).replace(hour=0, minute=0)
        for hour, minute in ((7, 25), (7, 35), (16, 0)):
            tick(day.replace(hour=hour, minute=minute))
