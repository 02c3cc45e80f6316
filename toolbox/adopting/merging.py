"""Two organisations that become one, and both took up the same practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from members import timeline
from members.cases.opening import settle
from members.models import Step
from toolbox.models import Adoption

from . import waiting
from .titles import title_of

if TYPE_CHECKING:
    from members.models import Organisation

State = Adoption.State
# What is in place somewhere is in place; what was tried went further than what is planned.
RANK = {State.PLANNED: 0, State.DROPPED: 1, State.IN_PLACE: 2}
DAYS = ("planned_on", "dropped_on", "in_place_on")
LENGTH: int = Adoption._meta.get_field("experience").max_length or 0


def keep_the_further(row: Adoption, kept: Organisation) -> bool:
    """One row stays: the further state, the earliest dates, both lines of experience.

    Lines too long to stand together are not lost: the one that goes is written in the timeline.
    Whether the company is named stays as the organisation that is kept wished it.
    """
    rows = Adoption.objects.select_for_update(of=("self",))
    other = rows.filter(practice=row.practice_id, organisation=kept).first()
    if other is None:
        return False
    other.state = max(row.state, other.state, key=lambda state: RANK[State(state)])
    for day in DAYS:
        known = [value for value in (getattr(row, day), getattr(other, day)) if value]
        setattr(other, day, min(known, default=None))
    other.created_at = min(row.created_at, other.created_at)
    keep_both_words(row, other)
    other.held = bool(other.experience) and (row.held or other.held)
    other.save()
    settle(waiting.KIND, row.public_id)
    row.delete()
    if other.held:
        waiting.queue(other)
    return True


def keep_both_words(row: Adoption, other: Adoption) -> None:
    """One after the other where they fit."""
    both = " – ".join(dict.fromkeys(words for words in (other.experience, row.experience) if words))
    if len(both) <= LENGTH:
        other.experience = both
        return
    timeline.record(
        other.organisation,
        Step.Kind.NOTE,
        lambda: (
            _("Line of experience about “%(title)s”, kept from the organisation that was merged: %(words)s")
            % {"title": title_of(row.practice), "words": row.experience}
        ),
        source=f"toolbox.adoption_merged:{row.pk}",
    )
