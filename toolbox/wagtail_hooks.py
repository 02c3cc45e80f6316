"""Good practices and tools in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from common.admin_listings import WIDE_ONLY, RoomPageFilterSet, RoomPageViewSet, WantsColumn
from common.admin_waiting import Waiting, editable, first_rows, page_row, register_waiting
from common.models import Theme
from common.vocabulary import Effort, Sector, Size

from .adopting.admin import SharingGroup
from .adopting.admin_reread import RereadFilters, practices_to_reread, said_outdated, tools_to_reread
from .files.admin import TAKEN
from .importing.admin import ImportViewSet
from .models import PracticePage, ToolPage
from .review import admin as review

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest
    from django.urls import URLResolver
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString


class PracticeFilterSet(RereadFilters, RoomPageFilterSet):
    """By what one scans a practice for."""

    lead_theme = django_filters.ModelChoiceFilter(label=_("Main theme"), queryset=Theme.objects.all())
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=Sector)
    size = django_filters.ChoiceFilter(label=_("Size"), choices=Size)
    effort = django_filters.ChoiceFilter(label=_("Effort"), choices=Effort)

    class Meta(RoomPageFilterSet.Meta):
        model = PracticePage


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


class ToolFilterSet(RereadFilters, RoomPageFilterSet):
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
    annotations: ClassVar[Mapping[str, Any]] = {"taken": TAKEN}
    between: ClassVar[Sequence[Column]] = (
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", classname=WIDE_ONLY),
        Column("lead_theme", label=_("Theme"), sort_key="lead_theme__position", classname=WIDE_ONLY),
        Column("taken", label=_("Downloads"), sort_key="taken", classname=WIDE_ONLY),
        WantsColumn(tool_wants),
    )


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """Practices and tools, in the menu."""
    return [PracticeViewSet(), ToolViewSet(), SharingGroup(), ImportViewSet()]


@hooks.register("register_admin_urls")
def review_urls() -> list[URLResolver]:
    """What is done to a contribution besides deciding."""
    return [path("contributions/", include((review.urlpatterns(), "admin_contributions")))]


@hooks.register("insert_global_admin_css")
def review_look() -> SafeString:
    """Contributions under review."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/review.css"))


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


register_waiting(tools_without_accessible_file, order=60)
register_waiting(said_outdated, order=65)
register_waiting(practices_to_reread, order=70)
register_waiting(tools_to_reread, order=71)
