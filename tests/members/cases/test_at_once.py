"""Two moderators, or a moderator and the tick, at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from members.cases.deciding import carry_out, decide, do_now, undo
from members.cases.holding import take
from members.cases.opening import open_case
from members.cases.refusals import DecidedElsewhere, HeldElsewhere, TooLate
from members.models import Case
from tests.members.cases.things import Things, moderator, passes, pending, state_of, waits
from tests.members.companies.test_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_moderators_who_decide_at_once_one_is_told_what_the_other_decided(thing: Things) -> None:
    case, one, other = waits(), moderator("Alix"), moderator("Sacha")
    outcomes = together(
        lambda: decide(case, one, "accept"), lambda: decide(case, other, "refuse", "Too short.")
    )
    assert outcomes == ["", DecidedElsewhere.__name__]
    assert len(thing.done) == 1
    assert Case.objects.get().decision == thing.done[0].split()[1]


def test_of_two_who_open_it_at_once_one_has_it(thing: Things) -> None:
    case, people = waits(), [moderator("Alix"), moderator("Sacha")]
    outcomes = together(*(partial(take, case, by) for by in people))
    assert outcomes == ["", HeldElsewhere.__name__]
    assert Case.objects.get().taken_by in people


def test_a_decision_is_either_taken_back_or_carried_out(thing: Things) -> None:
    by = moderator()
    for target in "abc":
        case = decide(waits(target), by, "accept")
        thing.done.clear()
        outcomes = together(partial(undo, case, by), partial(carry_out, case, now=True))
        expected = {
            "waiting": (["", ""], ["undo accept"]),
            "closed": (["", TooLate.__name__], ["apply accept: "]),
        }
        assert (outcomes, thing.done) == expected[state_of(case)]


def test_two_ticks_carry_out_once(thing: Things) -> None:
    case = decide(waits(), moderator(), "accept")
    passes(case)
    thing.done.clear()
    assert together(lambda: carry_out(case), lambda: carry_out(case)) == ["", ""]
    assert thing.done == ["apply accept: "]


def test_by_hand_and_by_the_tick_it_is_carried_out_once(thing: Things) -> None:
    by = moderator()
    case = decide(waits(), by, "accept")
    passes(case)
    together(lambda: do_now(case, by), lambda: carry_out(case))
    assert thing.done == ["decide accept", "apply accept: "]


def test_what_opens_twice_at_once_is_one_case(thing: Things) -> None:
    outcomes = together(*(lambda: open_case("thing", pending()) for _time in range(3)))
    assert (outcomes, Case.objects.count()) == (["", "", ""], 1)
