"""What the search keeps of news, videos and editorial pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.findable import join, on_one_line, page_text, plain, theme_slugs, themes_of, words_of
from common.registries import SearchSource, SearchText, search_sources

from .models import AccessibilityPage, ContactPage, NewsPage, StandardPage, VideoPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def describe_news(page: NewsPage) -> SearchText | None:
    """An article."""
    return page_text(
        page,
        "news",
        body=words_of(page.body),
        themes=theme_slugs(list(page.themes.all())),
        date=page.published_on,
    )


def describe_video(page: VideoPage) -> SearchText | None:
    """A video: all that is said in it."""
    return page_text(
        page,
        "video",
        body=on_one_line(page.transcript),
        themes=themes_of(page),
        date=page.published_on,
    )


def describe_page(page: StandardPage | ContactPage) -> SearchText | None:
    """A page of the association."""
    return page_text(page, "page", body=words_of(page.body))


def describe_accessibility(page: AccessibilityPage) -> SearchText | None:
    """The accessibility statement, without its list of failures."""
    return page_text(
        page, "page", body=join([plain(page.commitment), plain(page.contact), plain(page.scheme)])
    )


def every(model: type[Any], *related: str) -> Callable[[], Iterable[Any]]:
    """All the pages of a type, with what is read of them."""
    return lambda: model.objects.select_related("locale", *related)


def register() -> None:
    """Make editorial pages findable."""
    for source in (
        SearchSource("video", _("Video"), VideoPage, describe_video, every(VideoPage, "facts__lead_theme")),
        SearchSource("news", _("News"), NewsPage, describe_news, every(NewsPage)),
        SearchSource("page", _("Page"), StandardPage, describe_page, every(StandardPage)),
        SearchSource("page", _("Page"), ContactPage, describe_page, every(ContactPage)),
        SearchSource("page", _("Page"), AccessibilityPage, describe_accessibility, every(AccessibilityPage)),
    ):
        search_sources.register(source)
