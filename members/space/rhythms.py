"""How often each person wants mail of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from members.models import Announcement, DigestState, Kind, Notification, NotificationRhythm, Rhythm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from members.models import User

DEFAULTS: Mapping[str, Rhythm] = {
    Kind.MESSAGE: Rhythm.NOW,
    Kind.COMPANY: Rhythm.NOW,
    Kind.CONTRIBUTION: Rhythm.NOW,
    Kind.CONVERSATION: Rhythm.DAILY,
    Kind.EVENT: Rhythm.NOW,
    Kind.FOLLOW: Rhythm.WEEKLY,
}


def default_of(kind: str) -> Rhythm:
    """The rhythm of somebody who chose none. What has no rhythm (the account) has letters of its own."""
    return DEFAULTS.get(kind, Rhythm.NEVER)


def rhythm_of(user: User, kind: str) -> str:
    """How often somebody wants mail of one kind."""
    chosen = NotificationRhythm.objects.filter(user=user, kind=kind).values_list("rhythm", flat=True)
    return chosen.first() or default_of(kind)


def rhythms_of(user: User) -> dict[str, str]:
    """The rhythm of every kind that has one."""
    chosen = dict(NotificationRhythm.objects.filter(user=user).values_list("kind", "rhythm"))
    return {kind: chosen.get(kind, default) for kind, default in DEFAULTS.items()}


@transaction.atomic
def choose(user: User, wanted: Mapping[str, str]) -> None:
    """Record the rhythms somebody chose.

    What waits when mail of a kind is stopped will never be mailed; what was announced before it is
    asked for again neither.
    """
    before = rhythms_of(user)
    NotificationRhythm.objects.bulk_create(
        [NotificationRhythm(user=user, kind=kind, rhythm=rhythm) for kind, rhythm in wanted.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["rhythm"],
    )
    stopped = [kind for kind, rhythm in wanted.items() if rhythm == Rhythm.NEVER]
    Notification.objects.filter(user=user, kind__in=stopped, told_at=None).update(told_at=timezone.now())
    if before[Kind.FOLLOW] == Rhythm.NEVER != wanted.get(Kind.FOLLOW, Rhythm.NEVER):
        skip_announcements(user)


def stop(user: User, kinds: Iterable[str]) -> None:
    """No more mail of these kinds."""
    choose(user, dict.fromkeys(kinds, Rhythm.NEVER.value))


def skip_announcements(user: User) -> None:
    """Begin again from now: what was announced so far will not be mailed."""
    latest = Announcement.objects.aggregate(latest=Max("pk"))["latest"] or 0
    DigestState.objects.update_or_create(user=user, defaults={"announcements_up_to": latest})
