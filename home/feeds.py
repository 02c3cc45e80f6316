"""The latest news and videos, for feed readers, and the films for search engines."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.addresses import path_of
from common.known import themes
from common.pictures import warm
from common.web.feeds import MOST, Entry, FeedSource, register_feed
from common.web.sharing import default_image
from common.web.sitemaps import Film, register_films

from .models import NewsIndexPage, NewsPage, VideoIndexPage, VideoPage

if TYPE_CHECKING:
    from collections.abc import Mapping


def morning_of(day: dt.date) -> dt.datetime:
    """The moment a dated page counts from."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def latest_news(locale_id: int) -> list[Entry]:
    """News in a language, the latest first."""
    pages = (
        NewsPage.objects.filter(live=True, locale_id=locale_id)
        .defer("body")
        .prefetch_related("themes")
        .order_by("-published_on", "-pk")[:MOST]
    )
    return [
        Entry(
            key=str(page.translation_key),
            title=page.title,
            path=path_of(page),
            summary=page.share_description,
            published=morning_of(page.published_on),
            updated=page.last_published_at or morning_of(page.published_on),
            categories=[theme.name for theme in page.themes.all()],
        )
        for page in pages
    ]


def latest_videos(locale_id: int) -> list[Entry]:
    """Videos in a language, the latest first."""
    pages = (
        VideoPage.objects.filter(live=True, locale_id=locale_id, facts__live=True)
        .select_related("facts")
        .defer("transcript")
        .order_by("-published_on", "-pk")[:MOST]
    )
    return [
        Entry(
            key=str(page.translation_key),
            title=page.title,
            path=path_of(page),
            summary=page.share_description,
            published=morning_of(page.facts.published_on),
            updated=page.last_published_at or morning_of(page.facts.published_on),
            categories=[themes()[page.facts.lead_theme_id].name],
        )
        for page in pages
        if page.facts
    ]


def films() -> Mapping[int, Film]:
    """The films of ours on live pages, by page id. Those that stand elsewhere are not ours to index."""
    pages = list(
        VideoPage.objects.filter(live=True, facts__live=True)
        .exclude(facts__file="")
        .select_related("facts")
        .defer("transcript")
        .order_by("pk")
    )
    posters = warm(page.poster_id for page in pages)
    found = {}
    for page in pages:
        if page.facts is None:
            continue
        poster = posters.get(page.poster_id) if page.poster_id else None
        found[page.pk] = Film(
            title=page.title,
            description=page.share_description,
            thumbnail=poster.fallback.url if poster else default_image(),
            content=page.facts.file.url,
            published=page.facts.published_on,
            seconds=page.facts.duration,
        )
    return found


def register() -> None:
    """Register the feeds and films of this room."""
    register_feed(FeedSource(NewsIndexPage, latest_news, _("News")))
    register_feed(FeedSource(VideoIndexPage, latest_videos, _("Videos")))
    register_films(films)
