"""Cases as the admin shows them: since when, by whom, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from wagtail.models import ModelLogEntry

from members.cases.deciding import failed, is_undoable
from members.cases.describing import choices_of, decision_label, kind_label
from members.cases.holding import holder_of
from members.cases.kinds import kind_of
from members.models import Case

from .places import account_url, overview_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import User

MOST_BEFORE = 5
MOST_STEPS = 30


def case_url(case: Case, query: str = "", action: str = "case") -> str:
    """The address of a case, within the list that `query` narrows."""
    address = reverse(f"admin_cases:{action}", args=[case.public_id])
    return f"{address}?{query}" if query else address


def icon_of(case: Case) -> str:
    """The icon of its kind."""
    try:
        return kind_of(case).icon
    except KeyError:
        return "help"


@dataclass(frozen=True, slots=True)
class Row:
    """A case that waits, as a line of the list."""

    case: Case
    url: str
    kind: str
    icon: str
    waits: str
    holder: User | None
    mine: bool


def row_of(case: Case, user: User, query: str) -> Row:
    """A line of the list."""
    holder = holder_of(case)
    return Row(
        case=case,
        url=case_url(case, query),
        kind=kind_label(case),
        icon=icon_of(case),
        waits=timesince(case.opened_at, depth=1),
        holder=holder,
        mine=holder == user,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that can be taken back, or that could not be carried out."""

    case: Case
    url: str
    decision: str
    icon: str
    undoable: bool
    failed: bool
    mine: bool
    seconds: int


def decided_of(case: Case, user: User, query: str = "") -> Decided:
    """A line above the list."""
    left = (case.due_at - timezone.now()).total_seconds() if case.due_at else 0
    return Decided(
        case=case,
        url=case_url(case, query),
        decision=decision_label(case),
        icon=icon_of(case),
        undoable=is_undoable(case),
        failed=failed(case),
        mine=case.decided_by_id == user.pk,
        seconds=max(0, int(left)),
    )


def decision_label_of(case: Case, key: str) -> str:
    """What somebody wanted to decide, in words."""
    return next((str(choice.label) for choice in choices_of(case) if choice.key == key), "")


# ---------------------------------------------------------------- who, and what came before
def about_author(case: Case, reader: User) -> dict[str, Any] | None:
    """Who sent it: since when a member, what was decided of what she sent before."""
    author = case.author
    if author is None:
        return None
    return {
        "user": author,
        "name": author.public_name,
        "since": author.date_joined,
        "url": account_url(author.pk) if reader.has_perm("members.view_user") else "",
        "before": _decided_before(case, Case.objects.filter(author=author)),
    }


def about_company(case: Case, reader: User) -> dict[str, Any] | None:
    """In whose name."""
    organisation = case.organisation
    if organisation is None:
        return None
    return {
        "organisation": organisation,
        "url": overview_url(organisation.pk) if reader.has_perm("members.view_organisation") else "",
        "before": _decided_before(case, Case.objects.filter(organisation=organisation)),
    }


def _decided_before(case: Case, rows: QuerySet[Case]) -> list[tuple[str, int]]:
    """How often each decision was taken on things of this kind."""
    labels = {choice.key: str(choice.label) for choice in choices_of(case)}
    closed = rows.filter(kind=case.kind, state=Case.State.CLOSED).exclude(pk=case.pk)
    counts = dict(closed.order_by().values_list("decision").annotate(Count("pk")))
    return [(label, counts[key]) for key, label in labels.items() if key in counts]


def steps_of(case: Case) -> Sequence[ModelLogEntry]:
    """What was done about it, the latest first."""
    entries = ModelLogEntry.objects.for_instance(case).select_related("user")
    return list(entries.order_by("-timestamp", "-pk")[:MOST_STEPS])


def earlier_cases(case: Case) -> list[Decided]:
    """What was decided of the same thing before."""
    rows = Case.objects.filter(kind=case.kind, target=case.target, state=Case.State.CLOSED)
    found = rows.exclude(pk=case.pk).select_related("decided_by").order_by("-closed_at")[:MOST_BEFORE]
    return [decided_of(row, row.decided_by) for row in found if row.decided_by]
