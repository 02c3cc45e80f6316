"""What the page of a company shows of it here: its signature of the charter, and its label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.registries import CompanySection, register_company_section
from members.companies.findable import found_elsewhere

from .directory import Signatory, signatories
from .models import Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import Organisation


def signed(organisation: Organisation) -> Sequence[Signatory]:
    """The standing signatures of a company, the latest first, each with its running label."""
    rows = Signature.objects.signed().filter(organisation=organisation)
    return signatories(list(rows.select_related("organisation", "cohort", "version")))


def signing() -> QuerySet[Signature, Any]:
    """Keys of the organisations whose signature stands."""
    return Signature.objects.signed().order_by().values("organisation")


def register() -> None:
    """Put signatures on the pages of companies; the search knows signatories from here already."""
    register_company_section(
        CompanySection(
            "charters.signatures",
            _("Signature of the charter"),
            "charters/company_signatures.html",
            signed,
            signing,
            order=20,
        )
    )
    found_elsewhere(signing)
