"""A company says that it plans a practice, has it in place, or tried and dropped it.

One row a practice and company. Every verb locks the company first: two colleagues who say it at once
write one row, and the second is shown what the first wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import timeline
from members.cases.opening import settle
from members.companies.membership import lock
from members.companies.refusals import NotAllowed
from members.companies.rules import membership_of
from members.conversation.moderating import is_held
from members.models import Membership, Step
from members.space.notification import take_back
from toolbox.models import Adoption

from . import rules, waiting
from .refusals import ChangedMeanwhile, NotProved, OwnPractice, PracticeGone
from .telling import key_of, tell_owners
from .titles import title_of

if TYPE_CHECKING:
    import datetime as dt

    from members.models import Organisation, User
    from toolbox.models import Practice


@dataclass(frozen=True)
class Said:
    """What is said. `on` is since when, today when None; `shown` None leaves the wish as it is."""

    state: str
    on: dt.date | None = None
    experience: str = ""
    shown: bool | None = None


def stamp_of(adoption: Adoption | None) -> str:
    """What a form keeps to know whether somebody wrote meanwhile; empty while nothing was said."""
    return adoption.updated_at.isoformat() if adoption else ""


def find(practice: Practice, organisation: Organisation, *, locked: bool = False) -> Adoption | None:
    """What the company says of the practice, if it does."""
    rows = Adoption.objects.select_related("practice", "organisation")
    if locked:
        rows = rows.select_for_update(of=("self",))
    return rows.filter(practice=practice, organisation=organisation).first()


def say(
    practice: Practice, organisation: Organisation, by: User, said: Said, seen: str | None = None
) -> Adoption:
    """Say it for the first time, or change it; saying the same twice changes nothing.

    `seen` is the stamp of what the person had before her eyes, None not to compare. Raises NotAllowed,
    OwnPractice, PracticeGone, NotProved, ChangedMeanwhile.
    """
    with transaction.atomic():
        organisation = lock(organisation)
        membership = belonging(by, organisation)
        if not type(practice).objects.live().filter(pk=practice.pk).exists():
            raise PracticeGone
        if practice.organisation_id == organisation.pk:
            raise OwnPractice
        row = find(practice, organisation, locked=True)
        if row is not None and row.author_id == by.pk and says_already(row, said):
            return row
        if seen is not None and stamp_of(row) != seen:
            raise ChangedMeanwhile(row)
        if not rules.may_change(membership, row):
            raise NotProved
        shown = said.shown if rules.may_name(membership) else False
        row = row or Adoption(practice=practice, organisation=organisation, shown=False)
        row.author = by
        return write(row, said, by, shown=row.shown if shown is None else shown, moderated=is_held(by))


def belonging(user: User, organisation: Organisation) -> Membership:
    """How the person is part of the company. Raises NotAllowed."""
    membership = membership_of(user, organisation)
    if membership is None:
        raise NotAllowed(_("You are not part of this company."))
    return membership


def says_already(row: Adoption, said: Said) -> bool:
    """Whether nothing would change: a form sent twice."""
    dated = said.on is None or getattr(row, f"{said.state}_on") == said.on
    wished = said.shown is None or said.shown == row.shown
    return row.state == said.state and row.experience == said.experience and dated and wished


def record(practice: Practice, organisation: Organisation, by: User, said: Said) -> Adoption:
    """Staff write what a company told them; nothing waits for a moderator. It is named only once confirmed.

    Whoever said it before stays the one who is told what becomes of it.
    """
    with transaction.atomic():
        organisation = lock(organisation)
        row = find(practice, organisation, locked=True)
        row = row or Adoption(practice=practice, organisation=organisation, author=by)
        shown = bool(said.shown) and organisation.confirmed_at is not None
        return write(row, said, by, shown=shown, moderated=False)


def write(row: Adoption, said: Said, by: User, *, shown: bool, moderated: bool) -> Adoption:
    """Save what is said, date the state, and see to what follows. Inside a transaction, company locked."""
    words_are_new = row.experience != said.experience
    if words_are_new:
        again = waiting.was_hidden(row) and not rules.may_moderate(by)
        row.held = bool(said.experience) and (moderated or again)
        settle(waiting.KIND, row.public_id)
    row.state, row.experience, row.shown = said.state, said.experience, shown
    day = f"{said.state}_on"
    setattr(row, day, said.on or getattr(row, day) or timezone.localdate())
    row.updated_at = timezone.now()
    row.save()
    if row.held and words_are_new:
        waiting.queue(row)
    remember(row, by)
    if not row.held:
        tell_owners(row)
    return row


def remember(row: Adoption, by: User) -> None:
    """One step of the company's timeline for each state."""
    timeline.record(
        row.organisation,
        Step.Kind.NOTE,
        lambda: (
            _("Good practice “%(title)s”: %(state)s.")
            % {"title": title_of(row.practice), "state": row.get_state_display().lower()}
        ),
        on=getattr(row, f"{row.state}_on"),
        author=by,
        source=f"toolbox.adoption:{row.pk}:{row.state}",
    )


def withdraw(adoption: Adoption, by: User) -> None:
    """The company no longer says it: nothing is left on the practice. Raises NotAllowed, NotProved.

    Idempotent: of two colleagues who withdraw at once, the second changes nothing.
    """
    with transaction.atomic():
        organisation = lock(adoption.organisation)
        membership = belonging(by, organisation)
        row = Adoption.objects.select_for_update(of=("self",)).filter(pk=adoption.pk).first()
        if row is None:
            return
        if not rules.may_change(membership, row):
            raise NotProved
        settle(waiting.KIND, row.public_id)
        take_back(key_of(row))
        row.delete()
