"""The same decision on several cases at once: each in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from members.companies.refusals import Refusal

from .deciding import decide
from .kinds import StaleError, kind_of
from .refusals import NoSuchChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Case, User


@dataclass
class Outcome:
    """What was decided, and what was not, with why."""

    decided: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, str]] = field(default_factory=list)


def decide_several(cases: Iterable[Case], by: User, choice_key: str, reason: str = "") -> Outcome:
    """Decide on each; one that is held, decided or gone stops no other. Never raises Refusal."""
    outcome = Outcome()
    for case in cases:
        try:
            if not kind_of(case).together:
                raise NoSuchChoice
            outcome.decided.append(decide(case, by, choice_key, reason))
        except (Refusal, StaleError) as refusal:
            outcome.refused.append((case, str(refusal)))
    return outcome
