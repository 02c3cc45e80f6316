"""When mail is due: at once (grouped), on working mornings, on Monday mornings. Paris time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from members.models import Rhythm

MORNING = dt.time(7, 30)
EVENING = dt.time(20)
WORKING_DAYS = range(5)
MONDAY = range(1)
DAY = dt.timedelta(days=1)
# What happens together is told together: mail waits until nothing happened for this long…
SETTLING = dt.timedelta(minutes=2)
# …but no longer than this after the first of it.
PATIENCE = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Run:
    """A round of mail: which rhythms are due, and up to which moment each tells what happened."""

    now: dt.datetime
    until: Mapping[str, dt.datetime] = field(default_factory=dict)

    def day_of(self, rhythm: str) -> dt.date:
        """The local day of a rhythm's morning."""
        return timezone.localdate(self.until[rhythm])


def last_morning(now: dt.datetime, days: range) -> dt.datetime:
    """The latest morning of sending on one of these days of the week that has come and settled."""
    day = timezone.localdate(now)
    while True:
        morning = timezone.make_aware(dt.datetime.combine(day, MORNING))
        if day.weekday() in days and morning + SETTLING <= now:
            return morning
        day -= DAY


def at_once(now: dt.datetime) -> Run:
    """What is told without waiting for a morning."""
    return Run(now, {Rhythm.NOW: now - SETTLING})


def of_the_morning(now: dt.datetime) -> Run | None:
    """The daily and weekly mail; None at night. A morning that was missed is made up for the same way."""
    if not MORNING <= timezone.localtime(now).time() < EVENING:
        return None
    return Run(
        now,
        {Rhythm.DAILY: last_morning(now, WORKING_DAYS), Rhythm.WEEKLY: last_morning(now, MONDAY)},
    )
