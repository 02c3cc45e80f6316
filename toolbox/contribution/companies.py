"""For which company one tells, and what is known of it already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.vocabulary import Headcount
from members.models import Membership, Organisation

if TYPE_CHECKING:
    from toolbox.models import Contribution


def companies(user: Any) -> list[Organisation]:
    """Those she is part of now, by name."""
    rows = Membership.objects.current().filter(user=user).select_related("organisation")
    return sorted((row.organisation for row in rows), key=lambda one: one.name)


def known_of(organisation: Organisation | None) -> dict[str, str]:
    """Sector and size of a company, empty where they are not known."""
    if organisation is None:
        return {"sector": "", "size": ""}
    size = Headcount(organisation.headcount).size.value if organisation.headcount else ""
    return {"sector": organisation.sector, "size": size}


def change_company(contribution: Contribution, organisation: Organisation | None) -> dict[str, str]:
    """Tell it for another company; return what that says of sector and size.

    What the former company said goes with it, what the author chose herself stays.
    """
    before, after = known_of(contribution.organisation), known_of(organisation)
    contribution.organisation = organisation
    said = contribution.answers
    return {key: value for key, value in after.items() if value and said.get(key, "") in {"", before[key]}}
