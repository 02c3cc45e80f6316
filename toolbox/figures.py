"""What the toolbox counts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.registries import Figure, figures

from .models import Practice, Tool


def _practices(year: int | None) -> int:
    rows = Practice.objects.live()
    return (rows.filter(published_at__year=year) if year else rows).count()


def _tools(year: int | None) -> int:
    rows = Tool.objects.live()
    return (rows.filter(published_at__year=year) if year else rows).count()


def register() -> None:
    """Register the counts of this room."""
    figures.register(
        Figure(
            "toolbox.practices",
            lambda n: str(ngettext_lazy("good practice", "good practices", "n") % {"n": n}),
            _("Good practices published and on line."),
            _practices,
            lambda _year: "/bonnes-pratiques/",
        )
    )
    figures.register(
        Figure(
            "toolbox.tools",
            lambda n: str(ngettext_lazy("tool", "tools", "n") % {"n": n}),
            _("Tools published and on line."),
            _tools,
            lambda _year: "/boite-a-outils/",
        )
    )
