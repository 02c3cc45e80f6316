"""Good practices and tools in the admin."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from common.admin_listings import WIDE_ONLY, RoomPageFilterSet, RoomPageViewSet, WantsColumn
from common.admin_waiting import Waiting, editable, first_rows, page_row, register_waiting
from common.models import Theme
from common.vocabulary import Effort, Sector, Size

from .models import PracticePage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from common.admin_waiting import WaitingRow

REREAD_AFTER = dt.timedelta(days=365)


class PracticeFilterSet(RoomPageFilterSet):
    """By what one scans a practice for."""

    lead_theme = django_filters.ModelChoiceFilter(label=_("Main theme"), queryset=Theme.objects.all())
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=Sector)
    size = django_filters.ChoiceFilter(label=_("Size"), choices=Size)
    effort = django_filters.ChoiceFilter(label=_("Effort"), choices=Effort)
    to_reread = django_filters.BooleanFilter(label=_("Not revised for a year"), method="by_age")

    class Meta(RoomPageFilterSet.Meta):
        model = PracticePage

    def by_age(self, rows: QuerySet[PracticePage], _name: str, value: bool) -> QuerySet[PracticePage]:
        """Those published a year ago or more, or the others."""
        limit = timezone.now() - REREAD_AFTER
        return (
            rows.filter(live=True, last_published_at__lt=limit)
            if value
            else rows.exclude(last_published_at__lt=limit)
        )


class PracticeViewSet(RoomPageViewSet):
    """Good practices."""

    model = PracticePage
    name = "practices"
    icon = "pick"
    menu_order = 140
    filterset_class = PracticeFilterSet
    linked = ("organisation", "lead_theme")
    between: ClassVar[Sequence[Column]] = (
        Column("organisation", label=_("Company"), sort_key="organisation__name"),
        Column("lead_theme", label=_("Theme"), sort_key="lead_theme__position", classname=WIDE_ONLY),
        Column("size", label=_("Size"), accessor="get_size_display", sort_key="size", classname=WIDE_ONLY),
    )


def tool_wants(tool: ToolPage) -> list[str | _StrPromise]:
    """What a tool still wants."""
    wants: list[str | _StrPromise] = []
    if not (tool.document_id or tool.address):
        wants.append(_("no file"))
    elif not tool.accessible:
        wants.append(_("file not accessible"))
    return wants


class ToolFilterSet(RoomPageFilterSet):
    """By kind and by what it wants."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ToolPage.Kind)
    lead_theme = django_filters.ModelChoiceFilter(label=_("Main theme"), queryset=Theme.objects.all())
    accessible = django_filters.BooleanFilter(label=_("The file is accessible"))

    class Meta(RoomPageFilterSet.Meta):
        model = ToolPage


class ToolViewSet(RoomPageViewSet):
    """The toolbox."""

    model = ToolPage
    name = "tools"
    icon = "doc-full"
    menu_label = _("Toolbox")  # type: ignore[assignment]
    menu_order = 150
    filterset_class = ToolFilterSet
    linked = ("lead_theme",)
    between: ClassVar[Sequence[Column]] = (
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", classname=WIDE_ONLY),
        Column("lead_theme", label=_("Theme"), sort_key="lead_theme__position", classname=WIDE_ONLY),
        WantsColumn(tool_wants),
    )


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """Practices and tools, in the menu."""
    return [PracticeViewSet(), ToolViewSet()]


def tools_without_accessible_file(request: HttpRequest) -> Waiting | None:
    """Published tools whose file not everybody can read."""
    pages = editable(ToolPage.objects.filter(live=True, accessible=False, alias_of=None), request)
    total, rows = first_rows(pages.order_by("title"), page_row)
    if not total:
        return None
    label = ngettext("%(n)s tool without an accessible file", "%(n)s tools without an accessible file", total)
    return Waiting(
        "doc-full", label % {"n": total}, rows, f"{reverse('admin_tools:index')}?accessible=false&state=live"
    )


def practices_to_reread(request: HttpRequest) -> Waiting | None:
    """Published practices that nobody revised for a year."""
    limit = timezone.now() - REREAD_AFTER
    pages = editable(
        PracticePage.objects.filter(live=True, last_published_at__lt=limit, alias_of=None), request
    )
    total, rows = first_rows(pages.order_by("last_published_at"), _with_date)
    if not total:
        return None
    label = ngettext("%(n)s practice not revised for a year", "%(n)s practices not revised for a year", total)
    return Waiting("pick", label % {"n": total}, rows, f"{reverse('admin_practices:index')}?to_reread=true")


def _with_date(page: PracticePage) -> WaitingRow:
    return page_row(page, date_format(timezone.localtime(page.last_published_at), "F Y"))


register_waiting(tools_without_accessible_file, order=60)
register_waiting(practices_to_reread, order=70)
