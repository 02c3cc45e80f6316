"""The queue compared with what really waits: what a verb forgot is opened, what no longer waits ends."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from members.models import Case

from .kinds import all_kinds
from .opening import row_of, void

if TYPE_CHECKING:
    from .kinds import CaseKind

logger = logging.getLogger("atoutage.cases")

BATCH = 500


def reconcile() -> dict[str, int]:
    """Compare every kind; a room that fails stops no other. As many queries for a thousand as for one."""
    found = {"opened": 0, "ended": 0}
    for kind in all_kinds():
        try:
            opened, ended = reconcile_kind(kind)
        except Exception:
            logger.exception("queue not compared", extra={"kind": kind.key})
            continue
        found["opened"] += opened
        found["ended"] += ended
    return found if any(found.values()) else {}


def reconcile_kind(kind: CaseKind) -> tuple[int, int]:
    """How many cases were opened, and how many ended."""
    # What waits is read after the cases: one that opens in between is not taken for one too many.
    standing = dict(Case.objects.standing().filter(kind=kind.key).values_list("target", "pk"))
    pendings = {pending.target: pending for pending in kind.waiting()}
    missing = [row_of(kind.key, pending) for key, pending in pendings.items() if key not in standing]
    Case.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    gone = [pk for target, pk in standing.items() if target not in pendings]
    ended = 0
    for start in range(0, len(gone), BATCH):
        with transaction.atomic():
            ended += void(Case.objects.open().filter(pk__in=gone[start : start + BATCH]))
    return len(missing), ended
