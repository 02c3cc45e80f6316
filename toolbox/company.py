"""What the page of a company shows of it here: the good practices that it shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.registries import CompanySection, register_company_section
from members.companies.versions import pages_of

from .listing import practice_cards
from .models import Practice

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
