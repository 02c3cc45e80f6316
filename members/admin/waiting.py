"""What waits for the team about companies and members; the dashboard shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.admin_waiting import ROWS, Waiting, WaitingRow, first_rows, register_waiting
from members.duplicates import find_duplicates
from members.models import JoinRequest

from .cases import cases_that_failed, cases_to_decide
from .duplicates import PERMISSION, described
from .requests import OURS, queued

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest


def _since(moment: dt.datetime) -> str:
    return _("since %(day)s") % {"day": date_format(timezone.localtime(moment), "j F")}


def requests_to_decide(request: HttpRequest) -> Waiting | None:
    """Nobody in the company answers: staff do."""
    if not request.user.has_perm("members.change_joinrequest"):
        return None
    ours = queued(JoinRequest.objects.select_related("user", "organisation")).filter(queue=OURS)
    total, rows = first_rows(
        ours.order_by("created_at", "pk"),
        lambda row: WaitingRow(
            str(row), reverse("admin_join_requests:inspect", args=[row.pk]), _since(row.created_at)
        ),
    )
    if not total:
        return None
    label = ngettext("%(n)s request to join to decide", "%(n)s requests to join to decide", total) % {
        "n": total
    }
    return Waiting("user", label, rows, f"{reverse('admin_join_requests:index')}?queue={OURS}")


def possible_duplicates(request: HttpRequest) -> Waiting | None:
    """Two rows that may be one company."""
    if not request.user.has_perm(PERMISSION):
        return None
    pairs = find_duplicates()
    if not pairs:
        return None
    rows = [
        WaitingRow(f"{each.first} – {each.second}", each.url, f"{each.percent} %")
        for each in described(pairs[:ROWS])
    ]
    label = ngettext("%(n)s possible duplicate", "%(n)s possible duplicates", len(pairs)) % {"n": len(pairs)}
    return Waiting("copy", label, rows, reverse("admin_duplicates:index"))


def register() -> None:
    """In the order in which people wait."""
    register_waiting(cases_to_decide, order=10)
    register_waiting(cases_that_failed, order=11)
    register_waiting(requests_to_decide, order=14)
    register_waiting(possible_duplicates, order=70)
