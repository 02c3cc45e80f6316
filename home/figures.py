"""What the editorial room counts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.registries import Figure, figures

from .models import Video


def _videos(year: int | None) -> int:
    rows = Video.objects.filter(live=True)
    return (rows.filter(published_on__year=year) if year else rows).count()


def register() -> None:
    """Register the counts of this room."""
    figures.register(
        Figure(
            "home.videos",
            lambda n: str(ngettext_lazy("video", "videos", "n") % {"n": n}),
            _("Videos published and on line."),
            _videos,
            lambda _year: "/videos/",
        )
    )
