"""What the search keeps of kits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.findable import join, page_text, theme_slugs, words_of
from common.registries import SearchSource, SearchText, search_sources
from toolbox.models import KitPage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Iterable


def describe_kit(page: KitPage) -> SearchText | None:
    """A kit: when it serves, and what it holds."""
    tools = [
        row.tool for row in page.kit_tools.select_related("tool__lead_theme").order_by("sort_order", "pk")
    ]
    titles = ToolPage.objects.filter(
        facts__in=[tool.pk for tool in tools], live=True, locale_id=page.locale_id
    )
    notes = page.kit_tools.order_by("sort_order", "pk").values_list("note", flat=True)
    return page_text(
        page,
        "kit",
        body=join([words_of(page.body), *titles.order_by("pk").values_list("title", flat=True), *notes]),
        themes=theme_slugs([tool.lead_theme for tool in tools]),
        date=timezone.localdate(page.first_published_at) if page.first_published_at else None,
    )


def all_kits() -> Iterable[KitPage]:
    """Every page of a kit."""
    return KitPage.objects.select_related("locale")


def register() -> None:
    """Make kits findable."""
    search_sources.register(SearchSource("kit", _("Kit"), KitPage, describe_kit, all_kits))
