"""Accounts that nobody uses: warned twice, then anonymised; and those that were never verified.

The CNIL finds two years proportionate, with a warning (domain notes, §B). Two notices leave at 22 and
23 months; whatever the periodic job missed, nobody is anonymised less than 25 days after the second.
"""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.models import Erasure, User

from . import emails, retention
from .anonymising import anonymise
from .months import add_months

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

logger = logging.getLogger("atoutage.privacy")

BATCH = 200
LAST_NOTICE = len(retention.WARNED_AFTER_MONTHS)
GAP = dt.timedelta(days=retention.DAYS_BETWEEN_WARNINGS)
# What signing up writes by itself: somebody with nothing else never did anything.
MADE_BY_SIGNING_UP = frozenset(
    {
        "account.EmailAddress",
        "members.Consent",
        "members.DigestState",
        "members.Intent",
        "members.Notification",
        "members.NotificationRhythm",
        "members.Profile",
        "mfa.Authenticator",
        "usersessions.UserSession",
    }
)


def staff() -> Q:
    """Those who work on the site: a role, or any right of their own. They are shown, never erased by time."""
    entering = Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
    return (
        Q(is_superuser=True)
        | Q(is_staff=True)
        | Q(groups__permissions__in=entering)
        | Q(user_permissions__in=entering)
    )


def asleep(today: dt.date, months: int) -> QuerySet[User]:
    """Accounts unused for so many months, those of staff and those being erased apart."""
    return (
        User.objects.filter(last_activity_on__lte=add_months(today, -months), anonymised_at=None)
        .exclude(pk__in=User.objects.filter(staff()).values("pk"))
        .exclude(pk__in=Erasure.objects.filter(cancelled_at=None, done_at=None).values("user"))
    )


def dormant_staff(today: dt.date | None = None) -> QuerySet[User]:
    """Accounts of staff that sleep: administrators see them and decide."""
    limit = add_months(today or timezone.localdate(), -retention.WARNED_AFTER_MONTHS[0])
    with_rights = User.objects.filter(staff()).values("pk")
    return User.objects.filter(pk__in=with_rights, is_active=True, last_activity_on__lte=limit)


def each(rows: QuerySet[User], do: Callable[[User], bool]) -> int:
    """Do something to each account, in a transaction of its own, by batches; return for how many it was done."""
    done = 0
    for pk in _keys(rows):
        with transaction.atomic():
            user = rows.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
            if user is not None:
                done += do(user)
    return done


def _keys(rows: QuerySet[User]) -> Iterator[int]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from batch
        last = batch[-1]


# ---------------------------------------------------------------- warning
def warn(today: dt.date | None = None) -> dict[str, int]:
    """Send the notices that are due: one a person and a run, the second at least 25 days after the first."""
    day = today or timezone.localdate()
    counts = {}
    for notices, months in enumerate(retention.WARNED_AFTER_MONTHS):
        due = asleep(day, months).filter(dormancy_notices=notices)
        if notices:
            due = due.filter(dormancy_noticed_on__lte=day - GAP)
        counts[f"notice_{notices + 1}"] = each(due, partial(_warn, number=notices + 1, today=day))
    return counts if any(counts.values()) else {}


def _warn(user: User, number: int, today: dt.date) -> bool:
    user.dormancy_notices, user.dormancy_noticed_on = number, today
    user.save(update_fields=["dormancy_notices", "dormancy_noticed_on"])
    if user.is_active:
        emails.dormant(user, goes_on(user, today), last=number == LAST_NOTICE)
    return True


def goes_on(user: User, today: dt.date) -> dt.date:
    """The day on which a warned account goes: at 24 months, later when the notices were late."""
    months = retention.DORMANT.months
    waits = GAP * (LAST_NOTICE - user.dormancy_notices + 1)
    return max(add_months(user.last_activity_on, months), today + waits)


# ---------------------------------------------------------------- the end
def anonymise_dormant(today: dt.date | None = None) -> dict[str, int]:
    """Anonymise the accounts that were warned twice and stayed asleep; what they shared stays."""
    day = today or timezone.localdate()
    over = asleep(day, retention.DORMANT.months).filter(
        dormancy_notices=LAST_NOTICE, dormancy_noticed_on__lte=day - GAP
    )
    done = failed = 0
    for pk in _keys(over):
        try:
            with transaction.atomic():
                user = over.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
                if user is not None:
                    anonymise(user, contributions_stay=True, cause="dormant")
                    done += 1
        except Exception:
            logger.exception("a dormant account could not be anonymised", extra={"account": pk})
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} dormant accounts failed, {done} done")
    return {"anonymised": done} if done else {}


def forget_unverified(now: dt.datetime | None = None) -> dict[str, int]:
    """Delete the accounts whose address was not verified in seven days, unless something hangs on them."""
    never = (
        User.objects.filter(
            date_joined__lt=retention.UNVERIFIED.limit(now), last_login=None, anonymised_at=None
        )
        .exclude(emailaddress__verified=True)
        .exclude(pk__in=User.objects.filter(staff()).values("pk"))
        .exclude(groups__isnull=False)
    )
    deleted = each(never, _delete_if_idle)
    return {"deleted": deleted} if deleted else {}


def _delete_if_idle(user: User) -> bool:
    """Delete an account on which nothing hangs but what signing up wrote."""
    for relation in User._meta.get_fields(include_hidden=True):
        hangs: Any = relation
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        model = hangs.related_model
        if model._meta.label in MADE_BY_SIGNING_UP or not model._meta.managed:
            continue
        if model._default_manager.filter(**{hangs.field.name: user}).exists():
            return False
    user.delete()
    return True
