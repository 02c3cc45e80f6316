"""The answer to “does it still hold?”: given once, by whoever holds the link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.companies.refusals import Refusal
from toolbox.models import Rereading

from .asking import subject
from .tokens import hash_of

if TYPE_CHECKING:
    from toolbox.models import Practice, Tool

Answer = Rereading.Answer


class UnknownLink(Refusal):
    """Nothing has that link: cut by a mail program, replaced by a later one, or the thing is gone."""

    sentence = _("This link is not known.")


class ExpiredLink(Refusal):
    """Nobody answered in time: `row` says until when one could."""

    sentence = _("This link is no longer valid.")

    def __init__(self, row: Rereading) -> None:
        super().__init__()
        self.row = row


class Answered(Refusal):
    """It served already: `row` says when, and what for."""

    sentence = _("This question was answered already.")

    def __init__(self, row: Rereading) -> None:
        super().__init__()
        self.row = row


def find(token: str, *, locked: bool = False) -> Rereading:
    """The question of a link that can still be answered. Raises UnknownLink, ExpiredLink, Answered."""
    rows = Rereading.objects.select_related("practice__organisation", "tool__organisation", "reader")
    if locked:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(token_hash=hash_of(token)).first()
    if row is None:
        raise UnknownLink
    if row.answered_at is not None:
        raise Answered(row)
    if row.expires_at <= timezone.now() or not subject(row).live:
        raise ExpiredLink(row)
    return row


def answer(token: str, said: str, words: str = "") -> Rereading:
    """Write the answer; of two at once the second is told. Raises what `find` does.

    What holds is dated today. What no longer does is for the editors: nothing leaves the site by a link.
    """
    with transaction.atomic():
        row = find(token, locked=True)
        row.answer, row.words, row.answered_at = said, words.strip(), timezone.now()
        row.save(update_fields=["answer", "words", "answered_at"])
        if said == Answer.HOLDS:
            date_today(subject(row))
        return row


def date_today(facts: Practice | Tool) -> None:
    """It was read again today, whoever said so."""
    facts.checked_on = timezone.localdate()
    facts.save(update_fields=["checked_on"])
