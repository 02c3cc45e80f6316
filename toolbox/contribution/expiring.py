"""Drafts that nobody saves: told after eighty days, discarded after ninety, forgotten ten days later."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.models import Kind
from members.space.notification import notify, take_back
from toolbox.models import Contribution

from .attaching import delete_files
from .drafting import UNDO, discard, locked
from .refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

KEPT = dt.timedelta(days=90)
NOTICE = dt.timedelta(days=10)
BATCH = 200


def warn() -> int:
    """Tell the authors of drafts that end in ten days; return how many were told."""
    rows = Contribution.objects.unfinished().filter(
        saved_at__lte=timezone.now() - KEPT + NOTICE, warned_at=None, author__isnull=False
    )
    return sum(map(warn_of, rows.order_by("saved_at", "pk").values_list("pk", flat=True)[:BATCH]))


def warn_of(pk: int) -> bool:
    """Tell one author, unless she saved meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        row = Contribution.objects.select_for_update(of=("self",)).select_related("author").get(pk=pk)
        if not row.may_be_written or row.warned_at or row.saved_at > now - KEPT + NOTICE or not row.author:
            return False
        row.warned_at = now
        row.save(update_fields=["warned_at"])
        ends = timezone.localdate(max(row.saved_at + KEPT, now + NOTICE))
        notify(
            row.author,
            Kind.CONTRIBUTION,
            key=expiry_key(row),
            text=lambda: (
                _("Your draft “%(title)s” will be deleted on %(day)s: open it to keep it.")
                % {"title": row, "day": date_format(ends, "DATE_FORMAT")}
            ),
            url=reverse("contribution", args=[row.public_id]),
        )
    return True


def expiry_key(contribution: Contribution) -> str:
    """What names one warning: another save begins another ninety days."""
    return f"toolbox.expiry:{contribution.pk}:{contribution.version}"


def discard_old() -> int:
    """Discard the drafts that were told of and not saved since; return how many."""
    now = timezone.now()
    rows = Contribution.objects.unfinished().filter(saved_at__lte=now - KEPT)
    nobody = rows.filter(author=None)
    told = rows.filter(warned_at__lte=now - NOTICE)
    return sum(map(discard_one, first(told | nobody)))


def discard_one(contribution: Contribution) -> bool:
    """Discard one, unless it changed meanwhile."""
    with transaction.atomic():
        row = locked(contribution)
        if not row.may_be_written or row.saved_at > timezone.now() - KEPT:
            return False
        take_back(expiry_key(row))
        try:
            discard(row, None, _("Nothing was saved for ninety days."))
        except Refusal:
            return False
    return True


def forget() -> int:
    """Delete what was discarded ten days ago, files included; return how many."""
    rows = Contribution.objects.filter(
        state=Contribution.State.DISCARDED, saved_at__lte=timezone.now() - UNDO
    )
    return sum(map(forget_one, first(rows)))


def forget_one(contribution: Contribution) -> bool:
    """Delete one, unless she had it back meanwhile."""
    with transaction.atomic():
        row = locked(contribution)
        if row.state != Contribution.State.DISCARDED:
            return False
        delete_files(row)
        row.delete()
    return True


def first(rows: QuerySet[Contribution]) -> Iterable[Contribution]:
    """A batch, oldest first: the rest comes at the next run."""
    return list(rows.order_by("saved_at", "pk")[:BATCH])


def expire() -> dict[str, int]:
    """The periodic job."""
    counts = {"told": warn(), "discarded": discard_old(), "forgotten": forget()}
    return counts if any(counts.values()) else {}
