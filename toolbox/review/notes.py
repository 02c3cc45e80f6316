"""Words between the team and an author, beside each field.

A moderator's note is saved at once and read by the author when the contribution is sent back (or
decided); hers is read at once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from members.companies.refusals import Refusal
from toolbox.models import ContributionNote
from toolbox.rules import may_moderate

from .writing import fields_of

if TYPE_CHECKING:
    from members.models import User
    from toolbox.models import Contribution

LONGEST = 2000
MOST = 200


class NoteRefused(Refusal):
    """The note is not saved; its text says why."""


def notes_for(contribution: Contribution, *, team: bool = False) -> dict[str, list[ContributionNote]]:
    """The notes by field, oldest first (“” is the whole); without those that are not sent, unless for the team."""
    rows = contribution.notes.select_related("author").order_by("created_at", "pk")
    found: dict[str, list[ContributionNote]] = defaultdict(list)
    for row in rows if team else rows.exclude(sent_at=None):
        found[row.field].append(row)
    return dict(found)


def _add(contribution: Contribution, field: str, text: str, by: User, *, by_team: bool) -> ContributionNote:
    words = text.replace("\x00", "").strip()[:LONGEST]
    if not words:
        raise NoteRefused(_("Write something first."))
    if field and field not in fields_of(contribution.kind):
        raise NoteRefused(_("There is no such question."))
    if contribution.notes.count() >= MOST:
        raise NoteRefused(_("There are very many notes already: call each other rather."))
    now = timezone.now()
    sent = None if by_team else now
    return ContributionNote.objects.create(
        contribution=contribution, field=field, text=words, author=by, by_team=by_team, sent_at=sent
    )


def write_note(contribution: Contribution, field: str, text: str, by: User) -> ContributionNote:
    """A moderator's note. Raises NoteRefused."""
    if not may_moderate(by):
        raise NoteRefused(_("You may not decide on this."))
    if contribution.state != contribution.State.SUBMITTED:
        raise NoteRefused(_("This no longer waits: it was decided elsewhere, or taken back."))
    return _add(contribution, field, text, by, by_team=True)


def remove_note(note: ContributionNote, by: User) -> None:
    """Take back a note that nobody read. Raises NoteRefused."""
    if not (note.by_team and note.sent_at is None and note.author_id == by.pk):
        raise NoteRefused(_("Only a note of your own, not sent yet, can be taken back."))
    note.delete()


def answer_note(contribution: Contribution, field: str, text: str, by: User) -> ContributionNote:
    """The author's words on a field, which settle what was noted there. Raises NoteRefused."""
    if contribution.author_id != by.pk:
        raise NoteRefused(_("Only its author can answer."))
    note = _add(contribution, field, text, by, by_team=False)
    open_notes = contribution.notes.filter(field=field, by_team=True, resolved_at=None)
    open_notes.exclude(sent_at=None).update(resolved_at=note.created_at)
    return note


def unsent(contribution: Contribution) -> bool:
    """Whether there are notes that sending it back would send."""
    return contribution.notes.filter(by_team=True, sent_at=None).exists()


def send(contribution: Contribution, *, resolve: bool = False) -> None:
    """Let the author read what was noted; what is accepted has nothing left to settle."""
    now = timezone.now()
    contribution.notes.filter(sent_at=None).update(sent_at=now)
    if resolve:
        contribution.notes.filter(resolved_at=None).update(resolved_at=now)
