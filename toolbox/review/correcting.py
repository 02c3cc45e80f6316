"""A moderator corrects the answers with the author's agreement, or puts two versions together.

Both lock the row, bump its version and write the next revision in the moderator's name; the author
reads beside each field what it said before. Nothing of it is published here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.mail import known_language
from members.cases.holding import holder_of
from members.cases.opening import open_case
from members.companies.refusals import Refusal
from members.models import Case
from toolbox.contribution.questions import questions_of
from toolbox.models import Contribution, ContributionNote
from toolbox.rules import may_moderate

from . import meanwhile, workflow
from .showing import words
from .waiting import KEY, pending
from .writing import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User

QUOTED = 1800
MINE, THEIRS = "mine", "theirs"


class CorrectionRefused(Refusal):
    """Nothing was changed; the text says why."""


class ChangedMeanwhile(CorrectionRefused):
    """Somebody saved other words since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "These words were changed while you were correcting them. Yours are still here: "
                "compare them with those of today, then save again."
            )
        )


def editable(contribution: Contribution, by: User) -> Contribution:
    """The row, locked, if this person may change what it says now. Raises CorrectionRefused."""
    row = workflow.locked(contribution)
    if not may_moderate(by):
        raise CorrectionRefused(_("You may not decide on this."))
    if row.state != Contribution.State.SUBMITTED:
        raise CorrectionRefused(_("This no longer waits: it was decided elsewhere, or taken back."))
    case = Case.objects.standing().filter(kind=KEY, target=row.public_id).first()
    if case is not None and case.state == Case.State.DECIDED:
        raise CorrectionRefused(_("It is decided already: undo the decision first."))
    holder = holder_of(case) if case is not None else None
    if holder not in {None, by}:
        raise CorrectionRefused(_("%(name)s is on this at the moment.") % {"name": holder})
    return row


@transaction.atomic
def correct(contribution: Contribution, answers: Mapping[str, Any], version: int, by: User) -> Contribution:
    """Save the answers that differ. Raises ChangedMeanwhile, CorrectionRefused."""
    row = editable(contribution, by)
    if not row.edits_allowed:
        raise CorrectionRefused(_("Its author did not agree to corrections: write a note beside the field."))
    if row.version != version:
        raise ChangedMeanwhile
    questions = questions_of(row.kind)
    changed = {
        key: value
        for key, value in answers.items()
        if key in questions and not same(value, row.answers.get(key))
    }
    if changed:
        _refuse_conflict(row)
        _remember(row, changed, by)
        _write(row, {**row.answers, **changed}, by)
    return row


def _refuse_conflict(row: Contribution) -> None:
    versions = meanwhile.look(row)
    if versions is not None and versions.both and meanwhile.was_published(versions.page):
        raise CorrectionRefused(_("Choose first which words stay in the fields that both changed."))


def _remember(row: Contribution, changed: Mapping[str, Any], by: User) -> None:
    """Beside each field, in the author's language: what she had written."""
    questions = questions_of(row.kind)
    with override(known_language(row.author.language if row.author else row.language)):
        for key in changed:
            text = _before(words(questions[key], row.answers.get(key)))
            ContributionNote.objects.create(contribution=row, field=key, text=text, author=by, by_team=True)


def _before(text: str) -> str:
    if not text:
        return _("We completed this, which was empty.")
    quoted = text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()}…"
    return _("We corrected this. It said: “%(words)s”") % {"words": quoted}


def _write(row: Contribution, answers: dict[str, Any], by: User) -> None:
    row.answers, row.version, row.saved_at = answers, row.version + 1, timezone.now()
    row.title = str(answers.get("title") or "")[:255]
    row.save(update_fields=["answers", "version", "saved_at", "title", "base_revision"])
    open_case(KEY, pending(row))
    if workflow.is_prepared(row):
        workflow.write_revision(row, by)
        workflow.start(row)
    else:
        workflow.prepare(row)


@transaction.atomic
def choose(contribution: Contribution, picks: Mapping[str, str], version: int, by: User) -> Contribution:
    """Settle which words stay in each field that both changed; the rest of the page's is taken over.

    Hers then stand on the page of today: nothing is left to choose until somebody changes it again.
    Raises ChangedMeanwhile, CorrectionRefused when a field is left without a choice.
    """
    row = editable(contribution, by)
    if row.version != version:
        raise ChangedMeanwhile
    versions = meanwhile.look(row)
    if versions is None or not versions.both:
        return row
    if any(picks.get(key) not in {MINE, THEIRS} for key in versions.both):
        raise CorrectionRefused(_("Choose in each field which words stay."))
    lost = {key: versions.theirs[key] for key in versions.both if picks[key] == THEIRS}
    taken = {key: versions.theirs[key] for key in versions.only_others}
    _remember(row, lost, by)
    row.base_revision = meanwhile.others_revision(row)
    _write(row, {**row.answers, **taken, **lost}, by)
    return row
