"""What followers hear of news and videos."""

from __future__ import annotations

from members.space.announcing import Publication, connect, themes_of

from . import discussed
from .models import NewsPage, VideoPage


def announce_news(page: NewsPage) -> Publication:
    """An article: followers of its themes, if it has any."""
    return Publication("news", f"home.news:{page.translation_key}", list(page.themes.all()))


def announce_video(page: VideoPage) -> Publication:
    """A video: followers of its themes."""
    return Publication("video", f"home.video:{page.translation_key}", themes_of(page))


def register() -> None:
    """Announce what is published."""
    connect(NewsPage, announce_news)
    connect(VideoPage, announce_video)
    discussed.register()
