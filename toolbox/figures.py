"""What the toolbox counts."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.registries import Figure, figures

from .models import Adoption, Practice, Tool


def _practices(year: int | None) -> int:
    rows = Practice.objects.live()
    return (rows.filter(published_at__year=year) if year else rows).count()


def _tools(year: int | None) -> int:
    rows = Tool.objects.live()
    return (rows.filter(published_at__year=year) if year else rows).count()


def _adoptions(year: int | None) -> int:
    rows = Adoption.objects.filter(practice__live=True)
    if year:
        return rows.filter(in_place_on__year=year).count()
    return rows.filter(state=Adoption.State.IN_PLACE).count()


def _adopters(year: int | None) -> int:
    rows = Adoption.objects.filter(practice__live=True)
    begun = Q(planned_on__year=year) | Q(in_place_on__year=year)
    rows = rows.filter(begun) if year else rows.running()
    return rows.order_by().values("organisation").distinct().count()


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
    figures.register(
        Figure(
            "toolbox.adoptions",
            lambda n: str(
                ngettext_lazy("practice put in place elsewhere", "practices put in place elsewhere", "n")
                % {"n": n}
            ),
            _(
                "Times that a company says it has in place a practice told by another; in a year: put in place "
                "that year."
            ),
            _adoptions,
            lambda _year: "/bonnes-pratiques/",
        )
    )
    figures.register(
        Figure(
            "toolbox.adopters",
            lambda n: str(
                ngettext_lazy("company took a practice up", "companies took a practice up", "n") % {"n": n}
            ),
            _(
                "Companies that plan, or have in place, a practice told by another; in a year: that began that year."
            ),
            _adopters,
            lambda _year: "/bonnes-pratiques/",
        )
    )
