"""A contribution in the making: begun, saved as she types, discarded, taken up by a colleague.

Every verb locks the row first. A draft may be incomplete, or wrong: nothing typed is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toolbox.models import Contribution, ContributionMove

from . import rules
from .companies import change_company, companies, known_of
from .questions import Step, answer, questions_of
from .refusals import NotAllowed, NotNow, Overwriting, TooMany

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User

MOST_DRAFTS = 20
UNDO = dt.timedelta(days=10)
State = Contribution.State


@dataclass(frozen=True)
class Seen:
    """What an open form knows: the version it shows, a digest of its own words, and which form it is."""

    version: int
    digest: str = ""
    origin: str = ""


def locked(contribution: Contribution) -> Contribution:
    """The row, held until the transaction ends. Raises NotNow once it is gone."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("organisation", "author")
    found = rows.filter(pk=contribution.pk).first()
    if found is None:
        raise NotNow(_("This is no longer here."))
    return found


def writable(contribution: Contribution, user: User) -> Contribution:
    """The same, for who may write it. Raises NotAllowed, NotNow."""
    row = locked(contribution)
    if not rules.is_author(user, row):
        raise NotAllowed(_("Only its author can change this."))
    if not rules.may_write(user, row):
        raise NotNow(
            _("This can no longer be changed: it was sent, decided, discarded, or is no longer yours.")
        )
    return row


def move(contribution: Contribution, state: str, by: User | None, reason: str = "") -> None:
    """Record and set a state; the caller holds the row and saves it."""
    contribution.state = state
    ContributionMove.objects.create(contribution=contribution, state=state, by=by, reason=reason)


# ---------------------------------------------------------------- beginning
def begin(user: User, kind: str, language: str = "fr") -> Contribution:
    """A new draft, for her company when she has one only. Raises TooMany."""
    with transaction.atomic():
        if Contribution.objects.unfinished().filter(author=user).count() >= MOST_DRAFTS:
            raise TooMany(_("You have many drafts already: finish or discard one first."))
        mine = companies(user)
        organisation = mine[0] if len(mine) == 1 else None
        known = {key: value for key, value in known_of(organisation).items() if value}
        answers = known if kind == Contribution.Kind.PRACTICE else {"language": language}
        row = Contribution.objects.create(
            kind=kind, author=user, organisation=organisation, language=language, answers=answers
        )
        move(row, State.DRAFT, user)
    return row


# ---------------------------------------------------------------- saving
def current(contribution: Contribution, step: Step) -> dict[str, Any]:
    """What stands under a step: its answers, and the company where it asks for it."""
    values = {question.key: answer(contribution.answers, question) for question in step.questions}
    if step.company:
        values["organisation"] = contribution.organisation.slug if contribution.organisation else ""
    if step.files:
        values["rights"] = bool(contribution.answers.get("rights"))
    return values


def digest(values: Mapping[str, Any]) -> str:
    """A few characters that change with the words of a step."""
    words = json.dumps(values, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def save(
    contribution: Contribution, user: User, step: Step, typed: Mapping[str, Any], seen: Seen
) -> Contribution:
    """Keep what was typed in a step. Saving the same twice changes nothing.

    `typed` holds what `current` holds. Raises Overwriting when other words of this step were saved
    since this form showed them, by another form than this one.
    """
    with transaction.atomic():
        row = writable(contribution, user)
        stands = current(row, step)
        changed = {key: value for key, value in typed.items() if key in stands and stands[key] != value}
        if not changed:
            if row.step != step.key:
                row.step = step.key
                row.save(update_fields=["step"])
            return row
        if is_over_another(row, seen, stands):
            raise Overwriting(row, {key: stands[key] for key in changed})
        write(row, user, changed)
        if seen.origin != row.saved_from or not seen.origin:
            row.saved_from, row.saved_since = seen.origin[:32], min(seen.version, row.version)
        row.version += 1
        row.step, row.saved_at, row.warned_at = step.key, timezone.now(), None
        row.save()
    return row


def is_over_another(row: Contribution, seen: Seen, stands: Mapping[str, Any]) -> bool:
    """Whether saving would cover words that this form never showed.

    Not when nobody saved since, nor when what was saved since is elsewhere, nor when this very form
    saved it and the network lost the answer.
    """
    if seen.version == row.version or seen.digest == digest(stands):
        return False
    its_own = bool(seen.origin) and seen.origin == row.saved_from and seen.version >= row.saved_since
    return not its_own


def write(row: Contribution, user: User, changed: Mapping[str, Any]) -> None:
    """Put changed answers into the row; the caller saves it."""
    answers = dict(changed)
    if "organisation" in answers:
        slug = answers.pop("organisation")
        known = {one.slug: one for one in companies(user)}
        if slug in known or not slug:
            said = change_company(row, known.get(slug))
            prefilled = {key: value for key, value in said.items() if key in questions_of(row.kind)}
            answers = prefilled | answers
    row.answers = row.answers | answers
    row.title = str(row.answers.get("title", ""))[:255]


# ---------------------------------------------------------------- ending
def discard(contribution: Contribution, by: User | None, reason: str = "") -> Contribution:
    """Throw a draft away; it can be had back for `UNDO`. `by` is None when time did it."""
    with transaction.atomic():
        row = writable(contribution, by) if by else locked(contribution)
        if not row.may_be_written:
            raise NotNow(_("This can no longer be discarded."))
        move(row, State.DISCARDED, by, reason)
        row.saved_at = timezone.now()
        row.save(update_fields=["state", "saved_at"])
    return row


def restore(contribution: Contribution, user: User) -> Contribution:
    """Have back what was discarded, where it stood. Raises NotNow after `UNDO`, or when it has a successor."""
    try:
        with transaction.atomic():
            row = locked(contribution)
            if not rules.is_author(user, row):
                raise NotAllowed(_("Only its author can have it back."))
            if row.state != State.DISCARDED or row.saved_at <= timezone.now() - UNDO:
                raise NotNow(_("This can no longer be had back."))
            before = row.moves.exclude(state=State.DISCARDED).order_by("-at", "-pk").first()
            sent_back = before is not None and before.state == State.SENT_BACK
            move(row, State.SENT_BACK if sent_back else State.DRAFT, user)
            row.saved_at, row.warned_at = timezone.now(), None
            row.save(update_fields=["state", "saved_at", "warned_at"])
    except IntegrityError as error:
        raise NotNow(_("Another revision of this page was begun meanwhile.")) from error
    return row


def take_up(contribution: Contribution, user: User) -> Contribution:
    """Go on with what a colleague began before leaving: it is hers from now on. Raises NotAllowed."""
    with transaction.atomic():
        row = locked(contribution)
        if not rules.may_take_up(user, row):
            raise NotAllowed(_("Only a manager of the company can take this up, once its author has left."))
        row.author, row.saved_at, row.warned_at = user, timezone.now(), None
        row.saved_from, row.version = "", row.version + 1
        row.save(update_fields=["author", "saved_at", "warned_at", "saved_from", "version"])
        move(row, row.state, user, _("Taken up by a colleague."))
    return row
