"""What the team asks about a field, and what its author answers, while it is hers to complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from toolbox.models import Contribution, ContributionNote

from .drafting import writable
from .reading import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User

LONGEST = 2000


@dataclass
class Exchange:
    """The notes on one field, oldest first, and the answer that is being written."""

    key: str
    notes: list[ContributionNote] = field(default_factory=list)
    answer: str = ""

    @property
    def waits(self) -> bool:
        """Whether the team spoke last, and she has written nothing yet."""
        return bool(self.notes) and self.notes[-1].by_team and not self.answer


def exchanges(contribution: Contribution) -> dict[str, Exchange]:
    """What was said of each field (of the whole under ""): one query. Hers not sent yet is the answer."""
    rows = contribution.notes.filter(Q(sent_at__isnull=False) | Q(by_team=False)).select_related("author")
    found: dict[str, Exchange] = {}
    for note in rows.order_by("created_at", "pk"):
        exchange = found.setdefault(note.field, Exchange(note.field))
        if note.sent_at is None:
            exchange.answer = note.text
        else:
            exchange.notes.append(note)
    return found


def answer(contribution: Contribution, user: User, answers: Mapping[str, str]) -> None:
    """Keep what she answers, by field; it is sent with the rest. An empty answer is none.

    Only fields that the team wrote about can be answered. Raises what `writable` raises.
    """
    with transaction.atomic():
        row = writable(contribution, user)
        asked = set(row.notes.filter(by_team=True, sent_at__isnull=False).values_list("field", flat=True))
        unsent = {note.field: note for note in row.notes.filter(by_team=False, sent_at=None)}
        for key in asked & answers.keys():
            text = clean_text(answers[key], one_line=False).strip()[:LONGEST]
            note = unsent.get(key)
            if not text:
                if note:
                    note.delete()
            elif note is None:
                ContributionNote.objects.create(contribution=row, field=key, text=text, author=user)
            elif note.text != text:
                note.text = text
                note.save(update_fields=["text"])


def send(contribution: Contribution) -> None:
    """Her answers leave with what she sends, and settle what was asked there; the caller holds the row."""
    now = timezone.now()
    mine = contribution.notes.filter(by_team=False, sent_at=None)
    answered = list(mine.values_list("field", flat=True))
    asked = contribution.notes.filter(by_team=True, sent_at__isnull=False, resolved_at=None)
    asked.filter(field__in=answered).update(resolved_at=now)
    mine.update(sent_at=now)
