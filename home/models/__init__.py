"""The home page, editorial pages, news, videos, contact and the site's own settings."""

from .accessibility import AccessibilityPage
from .contact import ContactMessage, ContactPage
from .editorial import NewsIndexPage, NewsPage, SiteMapPage, StandardPage
from .front import Banner, HomePage, SiteSettings
from .loaded import LoadedRow
from .videos import Video, VideoIndexPage, VideoPage

__all__ = [
    "AccessibilityPage",
    "Banner",
    "ContactMessage",
    "ContactPage",
    "HomePage",
    "LoadedRow",
    "NewsIndexPage",
    "NewsPage",
    "SiteMapPage",
    "SiteSettings",
    "StandardPage",
    "Video",
    "VideoIndexPage",
    "VideoPage",
]
