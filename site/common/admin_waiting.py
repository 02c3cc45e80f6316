"""What waits for somebody: each room says so, the dashboard of the admin shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest

# Enough to act on at once; the rest is a click away.
ROWS = 3


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One thing that waits, and where it is dealt with."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things of one kind that wait. `url` lists them all; empty when `rows` already does."""

    icon: str
    label: str
    rows: Sequence[WaitingRow]
    url: str = ""


Source = Callable[["HttpRequest"], Waiting | None]
_sources: list[tuple[int, Source]] = []


def register_waiting(source: Source, order: int) -> None:
    """Add a source; it answers None when nothing waits, or nothing that this user may deal with."""
    _sources.append((order, source))
    _sources.sort(key=lambda item: item[0])


def first_rows(rows: QuerySet[Any], describe: Callable[[Any], WaitingRow]) -> tuple[int, list[WaitingRow]]:
    """How many rows there are, and the first few as the dashboard shows them."""
    total = rows.count()
    return total, [describe(row) for row in rows[:ROWS]] if total else []


def editable(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Those of these pages that the user may change."""
    mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(request.user, "change")
    return pages.filter(pk__in=mine.order_by().values("pk"))


def page_row(page: Page, detail: str = "") -> WaitingRow:
    """A page, and its form."""
    return WaitingRow(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), detail)


class WaitingPanel(Component):
    """The dashboard's list of what waits."""

    name = "waiting"
    template_name = "wagtailadmin/home/waiting.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        answers = (source(request) for _order, source in _sources)
        return {"groups": [waiting for waiting in answers if waiting]}
