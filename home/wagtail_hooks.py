"""Editorial pages in the admin: the dashboard, news, videos, messages, banner, short forms."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from common.admin_listings import DayColumn, RoomPageViewSet
from common.admin_viewsets import RoomViewSet
from common.admin_waiting import Waiting, WaitingRow, editable, first_rows, page_row, register_waiting

from .inbox import ContactViewSet, unhandled_messages
from .models import Banner, NewsPage, StandardPage
from .publish.publishing import index_of
from .publish.views import VIEWS
from .video_admin import VideoPageViews, VideoViewSet, videos_to_complete

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest
    from wagtail.admin.ui.tables import Column
    from wagtail.log_actions import LogActionRegistry

REREAD_AFTER = dt.timedelta(days=365)


# ---------------------------------------------------------------- lists
class NewsViewSet(RoomPageViewSet):
    """News."""

    model = NewsPage
    name = "news"
    icon = "doc-full-inverse"
    menu_order = 110
    quick_url_name = "publish_news"
    quick_label = _("Publish a news item")
    between: ClassVar[Sequence[Column]] = (DayColumn("published_on", _("Dated")),)


class BannerViewSet(RoomViewSet):
    """The sentence across the top of every page."""

    model = Banner
    name = "banners"
    icon = "warning"
    menu_label = _("Banner")
    menu_order = 220
    add_to_admin_menu = True
    list_display: ClassVar[list[Any]] = ["text", "language", "starts_at", "ends_at"]
    ordering = "-starts_at"


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """Lists of this room, in the menu."""
    return [NewsViewSet(), VideoViewSet(), VideoPageViews(), BannerViewSet(), ContactViewSet()]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history says of messages."""
    actions.register_action("home.handle", _("Handle"), _("Marked as handled"))


# ---------------------------------------------------------------- short forms
@hooks.register("register_admin_urls")
def publishing_urls() -> list[URLPattern]:
    """One address a short form."""
    return [path(f"{view.url_name.replace('_', '-')}/", view.as_view(), name=view.url_name) for view in VIEWS]


class QuickPublishPanel(Component):
    """Publish in five minutes."""

    name = "quick_publish"
    template_name = "wagtailadmin/home/quick_publish.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        parents = [(view, index_of(view.index_model)) for view in VIEWS]
        offered = [
            view for view, parent in parents if parent and parent.permissions_for_user(user).can_add_subpage()
        ]
        return {
            "forms": [
                {
                    "url": reverse(view.url_name),
                    "title": view.page_title,
                    "icon": view.header_icon,
                    "lead": view.lead,
                }
                for view in offered
            ]
        }


@hooks.register("construct_homepage_panels")
def quick_publish(_request: HttpRequest, panels: list[Component]) -> None:
    """The short forms come first."""
    panels.append(QuickPublishPanel())


# ---------------------------------------------------------------- what waits
def drafts(request: HttpRequest) -> Waiting | None:
    """Pages begun and not published, or changed and not published."""
    pages = Page.objects.filter(has_unpublished_changes=True, alias_of=None, depth__gt=1)
    latest = editable(pages, request).order_by("-latest_revision_created_at")
    total, rows = first_rows(latest, _with_draft_date)
    if not total:
        return None
    label = ngettext("%(n)s draft not published", "%(n)s drafts not published", total)
    return Waiting("draft", label % {"n": total}, rows)


def _with_draft_date(page: Page) -> WaitingRow:
    edited = page.latest_revision_created_at
    return page_row(page, date_format(timezone.localtime(edited), "j F Y") if edited else "")


def pages_to_reread(request: HttpRequest) -> Waiting | None:
    """Pages of the association that nobody revised for a year."""
    limit = timezone.now() - REREAD_AFTER
    pages = StandardPage.objects.filter(
        live=True, last_published_at__lt=limit, alias_of=None, locale__language_code=settings.LANGUAGE_CODE
    )
    oldest = editable(pages, request).defer("body").order_by("last_published_at")
    total, rows = first_rows(oldest, page_row)
    if not total:
        return None
    label = ngettext("%(n)s page not revised for a year", "%(n)s pages not revised for a year", total)
    return Waiting("history", label % {"n": total}, rows, reverse("wagtailadmin_reports:aging_pages"))


register_waiting(unhandled_messages, order=10)
register_waiting(drafts, order=30)
register_waiting(videos_to_complete, order=50)
register_waiting(pages_to_reread, order=80)
