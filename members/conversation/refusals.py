"""Why words are not taken, in sentences that say what to do; the words themselves are given back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.companies.refusals import Refusal


class ConversationRefused(Refusal):
    """Nothing was stored."""


class NotAMember(ConversationRefused):
    """Only accounts in use whose address is verified write."""

    sentence = _("Confirm your e-mail address first: only members write here.")


class Closed(ConversationRefused):
    """What was to be commented is not public, or cannot be commented."""

    sentence = _("Nothing can be written here any more.")


class Gone(ConversationRefused):
    """What was to be answered, changed or thanked is no longer there."""

    sentence = _("This comment is no longer there. You can still write one of your own.")


class Empty(ConversationRefused):
    """Blanks and invisible signs only."""

    sentence = _("Write something.")


class TooLong(ConversationRefused):
    """More than a comment holds."""

    sentence = _("3,000 characters at most: keep the essential, or write two comments.")


class TooFast(ConversationRefused):
    """Three a minute."""

    sentence = _("You write faster than one reads. Wait a minute, then send this again.")


class TooMany(ConversationRefused):
    """Twenty a day."""

    sentence = _("You have written a lot in one day. Keep these words and send them tomorrow.")


class SaidAlready(ConversationRefused):
    """The very same words, elsewhere or here."""

    sentence = _("You wrote the very same words today. Once is enough: everybody reads them.")


class TooLate(ConversationRefused):
    """More than thirty minutes have gone by."""

    sentence = _(
        "Thirty minutes have passed: a comment can no longer be changed. "
        "You can write another one, or delete this one."
    )


class ChangedMeanwhile(ConversationRefused):
    """Another tab, or another device, changed it."""

    sentence = _(
        "You changed this comment elsewhere meanwhile. Below are your words; compare, then save again."
    )


class ReportedEnough(ConversationRefused):
    """Ten a day."""

    sentence = _("You have reported a lot in one day. For something urgent, write to us.")


class NotHidden(ConversationRefused):
    """It is not in a state that this act is for."""

    sentence = _("This comment has changed meanwhile. Look at it again.")
