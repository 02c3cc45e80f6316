"""Companies in whose name nothing shows while nobody there is proved to act for them, in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.log_actions import log

from members.companies.representation import confirm_by_call
from members.companies.siret import spaced
from members.companies.unproved import CASE, LEAVE, to_confirm, waiting
from members.models import Membership

from .kinds import CaseKind, Choice, StaleError
from .refusals import CaseRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from members.models import Case, Organisation

CONFIRM = "confirm"
MOST = 9


# ---------------------------------------------------------------- what is shown
def unproved(case: Case) -> list[Membership]:
    """Who waits to be confirmed there, first come first, and whoever this case confirmed."""
    rows = Membership.objects.current().filter(organisation_id=int(case.target)).select_related("user")
    return [
        row for row in rows.order_by("joined_at", "pk") if not row.is_confirmed or _key(row) == case.decision
    ]


def _key(membership: Membership) -> str:
    return f"{CONFIRM}:{membership.pk}"


def company_of(case: Case) -> Organisation:
    """Raises StaleError when nothing is left to confirm."""
    organisation = to_confirm().filter(pk=case.target).select_related("commune").first()
    if organisation is None:
        raise StaleError(_("This company was confirmed meanwhile, or nobody waits there any more."))
    return organisation


def context(case: Case, _request: HttpRequest) -> dict[str, Any]:
    """Identity, and who says to act for it."""
    organisation = company_of(case)
    facts = [
        (_("SIRET"), spaced(organisation.siret)),
        (_("Commune"), str(organisation.commune or "")),
        (_("Sector"), organisation.get_sector_display()),
        (_("Headcount band"), organisation.get_headcount_display()),
        (_("Website"), organisation.website),
        (_("Recorded by"), organisation.get_origin_display()),
    ]
    return {
        "organisation": organisation,
        "facts": [(label, value) for label, value in facts if value],
        "unproved": unproved(case),
    }


def model_note() -> str:
    """What the timeline keeps of a call; what stands between square brackets is to be written."""
    with override(settings.LANGUAGE_CODE):
        return _("Call of %(day)s to [who answered] (number found: [where]). [What was said]") % {
            "day": date_format(timezone.localdate(), "DATE_FORMAT")
        }


def choices(case: Case) -> Sequence[Choice]:
    """A call proves that one of them acts for the company; or nothing is confirmed for now."""
    people = unproved(case)[:MOST]
    note = (model_note(),)
    confirmations = [
        Choice(
            _key(row),
            _("Confirm %(name)s by call") % {"name": row.user.public_name},
            "c" if len(people) == 1 else str(place),
            tone="good",
            needs_reason=True,
            reasons=note,
        )
        for place, row in enumerate(people, start=1)
    ]
    return [*confirmations, Choice(LEAVE, gettext_lazy("Leave unconfirmed"), "l")]


# ---------------------------------------------------------------- what is decided
def decide(case: Case) -> None:
    """A note with blanks left in it proves nothing."""
    company_of(case)
    if case.decision != LEAVE and ("[" in case.reason or "]" in case.reason):
        raise CaseRefused(
            _("Complete the note: write who answered, where you found the number, what was said.")
        )


def apply(case: Case) -> str:
    """What the company's own screen does; or nothing."""
    if case.decision == LEAVE:
        return _("Left unconfirmed")
    organisation = company_of(case)
    row = next((row for row in unproved(case) if _key(row) == case.decision), None)
    if row is None or case.decided_by is None:
        raise StaleError(_("This person no longer waits to be confirmed."))
    confirm_by_call(row, case.decided_by, case.reason)
    log(organisation, "members.confirm_by_call", user=case.decided_by, data={"account": row.user_id})
    return _("Confirmed by call")


KIND = CaseKind(
    key=CASE,
    label=gettext_lazy("Company to confirm"),
    icon="group",
    permission="members.change_membership",
    template="members/cases/company.html",
    choices=choices,
    context=context,
    waiting=waiting,
    decide=decide,
    apply=apply,
    order=50,
    reason_help=gettext_lazy("Kept in the timeline of the company, read by staff only."),
)
