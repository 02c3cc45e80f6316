"""What editors see of files: how often each tool was taken, month by month; and the kits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from common.admin_listings import RoomPageFilterSet, RoomPageViewSet, WantsColumn
from toolbox.models import Download, KitArchive, KitPage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from django.utils.functional import _StrPromise
    from wagtail.admin.ui.tables import Column

MONTHS = 12


# For the list of tools: how often each was taken.
TAKEN = Coalesce(
    Subquery(
        Download.objects.filter(tool=OuterRef("facts"))
        .order_by()
        .values("tool")
        .annotate(total=Sum("count"))
        .values("total")
    ),
    0,
)
# For the list of kits: archives that cannot be taken yet, or never will.
UNREADY = Exists(
    KitArchive.objects.filter(kit=OuterRef("translation_key")).exclude(state=KitArchive.State.READY)
)
FAILED = Exists(KitArchive.objects.filter(kit=OuterRef("translation_key"), state=KitArchive.State.FAILED))


def by_month() -> tuple[list[Any], list[dict[str, Any]]]:
    """The latest months with a download, the latest first, and a row for each tool, the most taken first."""
    counted = Download.objects.annotate(month=TruncMonth("day")).order_by("-month")
    months = list(counted.values_list("month", flat=True).distinct()[:MONTHS])
    rows: dict[int, dict[Any, int]] = {}
    for one in counted.filter(month__in=months).values("tool", "month").annotate(n=Sum("count")):
        rows.setdefault(one["tool"], {})[one["month"]] = one["n"]
    titles = dict(
        ToolPage.objects.filter(facts__in=rows)
        .order_by("-locale__language_code")
        .values_list("facts", "title")
    )
    table = [
        {
            "title": titles.get(tool, ""),
            "counts": [counts.get(month, 0) for month in months],
            "total": sum(counts.values()),
        }
        for tool, counts in rows.items()
    ]
    return months, sorted(table, key=lambda row: (-row["total"], row["title"]))


def show_downloads(request: HttpRequest) -> HttpResponse:
    """Downloads by tool and by month."""
    months, rows = by_month()
    return render(request, "toolbox/files/admin_downloads.html", {"months": months, "rows": rows})


class KitFilterSet(RoomPageFilterSet):
    """As other pages."""

    class Meta(RoomPageFilterSet.Meta):
        model = KitPage


def kit_wants(page: Any) -> list[str | _StrPromise]:
    """What a kit still wants."""
    if page.archive_failed:
        return [_("archive failed")]
    return [_("archive being made")] if page.archive_unready else []


class KitViewSet(RoomPageViewSet):
    """Kits of tools."""

    model = KitPage
    name = "kits"
    icon = "folder-open-1"
    menu_label = _("Kits")  # type: ignore[assignment]
    menu_order = 151
    filterset_class = KitFilterSet
    annotations: ClassVar[Mapping[str, Any]] = {"archive_unready": UNREADY, "archive_failed": FAILED}
    between: ClassVar[Sequence[Column]] = (WantsColumn(kit_wants),)


def addresses() -> list[URLPattern]:
    """The report on downloads."""
    return [path("reports/downloads/", show_downloads, name="toolbox_downloads")]


def menu_item() -> MenuItem:
    """Where the report is found."""
    return MenuItem(
        _("Downloads"), reverse("toolbox_downloads"), name="downloads", icon_name="download", order=700
    )


def register() -> None:
    """Kits in the menu, downloads among the reports."""
    hooks.register("register_admin_urls", addresses)
    hooks.register("register_reports_menu_item", menu_item)
    hooks.register("register_admin_viewset", lambda: [KitViewSet()])
