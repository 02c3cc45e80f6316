"""The lists of news and of videos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from common.choices import theme_choices
from common.generation import per_generation
from common.listing import Choice, Filter, Listing, build
from common.pictures import warm

from .models import NewsPage, VideoPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from common.pages import BasePage

PER_PAGE = 12


@per_generation
def _years() -> list[Choice]:
    years = NewsPage.objects.filter(live=True).dates("published_on", "year", order="DESC")
    return [Choice(str(date.year), str(date.year)) for date in years]


NEWS_FILTERS = (
    Filter("year", _("Year"), _years, "published_on__year"),
    Filter("theme", _("Theme"), theme_choices, "themes__slug"),
)
VIDEO_FILTERS = (Filter("theme", _("Theme"), theme_choices, "facts__themes__slug"),)


def _with_pictures(pages: Sequence[NewsPage]) -> Sequence[NewsPage]:
    warm(page.picture_id for page in pages)
    return pages


def _with_posters(pages: Sequence[VideoPage]) -> Sequence[VideoPage]:
    warm(page.poster_id for page in pages)
    return pages


def news_listing(query: QueryDict, index: BasePage) -> Listing[NewsPage]:
    """News in the language of the index page, the latest first."""
    rows = (
        NewsPage.objects.filter(live=True, locale_id=index.locale_id)
        .defer("body")
        .order_by("-published_on", "-pk")
    )
    return build(
        rows, NEWS_FILTERS, query, path=index.path_on_site, per_page=PER_PAGE, present=_with_pictures
    )


def video_listing(query: QueryDict, index: BasePage) -> Listing[VideoPage]:
    """Videos in the language of the index page, the latest first."""
    rows = (
        VideoPage.objects.filter(live=True, locale_id=index.locale_id, facts__live=True)
        .select_related("facts__lead_theme")
        .defer("transcript")
        .order_by("-published_on", "-pk")
    )
    return build(
        rows, VIDEO_FILTERS, query, path=index.path_on_site, per_page=PER_PAGE, present=_with_posters
    )
