"""Why an adoption is not written, in sentences that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.companies.refusals import Refusal

if TYPE_CHECKING:
    from toolbox.models import Adoption


class OwnPractice(Refusal):
    """The company told it itself."""

    sentence = _("Your company tells this practice: the others are the ones who can take it up.")


class NotProved(Refusal):
    """The company is named, and this person has not proved that she acts for it."""

    sentence = _(
        "Your company is named on this practice: only colleagues who are confirmed may change what it says."
    )


class PracticeGone(Refusal):
    """It was taken off line meanwhile."""

    sentence = _("This practice is no longer on line.")


class ChangedMeanwhile(Refusal):
    """A colleague wrote while the form was open: `adoption` is what stands now, None when it was withdrawn."""

    sentence = _(
        "A colleague changed this meanwhile. Below is what stands now; what you wrote is still in the form."
    )

    def __init__(self, adoption: Adoption | None) -> None:
        super().__init__()
        self.adoption = adoption
