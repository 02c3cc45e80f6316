"""Why something is not kept; each refusal is a sentence that can be shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.companies.refusals import Refusal


class HandIsFull(Refusal):
    """There are as many cards as a hand holds."""

    sentence = _("Your hand is full: sixty cards. Put one back first.")


class NotOnLine(Refusal):
    """Nothing on line has that key."""

    sentence = _("This is no longer on line.")


class TooManySearches(Refusal):
    """There are as many saved searches as one account may have."""

    sentence = _("You have fifty saved searches: delete one first.")


class NothingToSave(Refusal):
    """There is no filter, or too many to be kept."""

    sentence = _("Choose a filter first: a search is saved with its filters.")


class TooManyFilters(Refusal):
    """The filters are too long to be kept."""

    sentence = _("Too many filters for one search: take some away.")
