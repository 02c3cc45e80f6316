"""What the national register says of companies that are known: asked again once a month, when lookup is on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone

from members.models import Organisation

from .lookup import RegisterEntry, is_on, look_up

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH = dt.timedelta(days=30)
# A run of the tick stays short: the rest comes with the next one.
BATCH = 50


def state_of(entry: RegisterEntry) -> str:
    """How a company stands in the register."""
    states = Organisation.RegisterState
    return states.ACTIVE if entry.active else states.CLOSED


def recheck(look: Callable[[str], RegisterEntry | None] = look_up) -> int:
    """Periodic job: ask about the companies not asked about for a month; return how many states changed.

    A company that the register does not show keeps its state: non-published ones are absent, and the
    service may be away.
    """
    if not is_on():
        return 0
    now = timezone.now()
    due = Organisation.objects.exclude(siret="").filter(
        Q(register_checked_at=None) | Q(register_checked_at__lte=now - MONTH)
    )
    changed = 0
    for row in due.order_by(F("register_checked_at").asc(nulls_first=True), "pk")[:BATCH]:
        entry = look(row.siret)
        state = state_of(entry) if entry else row.register_state
        changed += state != row.register_state
        # By query, not by `save`: what is stored here is shown on no public page.
        Organisation.objects.filter(pk=row.pk).update(register_state=state, register_checked_at=now)
    return changed
