"""The queue as one person sees it: what she may decide on, the oldest first, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from members.models import Case

from .describing import decidable_kinds

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User


def of_hers(user: User) -> QuerySet[Case]:
    """Cases of the kinds that she may decide on, whatever their state, with what the screens show."""
    rows = Case.objects.filter(kind__in=[kind.key for kind in decidable_kinds(user)])
    return rows.select_related("author", "organisation", "taken_by", "decided_by")


def waiting_for(user: User) -> QuerySet[Case]:
    """What waits for her or for her colleagues, the oldest first."""
    return of_hers(user).filter(state=Case.State.WAITING).order_by("opened_at", "pk")


def still_undoable(user: User) -> QuerySet[Case]:
    """What was decided and not carried out yet, what is due first at the top."""
    return of_hers(user).filter(state=Case.State.DECIDED).order_by("due_at", "pk")


def held_by_others(user: User) -> Q:
    """Which cases a colleague is on at this moment."""
    return Q(held_until__gt=timezone.now(), taken_by__isnull=False) & ~Q(taken_by=user)


def after(case: Case, rows: QuerySet[Case]) -> Case | None:
    """The one that follows, in the order in which they wait."""
    later = Q(opened_at__gt=case.opened_at) | Q(opened_at=case.opened_at, pk__gt=case.pk)
    return rows.filter(later).order_by("opened_at", "pk").first()


def before(case: Case, rows: QuerySet[Case]) -> Case | None:
    """The one that comes before."""
    earlier = Q(opened_at__lt=case.opened_at) | Q(opened_at=case.opened_at, pk__lt=case.pk)
    return rows.filter(earlier).order_by("-opened_at", "-pk").first()


def place_of(case: Case, rows: QuerySet[Case]) -> int:
    """How many wait before it, and itself."""
    earlier = Q(opened_at__lt=case.opened_at) | Q(opened_at=case.opened_at, pk__lt=case.pk)
    return rows.filter(earlier).count() + 1


def next_to_decide(case: Case, rows: QuerySet[Case], user: User) -> Case | None:
    """What to look at once this one is done: the next that nobody else is on, then the oldest."""
    free = rows.exclude(held_by_others(user)).exclude(pk=case.pk)
    return after(case, free) or free.order_by("opened_at", "pk").first()
