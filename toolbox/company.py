"""What the page of a company shows of it here: the good practices that it shared, and those it took up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.registries import CompanySection, register_company_section
from members.companies.versions import pages_of

from .listing import practice_cards
from .models import Adoption, Practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import Organisation

    from .models import PracticePage

MOST = 12


def shared(organisation: Organisation) -> Sequence[PracticePage]:
    """Cards of the latest practices of a company, in French where they are not translated."""
    rows = Practice.objects.live().filter(organisation=organisation)[:MOST]
    return pages_of(list(rows), practice_cards)


def sharing() -> QuerySet[Practice, Any]:
    """Keys of the organisations with a published practice."""
    return Practice.objects.live().exclude(organisation=None).order_by().values("organisation")


@dataclass(frozen=True)
class TakenUp:
    """A practice that a company took up, as the company says it and as a card shows it."""

    adoption: Adoption
    page: PracticePage


def taken_up(organisation: Organisation) -> Sequence[TakenUp]:
    """What the company plans or has in place and wishes to show; two queries."""
    rows = Adoption.objects.shown().running().filter(organisation=organisation, practice__live=True)
    found = {
        row.practice_id: row for row in rows.select_related("practice").order_by("-updated_at", "-pk")[:MOST]
    }
    pages = pages_of([row.practice for row in found.values()], practice_cards)
    return [TakenUp(found[page.facts_id], page) for page in pages]


def taking_up() -> QuerySet[Adoption, Any]:
    """Keys of the organisations that show what they took up."""
    rows = Adoption.objects.shown().running().filter(practice__live=True)
    return rows.order_by().values("organisation")


def register() -> None:
    """Put the practices on the pages of companies."""
    register_company_section(
        CompanySection(
            "toolbox.practices",
            _("Shared practices"),
            "toolbox/company_practices.html",
            shared,
            sharing,
            order=10,
        )
    )
    register_company_section(
        CompanySection(
            "toolbox.adoptions",
            _("Adopted practices"),
            "toolbox/adopting/company.html",
            taken_up,
            taking_up,
            order=12,
        )
    )
