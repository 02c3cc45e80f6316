"""Who signed: the directory with its map, and the summary that the charter's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.choices import enumeration
from common.generation import per_generation
from common.known import communes, fill
from common.listing import Choice, Filter, Listing, build, narrowed, selection
from common.vocabulary import Headcount, Sector, Size

from .map import territory
from .models import CharterVersion, Cohort, Engagement, Label, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from common.pages import BasePage

PER_PAGE = 24


@per_generation
def _cohort_choices() -> list[Choice]:
    return [
        Choice(str(year), str(year)) for year in dict.fromkeys(Cohort.objects.values_list("year", flat=True))
    ]


def _commune_choices() -> list[Choice]:
    return [Choice(code, commune.name) for code, commune in communes().items()]


def _size_condition(values: Sequence[str]) -> Q:
    bands = [band.value for band in Headcount if band.size.value in values]
    return Q(organisation__headcount__in=bands)


def _state_condition(values: Sequence[str]) -> Q:
    """“Labelled” means today: a label that has run out leaves a signatory."""
    today = timezone.localdate()
    labelled = Q(pk__in=Label.objects.valid(today).values("signature"))
    wanted = Q(pk__in=[])
    if "labelled" in values:
        wanted |= labelled
    if "signed" in values:
        wanted |= ~labelled
    return wanted


FILTERS = (
    Filter(
        "state",
        _("Standing"),
        lambda: [Choice("labelled", str(_("Labelled today"))), Choice("signed", str(_("Signatory")))],
        "",
        counted=False,
        narrow=_state_condition,
    ),
    Filter("cohort", _("Signed in"), _cohort_choices, "cohort__year"),
    Filter("sector", _("Sector"), enumeration(Sector), "organisation__sector"),
    Filter(
        "size", _("Size"), enumeration(Size), "organisation__headcount", counted=False, narrow=_size_condition
    ),
    Filter(
        "commune",
        _("Commune"),
        _commune_choices,
        "organisation__commune_id",
        multiple=False,
    ),
)


@dataclass(frozen=True)
class Signatory:
    """A line of the directory."""

    signature: Signature
    label: Label | None

    @property
    def size(self) -> Size | None:
        """Size class of the company."""
        return self.signature.organisation.size

    @property
    def year(self) -> int | None:
        """The year of signature, from its date or from the cohort."""
        if self.signature.signed_on:
            return self.signature.signed_on.year
        return self.signature.cohort.year if self.signature.cohort else None


def signatories(rows: Sequence[Signature]) -> list[Signatory]:
    """The lines of some signatures, each with its running label."""
    for row in rows:
        fill(row.organisation)
    labels = {
        label.signature_id: label
        for label in Label.objects.valid().filter(signature__in=[r.pk for r in rows])
    }
    return [Signatory(row, labels.get(row.pk)) for row in rows]


def signatory_listing(query: QueryDict, index: BasePage) -> Listing[Signature]:
    """Standing signatures by name, under the filters of the query, and the map of the same ones."""
    rows = (
        Signature.objects.signed()
        .select_related("organisation", "cohort")
        .order_by("organisation__name", "pk")
    )
    listing = build(rows, FILTERS, query, path=index.path_on_site, per_page=PER_PAGE, present=signatories)
    chosen = selection(query, FILTERS)
    here = narrowed(rows, FILTERS, chosen, but="commune")
    named: dict[str, list[str]] = {}
    for code, name in here.values_list("organisation__commune_id", "organisation__name"):
        named.setdefault(code or "", []).append(name)
    without_place = len(named.pop("", []))
    listing.extra = {
        "map": territory(named, selected=chosen.get("commune", [""])[0]),
        "without_place": without_place,
    }
    return listing


@per_generation
def charter_summary() -> dict[str, Any]:
    """The current text with its engagements, and how many signed it."""
    version = CharterVersion.objects.prefetch_related("engagements__themes").first()
    engagements: list[Engagement] = list(version.engagements.all()) if version else []
    return {
        "version": version,
        "engagements": engagements,
        "versions": list(CharterVersion.objects.all()),
        "cohorts": list(Cohort.objects.all()),
        "signatories": Signature.objects.signed().values("organisation").distinct().count(),
        "labelled": Label.objects.valid().values("signature__organisation").distinct().count(),
    }
