"""Who has something to be told by a round of mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, Max, OuterRef, Q

from members.models import Announcement, Follow, Kind, Notification, NotificationRhythm, User

from .rhythms import DEFAULTS

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from .runs import Run


def newest_by_rhythm(run: Run) -> dict[str, int]:
    """The last announcement that each rhythm of a round tells; 0 where there is none."""
    return {
        rhythm: Announcement.objects.filter(created_at__lte=until).aggregate(last=Max("pk"))["last"] or 0
        for rhythm, until in run.until.items()
    }


def to_tell() -> Q:
    """The condition that a notification is still to be mailed: whatever was read in the space is not."""
    return Q(told_at=None, read_at=None)


def receiving() -> QuerySet[User]:
    """Accounts that mail may go to: in use, not about to be closed for long absence, address verified."""
    verified = EmailAddress.objects.filter(
        user=OuterRef("pk"), verified=True, email__iexact=OuterRef("email")
    )
    return User.objects.filter(Exists(verified), is_active=True, anonymised_at=None, dormancy_notices=0)


def _wants(kind: str, rhythm: str) -> Q:
    """People whose rhythm for that kind is this one."""
    rows = NotificationRhythm.objects.filter(user=OuterRef("pk"), kind=kind)
    chosen = Q(Exists(rows.filter(rhythm=rhythm)))
    return chosen | Q(~Exists(rows)) if DEFAULTS[kind] == rhythm else chosen


def _untold(rhythm: str, until: dt.datetime) -> Q:
    """People to whom something happened before `until` that this rhythm tells."""
    own = NotificationRhythm.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
    by_default = [kind for kind, default in DEFAULTS.items() if default == rhythm]
    of_this_rhythm = Q(Exists(own.filter(rhythm=rhythm))) | Q(~Exists(own), kind__in=by_default)
    rows = Notification.objects.filter(to_tell(), user=OuterRef("pk"), created_at__lte=until)
    return Q(Exists(rows.filter(of_this_rhythm)))


def _behind(rhythm: str, newest: int) -> Q:
    """People who follow something and were not told everything up to the newest announcement."""
    unaware = Q(digest_state=None) | Q(digest_state__announcements_up_to__lt=newest)
    return Q(Exists(Follow.objects.filter(user=OuterRef("pk")))) & unaware & _wants(Kind.FOLLOW, rhythm)


def people_to_tell(run: Run, newest: Mapping[str, int], after: int) -> QuerySet[User]:
    """Those with a key above `after`, in the order of their keys, with how far they were told."""
    anything = Q(pk__in=())
    for rhythm, until in run.until.items():
        anything |= _untold(rhythm, until)
        if newest[rhythm]:
            anything |= _behind(rhythm, newest[rhythm])
    return (
        receiving()
        .filter(anything, pk__gt=after)
        .annotate(public_id=F("profile__public_id"))
        .select_related("digest_state")
        .only("email", "first_name", "language", "digest_state")
        .order_by("pk")
    )
