"""What the lowest room brings to the admin: its menus, its dashboard, its checks, its look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.admin_bounces import BounceViewSet
from common.admin_checks import use_site_checker
from common.admin_deletion import GuardedDeleteBulkAction, refuse_deletion
from common.admin_menus import trim_main_menu, trim_reports, trim_summary
from common.admin_outbox import OutboxViewSet, failed_mail
from common.admin_vocabulary import CommuneViewSet, OperationViewSet, ThemeViewSet
from common.admin_waiting import WaitingPanel, register_waiting

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString
    from wagtail.admin.ui.components import Component
    from wagtail.log_actions import LogActionRegistry

hooks.register("construct_main_menu", trim_main_menu)
hooks.register("construct_reports_menu", trim_reports)
hooks.register("construct_homepage_summary_items", trim_summary, order=1000)
hooks.register("construct_wagtail_userbar", use_site_checker)
hooks.register("before_delete_page", refuse_deletion)
# In place of Wagtail's own, which it follows.
hooks.register("register_bulk_action", GuardedDeleteBulkAction, order=10)
register_waiting(failed_mail, order=20)


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """Vocabulary, funding, mail."""
    return [ThemeViewSet(), CommuneViewSet(), OperationViewSet(), OutboxViewSet(), BounceViewSet()]


@hooks.register("construct_homepage_panels")
def waiting_panel(_request: HttpRequest, panels: list[Component]) -> None:
    """What waits stands at the top."""
    panels.append(WaitingPanel())


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history says of mail."""
    actions.register_action("common.send_again", _("Send again"), _("Sent again"))
    actions.register_action("common.clear_bounce", _("Write again"), _("Address cleared"))


@hooks.register("insert_global_admin_css")
def identity() -> SafeString:
    """Our colours, from our own server."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/admin.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    """Addresses that keep their words apart; files weighed before they are sent."""
    return format_html('<script type="module" src="{}"></script>', static("admin/admin.js"))
