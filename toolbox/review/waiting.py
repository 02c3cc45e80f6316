"""What waits for a moderator, and what stands in the way of publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.cases.kinds import Pending
from toolbox.models import Contribution, ContributionFile

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = "contribution"
Verdict = ContributionFile.Verdict


def pending(contribution: Contribution) -> Pending:
    """The case of a contribution that was sent."""
    return Pending(
        target=contribution.public_id,
        title=str(contribution),
        since=contribution.submitted_at or contribution.saved_at,
        author=contribution.author,
        organisation=contribution.organisation,
    )


def waiting() -> Iterable[Pending]:
    """All those that were sent, oldest first."""
    rows = Contribution.objects.waiting().select_related("author", "organisation")
    return [pending(row) for row in rows.order_by("submitted_at", "pk")]


def unchecked(contribution: Contribution) -> bool:
    """Whether a file is still to be scanned."""
    return contribution.files.filter(verdict=Verdict.PENDING).exists()


def nothing_to_take(contribution: Contribution) -> bool:
    """Whether it is a tool with neither a file nor an address, so that no page can be made of it."""
    if contribution.kind != Contribution.Kind.TOOL or contribution.answers.get("address"):
        return False
    documents = contribution.files.filter(role=ContributionFile.Role.DOCUMENT)
    if documents.exclude(verdict__in=[Verdict.REFUSED, Verdict.PENDING]).exists():
        return False
    page: Any = contribution.page.specific if contribution.page is not None else None
    return page is None or not (page.document_id or page.address)


def in_the_way(contribution: Contribution) -> list[str]:
    """Why it cannot be published for now, in sentences."""
    found = []
    if unchecked(contribution):
        found.append(_("A file is still being checked for viruses."))
    if nothing_to_take(contribution):
        found.append(_("There is neither a file that may be taken nor an address: send it back."))
    organisation = contribution.organisation
    if organisation is not None and organisation.confirmed_at is None:
        found.append(
            _(
                "It is told in the name of %(name)s, which is still to be confirmed: confirm the company first."
            )
            % {"name": organisation.name}
        )
    return found
