"""Why somebody may not write, said in a sentence that tells what to do, and never who blocked whom."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Refusal(TextChoices):
    """The reasons, each with its sentence."""

    NOT_A_MEMBER = "not_a_member", _("Confirm your e-mail address first: only members write to each other.")
    NAMELESS = "nameless", _("Write your name in your profile first: people like to know who writes to them.")
    SELF = "self", _("That is you.")
    OWN_COMPANY = "own_company", _("You answer for this company yourself.")
    UNREACHABLE = "unreachable", _("Nobody can be written to at this address for the moment.")
    BLOCKED_BY_ME = (
        "blocked_by_me",
        _("You asked not to hear from this person any more. Take that back first."),
    )
    WAITING = "waiting", _("You have written already: wait for an answer before writing again.")
    UNANSWERED = (
        "unanswered",
        _("Your earlier message was not followed up. You may write again in some weeks."),
    )
    NEWCOMER = (
        "newcomer",
        _("During your first day here you may begin a few conversations only. More tomorrow!"),
    )
    CONVERSATIONS = (
        "conversations",
        _("You have begun many conversations today. You may begin others tomorrow."),
    )
    MESSAGES = "messages", _("You have written many messages today. You may write again tomorrow.")
    ENDED = "ended", _("This conversation is closed: nobody can write in it any more.")
    EMPTY = "empty", _("Write something.")
    TOO_LONG = "too_long", _("5,000 characters at most.")


class ContactRefusedError(Exception):
    """Somebody may not write; nothing was stored."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal

    @property
    def words(self) -> str:
        """The sentence, in the active language."""
        return str(self.refusal.label)
