"""What the search keeps of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.findable import join, label_in, page_text, themes_of, words_of
from common.registries import SearchSource, SearchText, search_sources

from .models import EventPage, Format

if TYPE_CHECKING:
    from collections.abc import Iterable


def describe_event(page: EventPage) -> SearchText | None:
    """An event, coming or past: what it is, its programme, where. Never the link to join online."""
    return page_text(
        page,
        "event",
        body=join(
            [
                words_of(page.body),
                label_in(Format(page.format).label, page.locale.language_code),
                page.series.title if page.series else "",
                page.place,
                page.address,
            ]
        ),
        themes=themes_of(page),
        commune=page.commune_id or "",
        date=timezone.localdate(page.starts_at),
    )


def all_events() -> Iterable[EventPage]:
    """Every event page, with what is read of it."""
    return EventPage.objects.select_related("locale", "series", "facts__lead_theme").prefetch_related(
        "facts__themes"
    )


def register() -> None:
    """Make events findable."""
    search_sources.register(SearchSource("event", _("Event"), EventPage, describe_event, all_events))
