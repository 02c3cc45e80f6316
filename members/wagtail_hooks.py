"""Companies, people and accounts in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from .admin import data_requests, traces, waiting
from .admin.accounts import AccountViewSet
from .admin.cases import CaseViewSet
from .admin.duplicates import DuplicatesViewSet
from .admin.organisations import OrganisationViewSet
from .admin.people import PersonViewSet
from .admin.reports import ReportViewSet
from .admin.requests import RequestViewSet
from .admin.team import NOT_IN_BULK
from .admin.timeline import StepViewSet
from .conversation.admin import CommentViewSet

if TYPE_CHECKING:
    from django.utils.safestring import SafeString
    from wagtail.log_actions import LogActionRegistry

waiting.register()
# In place of Wagtail's own, which they follow.
for action in NOT_IN_BULK:
    hooks.register("register_bulk_action", action, order=10)


class CompaniesGroup(ViewSetGroup):
    """Everything about companies and those who act for them."""

    items = (
        OrganisationViewSet,
        PersonViewSet,
        StepViewSet,
        RequestViewSet,
        AccountViewSet,
        DuplicatesViewSet,
        data_requests.DataRequestViewSet,
    )
    menu_label = _("Companies")
    menu_name = "companies"
    menu_icon = "group"
    menu_order = 180


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """In the menu, below the rooms."""
    return [CaseViewSet(), CompaniesGroup(), ReportViewSet(), CommentViewSet()]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history says of what staff did."""
    traces.register(actions)
    data_requests.register(actions)


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """Overviews, timelines, comparisons; the queue."""
    sheets = ((static(f"admin/{name}.css"),) for name in ("companies", "cases"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
