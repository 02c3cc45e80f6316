"""Why nothing is decided on a case; `str()` is shown to the moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.companies.refusals import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from members.models import Case


class CaseRefused(Refusal):
    """Nothing was changed."""


class NotYours(CaseRefused):
    """The person may not decide on this kind of thing."""

    sentence = gettext_lazy("You may not decide on this.")


class ReasonMissing(CaseRefused):
    """The decision is told to somebody, who must know why."""

    sentence = gettext_lazy("Say why: the person reads it.")


class NoSuchChoice(CaseRefused):
    """The decisions changed since the page was opened."""

    sentence = gettext_lazy("This decision is no longer possible. Choose again.")


class HeldElsewhere(CaseRefused):
    """Somebody else is on it: `case` says who."""

    def __init__(self, case: Case) -> None:
        words = {"name": name_of(case.taken_by), "when": moment(case.taken_at)}
        super().__init__(_("%(name)s has been on this since %(when)s.") % words)
        self.case = case


class DecidedElsewhere(CaseRefused):
    """Somebody decided first, or there is nothing left to decide: `case` says what."""

    def __init__(self, case: Case) -> None:
        super().__init__(sentence_on(case))
        self.case = case


class TooLate(CaseRefused):
    """The decision was carried out, or is about to be."""

    sentence = gettext_lazy("It is too late: the decision was carried out.")


class CarryingOutFailed(CaseRefused):
    """What was decided could not be done; it can be tried again."""

    sentence = gettext_lazy("This could not be carried out. Try again, or take the decision back.")


def name_of(user: object) -> str:
    """Who, in words; accounts may have gone."""
    return str(getattr(user, "public_name", "") or user) if user else str(_("Somebody"))


def moment(when: dt.datetime | None) -> str:
    """The hour today, the day and the hour before."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    if local.date() == timezone.localdate():
        return date_format(local, "TIME_FORMAT")
    return date_format(local, "SHORT_DATETIME_FORMAT")


def sentence_on(case: Case) -> str:
    """What became of a case, in a sentence."""
    from .describing import decision_label  # noqa: PLC0415 (it words choices, which rooms give)

    if case.state == case.State.VOID:
        return case.outcome or str(_("There is nothing left to decide here."))
    words = {
        "name": name_of(case.decided_by),
        "decision": decision_label(case),
        "when": moment(case.decided_at),
    }
    return str(_("%(name)s decided already, %(when)s: %(decision)s.") % words)
