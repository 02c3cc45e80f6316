"""The latest good practices, for feed readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.addresses import path_of
from common.known import themes
from common.web.feeds import MOST, Entry, FeedSource, register_feed

from .models import PracticeIndexPage, PracticePage

# What a feed reads of a page.
FIELDS = (
    "title",
    "summary",
    "search_description",
    "url_path",
    "locale",
    "translation_key",
    "last_published_at",
    "facts__published_at",
    "facts__lead_theme",
    "facts__sector",
)


def latest_practices(locale_id: int) -> list[Entry]:
    """Practices in a language, the latest first."""
    pages = (
        PracticePage.objects.filter(live=True, locale_id=locale_id, facts__live=True)
        .select_related("facts")
        .only(*FIELDS)
        .order_by("-facts__published_at", "-pk")[:MOST]
    )
    return [
        Entry(
            key=str(page.translation_key),
            title=page.title,
            path=path_of(page),
            summary=page.share_description,
            published=page.facts.published_at,
            updated=page.last_published_at or page.facts.published_at,
            categories=[themes()[page.facts.lead_theme_id].name, page.facts.get_sector_display()],
        )
        for page in pages
        if page.facts
    ]


def register() -> None:
    """Register the feed of this room."""
    register_feed(FeedSource(PracticeIndexPage, latest_practices, _("Good practices")))
