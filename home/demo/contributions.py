"""What members of the demonstration are telling: a draft, one to complete."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from members.models import Organisation, User
from toolbox.models import Contribution, ContributionMove, ContributionNote

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

State = Contribution.State


def write_contribution(source: Source, row: Contribution | None, loading: Loading) -> Contribution:
    """A contribution as its author left it, with what the team asks."""
    row = row or Contribution()
    row.kind = source.choice("kind", Contribution.Kind)
    row.author = loading.lookups.find(User, "email", source.text("author"), source, "author")
    row.organisation = loading.lookups.find(
        Organisation, "slug", source.text("organisation"), source, "organisation"
    )
    row.answers = dict(source.meta.get("answers") or {})
    row.title = str(row.answers.get("title", ""))
    row.state = source.choice("state", State)
    row.step = source.text("step", "")
    at = timezone.now() - dt.timedelta(days=source.number("days_ago") or 0)
    row.created_at, row.saved_at = at - dt.timedelta(days=5), at
    row.submitted_at = None if row.state == State.DRAFT else at - dt.timedelta(days=2)
    row.full_clean()
    row.save()
    write_story(source, row)
    return row


def write_story(source: Source, row: Contribution) -> None:
    """Its moves, and the notes beside its fields."""
    row.moves.all().delete()
    row.notes.all().delete()
    moves = [(State.DRAFT, row.created_at, row.author, "")]
    if row.submitted_at is not None:
        moves.append((State.SUBMITTED, row.submitted_at, row.author, ""))
        moves.append((State.SENT_BACK, row.saved_at, None, source.text("reason", "")))
    for state, at, by, reason in moves:
        ContributionMove.objects.create(contribution=row, state=state, at=at, by=by, reason=reason)
    for field, text in (source.meta.get("notes") or {}).items():
        ContributionNote.objects.create(
            contribution=row,
            field=str(field),
            text=str(text),
            by_team=True,
            created_at=row.saved_at,
            sent_at=row.saved_at,
        )


def load_contributions(loading: Loading) -> None:
    """Load `contributions.yaml`; members are loaded before."""
    for source in loading.entries("contributions.yaml"):
        name = f"contributions/{source.text('key')}"
        loading.ledger.write(name, source, Contribution, write_contribution, None, loading)
