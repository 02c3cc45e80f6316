"""What the team sees of practices and tools to read again, and of what their authors answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.admin_waiting import Waiting, WaitingRow, editable, first_rows, page_row
from toolbox.models import Practice, PracticePage, Rereading, Tool, ToolPage

from .asking import last_read, unread

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

WORDS_SHOWN = 110


def standing(column: str) -> Exists:
    """Whether the author, or the company, still has time to answer."""
    rows = Rereading.objects.filter(**{column: OuterRef("pk")}, answered_at=None)
    return Exists(rows.filter(expires_at__gt=timezone.now()))


def keys_to_reread(model: type[Practice | Tool]) -> QuerySet[Any]:
    """Facts that nobody read again for a year, and that nobody is being asked about."""
    column = "practice" if model is Practice else "tool"
    return unread(model).filter(~standing(column)).order_by().values("pk")


class RereadFilters(django_filters.FilterSet):
    """For the lists of practices and of tools."""

    to_reread = django_filters.BooleanFilter(label=_("Not read again for a year"), method="by_age")

    def by_age(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Those published or read again a year ago or more, or the others."""
        facts: Any = rows.model.facts_model
        old = Q(live=True, facts__in=unread(facts).order_by().values("pk"))
        return rows.filter(old) if value else rows.exclude(old)


def _since(page: Any) -> WaitingRow:
    day = page.facts.checked_on or timezone.localtime(page.facts.published_at)
    return page_row(page, date_format(day, "F Y"))


def _old_pages(model: Any, request: HttpRequest) -> QuerySet[Any]:
    keys = keys_to_reread(model.facts_model)
    pages = model.objects.filter(live=True, alias_of=None, facts__in=keys).select_related("facts")
    dated = last_read(model.facts_model.objects.filter(pk=OuterRef("facts"))).values("read_on")[:1]
    return editable(pages.annotate(read_on=dated).order_by("read_on", "pk"), request)


def practices_to_reread(request: HttpRequest) -> Waiting | None:
    """Published practices that nobody read again for a year, and about which nobody is being asked."""
    total, rows = first_rows(_old_pages(PracticePage, request), _since)
    if not total:
        return None
    label = ngettext(
        "%(n)s practice not read again for a year", "%(n)s practices not read again for a year", total
    )
    return Waiting("pick", label % {"n": total}, rows, f"{reverse('admin_practices:index')}?to_reread=true")


def tools_to_reread(request: HttpRequest) -> Waiting | None:
    """The same of tools."""
    total, rows = first_rows(_old_pages(ToolPage, request), _since)
    if not total:
        return None
    label = ngettext("%(n)s tool not read again for a year", "%(n)s tools not read again for a year", total)
    return Waiting("doc-full", label % {"n": total}, rows, f"{reverse('admin_tools:index')}?to_reread=true")


# ---------------------------------------------------------------- “it no longer holds”
def outdated() -> QuerySet[Rereading]:
    """What its author says no longer holds, on line still, and unchanged since; oldest answer first."""
    rows = Rereading.objects.filter(answer=Rereading.Answer.OUTDATED)
    later = Q()
    for column, model in (("practice", PracticePage), ("tool", ToolPage)):
        page = model.objects.filter(
            facts=OuterRef(column), alias_of=None, live=True, last_published_at__lt=OuterRef("answered_at")
        )
        later |= Q(Exists(page)) & Q(**{f"{column}__live": True})
    read = Q(practice__checked_on__gt=F("answered_at__date")) | Q(tool__checked_on__gt=F("answered_at__date"))
    return rows.filter(later).exclude(read).order_by("answered_at", "pk")


def said_outdated(request: HttpRequest) -> Waiting | None:
    """In the author's words; the editor archives the page, or updates it, and it is dealt with."""
    pages = {
        column: editable(model.objects.filter(alias_of=None, live=True), request)
        for column, model in (("practice", PracticePage), ("tool", ToolPage))
    }
    mine = Q()
    for column, rows in pages.items():
        mine |= Q(**{f"{column}__in": rows.order_by().values("facts")})
    found = outdated().filter(mine)
    total = found.count()
    if not total:
        return None
    label = ngettext(
        "%(n)s page no longer holds, says its author", "%(n)s pages no longer hold, say their authors", total
    )
    shown = [_answered(row, pages) for row in found[:3]]
    may_list = request.user.has_perm("toolbox.view_rereading")
    url = f"{reverse('admin_rereadings:index')}?answer={Rereading.Answer.OUTDATED}" if may_list else ""
    return Waiting("warning", label % {"n": total}, shown, url)


def _answered(row: Rereading, pages: dict[str, Any]) -> WaitingRow:
    column = "practice" if row.practice_id else "tool"
    page = pages[column].filter(facts=getattr(row, f"{column}_id")).order_by("pk").first()
    return page_row(page, Truncator(" ".join(row.words.split())).chars(WORDS_SHOWN))
