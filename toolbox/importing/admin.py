"""Imports in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import RoomViewSet
from toolbox.models import ImportRun

from .views import NAMESPACE, BringView, GoOnView, ReportView, RunView, StopView, TemplateView

if TYPE_CHECKING:
    from django.urls import URLPattern


def run_url(run: ImportRun) -> str:
    """Where a run is read."""
    return reverse(f"{NAMESPACE}:run", args=[run.public_id])


class ImportIndexView(generic.IndexView):
    """Every file brought, the latest first."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons: list[HeaderButton] = list(super().header_buttons)
        if self.user_has_permission("add"):
            url = reverse(f"{NAMESPACE}:bring")
            buttons.insert(0, HeaderButton(_("Bring a file in"), url=url, icon_name="upload"))
        return buttons


class ImportViewSet(RoomViewSet):
    """Files of practices and tools."""

    model = ImportRun
    name = "imports"
    icon = "upload"
    menu_label = gettext_lazy("Imports")
    menu_order = 160
    add_to_admin_menu = True
    offered = frozenset({"delete"})
    add_to_reference_index = False
    index_view_class = ImportIndexView
    form_fields: ClassVar[list[str]] = []
    list_filter: ClassVar[list[str]] = ["kind", "state", "trial"]
    search_fields: ClassVar[list[str]] = ["name"]
    ordering = ("-created_at",)
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=gettext_lazy("File"), get_url=run_url),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", classname=WIDE_ONLY),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("total", label=gettext_lazy("Lines")),
        Column("refused", label=gettext_lazy("Refused")),
        UserColumn("started_by", label=gettext_lazy("By"), classname=WIDE_ONLY),
        DateColumn("created_at", label=gettext_lazy("Brought"), sort_key="created_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("bring/", BringView.as_view(), name="bring"),
            path("template/<slug:kind>.<slug:form>", TemplateView.as_view(), name="template"),
            path("run/<slug:public_id>/", RunView.as_view(), name="run"),
            path("run/<slug:public_id>/stop/", StopView.as_view(), name="stop"),
            path("run/<slug:public_id>/go-on/", GoOnView.as_view(), name="go_on"),
            path("run/<slug:public_id>/report.csv", ReportView.as_view(), name="report"),
            *super().get_urlpatterns(),
        ]
