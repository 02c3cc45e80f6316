"""Lists of pages of one type in the admin, named after what they are."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.permissions import policy_registry

from common.admin_viewsets import namespace
from common.generation import per_generation
from common.templatetags.french import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

# Columns that a phone has no room for.
WIDE_ONLY = "wide-only"
STATES = [("live", _("On line")), ("draft", _("Never published")), ("changed", _("Changes not published"))]


class RoomPageFilterSet(PageFilterSet):
    """State first; what makes no sense on one site and in one list is left out."""

    site = None
    has_child_pages = None
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state")

    class Meta(PageFilterSet.Meta):
        pass

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Narrow to what is published, was never, or has changed since."""
        if value == "changed":
            return rows.filter(live=True, has_unpublished_changes=True)
        return rows.filter(live=value == "live")


class WantsColumn(Column):
    """What a page still wants, as tags; “complete” when it wants nothing."""

    cell_template_name = "wagtailadmin/tables/wants_cell.html"

    def __init__(self, wants: Callable[[Any], Sequence[str | _StrPromise]]) -> None:
        super().__init__("wants", label=_("To complete"), accessor=wants)


class DayColumn(Column):
    """A day, with its time if it has one: Wagtail’s own column counts backwards from today."""

    def __init__(self, name: str, label: str | _StrPromise) -> None:
        super().__init__(name, label=label, sort_key=name, classname=WIDE_ONLY)

    def get_value(self, instance: Any) -> str:
        value = getattr(instance, self.name)
        if not isinstance(value, dt.datetime):
            return date_format(value, "j N Y") if value else ""
        moment = timezone.localtime(value)
        return f"{date_format(moment, 'j N Y')}, {clock(moment)}"


class RoomPageIndexView(IndexView):
    """A list of pages, with the short form's button first where there is one."""

    quick_url_name: str = ""
    quick_label: str | _StrPromise = ""
    # What columns need besides the fields: streams are not read for a list.
    annotations: Mapping[str, Any] = MappingProxyType({})
    linked: Sequence[str] = ()

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        annotated: QuerySet[Any] = super().annotate_queryset(pages.annotate(**self.annotations))
        return annotated.prefetch_related(*self.linked)

    @property
    def add_item_label(self) -> str | _StrPromise:
        """Beside the short form, the whole one."""
        return _("Whole form") if self.quick_url_name else super().add_item_label

    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons: list[HeaderButton] = list(super().header_buttons)
        if self.quick_url_name:
            url = reverse(self.quick_url_name)
            buttons.insert(0, HeaderButton(self.quick_label, url=url, icon_name="plus-inverse", priority=-1))
        return buttons


@per_generation
def list_paths(model: type[Page]) -> tuple[str, ...]:
    """Tree paths of the pages below which pages of that type stand."""
    parents = (parent._default_manager.all() for parent in model.allowed_parent_page_models())
    return tuple(path for pages in parents for path in pages.order_by("path").values_list("path", flat=True))


class RoomMenuItem(MenuItem):
    """Shown to those who have a right on one of these lists, or above."""

    model: ClassVar[type[Page]]

    def is_shown(self, request: HttpRequest) -> bool:
        if request.user.is_superuser:
            return True
        granted = policy_registry.get_by_type(Page).get_cached_permissions_for_user(request.user)
        roots = tuple(permission.page.path for permission in granted)
        return bool(roots) and any(path.startswith(roots) for path in list_paths(self.model))


class RoomPageViewSet(PageListingViewSet):
    """The pages of one type: title, what tells them apart, state, last change."""

    index_view_class = RoomPageIndexView
    add_to_admin_menu = True
    between: ClassVar[Sequence[Column]] = ()
    filterset_class = RoomPageFilterSet
    quick_url_name: ClassVar[str] = ""
    quick_label: ClassVar[str | _StrPromise] = ""
    annotations: ClassVar[Mapping[str, Any]] = MappingProxyType({})
    linked: ClassVar[Sequence[str]] = ()

    @property
    def url_namespace(self) -> str:
        """Apart from the namespaces of the public site."""
        return namespace(self.name)

    @property
    def columns(self) -> list[Any]:
        return [
            BulkActionsColumn("bulk_actions"),
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            *self.between,
            DateColumn(
                "latest_revision_created_at",
                label=_("Updated"),
                sort_key="latest_revision_created_at",
                width="12%",
                classname=WIDE_ONLY,
            ),
            PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
        ]

    @property
    def menu_item_class(self) -> type[MenuItem]:
        return type("RoomPageMenuItem", (RoomMenuItem,), {"model": self.model})

    @property
    def menu_label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        quick = {
            "quick_url_name": self.quick_url_name,
            "quick_label": self.quick_label,
            "annotations": self.annotations,
            "linked": self.linked,
        }
        merged: dict[str, Any] = super().get_index_view_kwargs(**{**quick, **kwargs})
        return merged
