"""What a practice shows of those who took it up: how many, where, and who wishes to be named.

The same for everybody, so remembered until something public changes. Companies that are not named are
counted too; a sector or a size is given only from `ENOUGH` companies up, so that nobody is recognised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Value, When

from common.generation import per_generation
from common.vocabulary import Headcount, Sector, Size
from toolbox.models import Adoption

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

ENOUGH = 3
# Shown in full, then by name only; beyond, a number.
TOLD, NAMED = 8, 60
State = Adoption.State
ORDER = {State.IN_PLACE: 0, State.PLANNED: 1, State.DROPPED: 2}


@dataclass(frozen=True)
class Part:
    """How many companies there are in a class."""

    key: str
    label: Any
    number: int


@dataclass(frozen=True)
class Spread:
    """Those who took a practice up."""

    total: int = 0
    states: Sequence[Part] = ()
    sectors: Sequence[Part] = ()
    sizes: Sequence[Part] = ()
    told: Sequence[Adoption] = ()
    named: Sequence[Adoption] = ()
    unnamed: int = 0


NOBODY = Spread()


def parts(counts: Counter[str], labels: Iterable[tuple[str, Any]], least: int) -> list[Part]:
    """The classes that hold enough companies, the largest first."""
    found = [Part(key, label, counts[key]) for key, label in labels if counts[key] >= least]
    return sorted(found, key=lambda part: -part.number)


def in_order(rows: QuerySet[Adoption]) -> QuerySet[Adoption]:
    """Those with something to tell first, then in place before planned before dropped, then the latest."""
    wordless = Case(When(experience="", then=Value(1)), default=Value(0))
    state = Case(*[When(state=each, then=Value(rank)) for each, rank in ORDER.items()])
    return rows.order_by(wordless, state, "-updated_at", "-pk")


@per_generation
def _spread(practice_id: int) -> Spread:
    """Two queries; one when nobody took it up."""
    rows = Adoption.objects.filter(practice=practice_id)
    grouped = rows.order_by().values_list("state", "organisation__sector", "organisation__headcount")
    states: Counter[str] = Counter()
    sectors: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for state, sector, headcount, number in grouped.annotate(number=Count("pk")):
        states[state] += number
        sectors[sector] += number
        sizes[Headcount(headcount).size if headcount else ""] += number
    total = states.total()
    if not total:
        return NOBODY
    shown = list(in_order(rows.shown().select_related("organisation"))[: TOLD + NAMED])
    return Spread(
        total=total,
        states=parts(states, [(state, state.label) for state in ORDER], 1) if total >= ENOUGH else (),
        sectors=parts(sectors, Sector.choices, ENOUGH),
        sizes=parts(sizes, Size.choices, ENOUGH),
        told=shown[:TOLD],
        named=shown[TOLD:],
        unnamed=total - len(shown),
    )


def spread(practice_id: int | None) -> Spread:
    """Those who took a practice up; nobody for one that was never published."""
    return _spread(practice_id) if practice_id else NOBODY
