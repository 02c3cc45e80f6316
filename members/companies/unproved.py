"""Companies in whose name nothing shows while nobody there is proved to act for them: staff confirm them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from members.cases.kinds import Pending
from members.cases.opening import open_case, settle
from members.models import Case, Membership, Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The kind of their cases in the queue, and the decision that leaves one as it is.
CASE = "company"
LEAVE = "leave"


def to_confirm() -> QuerySet[Organisation]:
    """Organisations in whose name nothing shows, while somebody there waits to be confirmed; oldest first."""
    waits = Membership.objects.current().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(waits), confirmed_at=None).order_by("created_at", "pk")


def still_open() -> QuerySet[Organisation]:
    """Those that nobody left as they are since the last person came."""
    left = Case.objects.filter(
        kind=CASE, organisation=OuterRef("organisation"), decision=LEAVE, closed_at__gte=OuterRef("joined_at")
    )
    fresh = Membership.objects.current().filter(~Exists(left), organisation=OuterRef("pk"))
    return to_confirm().filter(Exists(fresh))


def pending(organisation: Organisation, membership: Membership | None = None) -> Pending:
    """The case of a company; `membership` is who recorded it."""
    return Pending(
        target=str(organisation.pk),
        title=organisation.name,
        since=membership.joined_at if membership else organisation.created_at,
        author=membership.user if membership else None,
        organisation=organisation,
    )


def waiting() -> list[Pending]:
    """Each with the first who came."""
    first: dict[int, Membership] = {}
    rows = Membership.objects.current().filter(organisation__in=still_open().order_by())
    for row in rows.select_related("user", "organisation").order_by("joined_at", "pk"):
        first.setdefault(row.organisation_id, row)
    return [pending(row.organisation, row) for row in first.values()]


def wait_for_staff(membership: Membership) -> None:
    """Somebody recorded a company: put it in the queue."""
    if membership.organisation.confirmed_at is None:
        open_case(CASE, pending(membership.organisation, membership))


def no_longer_wait(organisation: Organisation) -> None:
    """It is confirmed, or nobody is left there: take it out of the queue."""
    empty = not Membership.objects.current().filter(organisation=organisation).exists()
    if organisation.confirmed_at is not None or empty:
        settle(CASE, str(organisation.pk))
