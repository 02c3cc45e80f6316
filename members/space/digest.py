"""The rounds of mail: whoever has something to be told gets one letter, once (decision 14).

People are taken by batches, in the order of their keys. Letters are composed without holding any
lock; then, in one short transaction a batch, their `DigestState` rows are locked, what was read is
checked again, and letters and marks are written together. So a round may be killed and begun anew,
and two may run at once: nobody is told twice. Whoever another round holds is left to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone

from members.models import Announcement, DigestState, Notification, Rhythm, User

from . import runs
from .due import newest_by_rhythm, people_to_tell, to_tell
from .telling import Batch, Newspaper, Telling

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

BATCH = 200
LAST_SENT = {Rhythm.DAILY: "last_daily_on", Rhythm.WEEKLY: "last_weekly_on"}


def send(run: runs.Run, batch_size: int = BATCH) -> int:
    """Write the letters of a round to the outbox; return how many."""
    newest = newest_by_rhythm(run)
    newspaper = Newspaper(run)
    sent, after = 0, 0
    while people := list(people_to_tell(run, newest, after)[:batch_size]):
        after = people[-1].pk
        sent += write(run, Batch(run, newest, newspaper, people).tellings())
    return sent


@transaction.atomic
def write(run: runs.Run, tellings: Sequence[Telling]) -> int:
    """Keep the letters of a batch and remember that they were written; return how many."""
    states = locked_states([telling.user for telling in tellings])
    rows = [row.pk for telling in tellings for row in telling.notifications]
    untold = set(Notification.objects.filter(to_tell(), pk__in=rows).values_list("pk", flat=True))
    mine = [
        telling
        for telling in tellings
        if telling.user.pk in states
        and states[telling.user.pk].announcements_up_to == telling.read_up_to
        and untold.issuperset(row.pk for row in telling.notifications)
    ]
    letters = [telling.message for telling in mine if telling.message is not None]
    post_all(letters)
    remember(run, mine, states)
    return len(letters)


def locked_states(people: Sequence[User]) -> dict[int, DigestState]:
    """How far each was told, locked until the transaction ends; without those whom another round holds."""
    DigestState.objects.bulk_create([DigestState(user=user) for user in people], ignore_conflicts=True)
    skip = connection.features.has_select_for_update_skip_locked
    rows = DigestState.objects.filter(user__in=people).select_for_update(skip_locked=skip).order_by("user_id")
    return {row.user_id: row for row in rows}


def post_all(messages: Sequence[EmailMessage]) -> None:
    """All of them in one statement or few."""
    get_connection().send_messages(messages)


def remember(run: runs.Run, tellings: Sequence[Telling], states: dict[int, DigestState]) -> None:
    """What was said will not be said again."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for telling in tellings:
        days = [
            (name, run.day_of(rhythm))
            for rhythm, name in LAST_SENT.items()
            if telling.message and rhythm in telling.rhythms
        ]
        alike[("announcements_up_to", telling.up_to), *days].append(states[telling.user.pk].pk)
    for values, keys in alike.items():
        DigestState.objects.filter(pk__in=keys).update(**dict(values))
    told = [row.pk for telling in tellings for row in telling.notifications]
    Notification.objects.filter(pk__in=told).update(told_at=run.now)
    said = {news.pk for telling in tellings if telling.message for news in telling.news}
    Announcement.objects.filter(pk__in=said, told_at=None).update(told_at=run.now)


def tell_at_once() -> int:
    """Periodic job, every minute."""
    return send(runs.at_once(timezone.now()))


def tell_in_the_morning() -> int:
    """Periodic job, every five minutes: it does something once a morning."""
    run = runs.of_the_morning(timezone.now())
    return send(run) if run else 0
