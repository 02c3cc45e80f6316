"""The menus of the admin, trimmed to the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem

# Reports that answer a question somebody here asks: who did what, what waits for review, what is old.
USEFUL_REPORTS = frozenset(
    {"site-history", "workflows", "aging-pages", "locked-pages", "translations", "downloads"}
)


def trim_main_menu(_request: HttpRequest, items: list[MenuItem]) -> None:
    """`construct_main_menu`: Wagtail's own help speaks English and leads to other sites."""
    items[:] = [item for item in items if item.name != "help"]


def trim_reports(_request: HttpRequest, items: list[MenuItem]) -> None:
    """`construct_reports_menu`: only what is useful."""
    items[:] = [item for item in items if item.name in USEFUL_REPORTS]


def trim_summary(_request: HttpRequest, items: list[Any]) -> None:
    """`construct_homepage_summary_items`: counts of rows are no news; the dashboard says what waits."""
    items.clear()
