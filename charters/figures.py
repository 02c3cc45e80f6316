"""What the charter counts. Invented signatures are counted like the others, and marked where listed."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.registries import Figure, figures

from .models import Label, Signature

DIRECTORY = "/charte/signataires/"


def _signatories(year: int | None) -> int:
    rows = Signature.objects.signed()
    if year:
        rows = rows.filter(Q(signed_on__year=year) | Q(signed_on=None, cohort__year=year))
    return rows.values("organisation").distinct().count()


def _labelled(year: int | None) -> int:
    rows = Label.objects.filter(awarded_on__year=year) if year else Label.objects.valid()
    return rows.values("signature__organisation").distinct().count()


def _cohort(year: int | None) -> int:
    rows = Signature.objects.signed()
    return (rows.filter(cohort__year=year) if year else rows).count()


def register() -> None:
    """Register the counts of this room."""
    figures.register(
        Figure(
            "charters.signatories",
            lambda n: str(ngettext_lazy("signatory company", "signatory companies", "n") % {"n": n}),
            _("Organisations whose signature of the charter stands."),
            _signatories,
            lambda _year: DIRECTORY,
        )
    )
    figures.register(
        Figure(
            "charters.labelled",
            lambda n: str(ngettext_lazy("labelled company", "labelled companies", "n") % {"n": n}),
            _("Organisations whose label runs today; of a year, those awarded one that year."),
            _labelled,
            lambda _year: f"{DIRECTORY}?state=labelled",
        )
    )
    figures.register(
        Figure(
            "charters.cohort",
            lambda n: str(ngettext_lazy("new signatory company", "new signatory companies", "n") % {"n": n}),
            _("Signatures of the year’s cohort that stand."),
            _cohort,
            lambda year: f"{DIRECTORY}?cohort={year}" if year else DIRECTORY,
        )
    )
