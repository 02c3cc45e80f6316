"""Deciding, changing one's mind, carrying out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from members.cases.deciding import carry_out, carry_out_due, decide, do_now, undo
from members.cases.holding import holder_of, release, renew, take, take_over
from members.cases.kinds import StaleError
from members.cases.opening import settle
from members.cases.refusals import (
    CarryingOutFailed,
    DecidedElsewhere,
    HeldElsewhere,
    NoSuchChoice,
    NotYours,
    ReasonMissing,
    TooLate,
)
from members.models import Case
from members.roles import Role
from tests.members.admin.team import staff
from tests.members.cases.things import Things, moderator, passes, state_of, waits

pytestmark = pytest.mark.django_db


def traces() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_decision_runs_its_reversible_part_at_once_and_waits_ten_minutes_for_the_rest(
    thing: Things,
) -> None:
    case, by = waits(), moderator()
    done = decide(case, by, "refuse", " Too short. ")
    assert done.due_at is not None
    assert done.decided_at is not None
    assert (done.state, done.reason, done.due_at - done.decided_at) == (
        "decided",
        "Too short.",
        dt.timedelta(minutes=10),
    )
    carry_out_due()
    assert (thing.done, traces()) == (["decide refuse"], ["members.decide_case"])


def test_once_due_it_is_carried_out_once(thing: Things) -> None:
    case = decide(waits(), moderator(), "accept")
    passes(case)
    assert (carry_out_due(), carry_out_due()) == ({"done": 1, "failed": 0}, {})
    case.refresh_from_db()
    assert (thing.done[1:], case.state, case.outcome) == (["apply accept: "], "closed", "published")


def test_taken_back_it_waits_again_in_the_same_hands(thing: Things) -> None:
    by = moderator()
    case = undo(decide(waits(), by, "refuse", "Too short."), by)
    passes(case)
    carry_out_due()
    assert (state_of(case), thing.done, holder_of(case)) == ("waiting", ["decide refuse", "undo refuse"], by)
    assert case.reason == "Too short."


def test_it_is_too_late_once_ten_minutes_are_over(thing: Things) -> None:
    by = moderator()
    case = decide(waits(), by, "accept")
    passes(case)
    with pytest.raises(TooLate):
        undo(case, by)
    carry_out(case)
    with pytest.raises(TooLate):
        undo(case, by)
    assert thing.done == ["decide accept", "apply accept: "]


def test_what_one_does_not_wait_for_is_done_now(thing: Things) -> None:
    by = moderator()
    assert do_now(decide(waits(), by, "accept"), by).state == "closed"


def test_nothing_is_carried_out_before_its_time(thing: Things) -> None:
    assert carry_out(decide(waits(), moderator(), "accept")).state == "decided"


# ---------------------------------------------------------------- refusals
def test_what_was_decided_is_not_decided_again(thing: Things) -> None:
    case = waits()
    decide(case, moderator("Alix"), "accept")
    with pytest.raises(DecidedElsewhere, match=r"Alix Exemple a déjà décidé.*Accept"):
        decide(case, moderator("Sacha"), "accept")


def test_what_somebody_holds_is_not_decided_by_another(thing: Things) -> None:
    case, other = waits(), moderator("Sacha")
    take(case, moderator("Alix"))
    with pytest.raises(HeldElsewhere, match="Alix Exemple s’en occupe"):
        decide(case, other, "accept")
    take_over(case, other)
    assert decide(case, other, "accept").state == "decided"
    assert traces() == ["members.take_over_case", "members.decide_case"]


def test_a_decision_that_hurts_has_its_reason(thing: Things) -> None:
    with pytest.raises(ReasonMissing):
        decide(waits(), moderator(), "refuse", "  ")
    with pytest.raises(NoSuchChoice):
        decide(waits(), moderator(), "burn", "Why not")
    assert thing.done == []


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FACILITATOR])
def test_nobody_else_decides_nor_takes_nor_undoes(thing: Things, role: Role) -> None:
    case, other = waits(), staff(role)
    with pytest.raises(NotYours):
        take(case, other)
    with pytest.raises(NotYours):
        decide(case, other, "accept")
    decided = decide(case, moderator(), "accept")
    for act in (undo, do_now):
        with pytest.raises(NotYours):
            act(decided, other)


# ---------------------------------------------------------------- things that go
def test_what_has_gone_ends_with_its_explanation(thing: Things) -> None:
    case = waits()
    thing.gone = True
    with pytest.raises(StaleError):
        decide(case, moderator(), "accept")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("void", "It has gone.")


def test_what_goes_before_it_is_carried_out_ends_too(thing: Things) -> None:
    case = decide(waits(), moderator(), "accept")
    passes(case)
    thing.gone = True
    assert carry_out(case).state == "void"


def test_decided_elsewhere_nothing_is_carried_out(thing: Things) -> None:
    case = decide(waits(), moderator(), "accept")
    settle("thing", "1")
    passes(case)
    carry_out_due()
    assert (state_of(case), thing.done) == ("void", ["decide accept"])


# ---------------------------------------------------------------- failures
def test_what_fails_is_tried_three_times_then_shown_then_tried_again_by_hand(thing: Things) -> None:
    by = moderator()
    case = decide(waits(), by, "accept")
    passes(case)
    thing.broken = True
    rounds = [carry_out_due() for _time in range(4)]
    assert rounds == [{"done": 0, "failed": 1}] * 3 + [{}]
    case.refresh_from_db()
    assert (case.state, case.attempts, case.outcome) == (
        "decided",
        3,
        "RuntimeError: the mail server is down",
    )
    with pytest.raises(CarryingOutFailed):
        do_now(case, by)
    thing.broken = False
    assert do_now(case, by).state == "closed"


def test_what_cannot_be_carried_out_may_be_decided_anew(thing: Things) -> None:
    by = moderator()
    case = decide(waits(), by, "accept")
    passes(case)
    thing.broken = True
    for _time in range(3):
        carry_out_due()
    case.refresh_from_db()
    assert undo(case, by).state == "waiting"


def test_one_failure_stops_no_other(thing: Things) -> None:
    by = moderator()
    thing.broken = True
    one, other = (decide(waits(target), by, "accept") for target in "12")
    passes(one)
    passes(other)
    assert carry_out_due() == {"done": 0, "failed": 2}


# ---------------------------------------------------------------- who is on it
def test_a_lease_ends_by_itself_and_an_open_page_renews_it(thing: Things) -> None:
    case, by, other = waits(), moderator("Alix"), moderator("Sacha")
    held = take(case, by)
    assert held.held_until is not None
    assert renew(case, by) is not None
    Case.objects.filter(pk=case.pk).update(held_until=timezone.now() - dt.timedelta(seconds=1))
    case.refresh_from_db()
    assert holder_of(case) is None
    assert holder_of(take(case, other)) == other
    assert renew(case, by) is None


def test_staying_on_it_does_not_change_since_when(thing: Things) -> None:
    by = moderator()
    first = take(waits(), by)
    assert take(first, by).taken_at == first.taken_at


def test_leaving_frees_only_what_is_mine(thing: Things) -> None:
    case, by = waits(), moderator()
    take(case, by)
    assert (release(case, moderator("Sacha")), release(case, by)) == (False, True)
    case.refresh_from_db()
    assert holder_of(case) is None


def test_a_page_that_was_left_does_not_free_what_was_opened_again(thing: Things) -> None:
    by = moderator()
    left = take(waits(), by).held_until
    again = take(waits(), by)
    assert release(again, by, held_until=left) is False
    assert release(again, by, held_until=again.held_until) is True
