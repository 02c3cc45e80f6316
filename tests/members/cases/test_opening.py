"""What opens a case, and what ends it without a decision."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.cases.deciding import carry_out, decide, undo
from members.cases.kinds import kind_of
from members.cases.opening import at_work, settle
from members.cases.reconciling import reconcile
from members.models import Case
from tests.members.cases.things import Things, moderator, passes, pending, state_of, waits

pytestmark = pytest.mark.django_db


def states() -> dict[str, str]:
    return dict(Case.objects.order_by("pk").values_list("target", "state"))


def test_a_thing_has_one_case_that_keeps_the_moment_since_when_it_waits(thing: Things) -> None:
    first = waits(hours=5)
    again = waits(hours=1, title="A better\n title")
    assert (again.pk, Case.objects.get().title, Case.objects.get().opened_at) == (
        first.pk,
        "A better title",
        first.opened_at,
    )


def test_once_closed_the_same_thing_may_wait_again(thing: Things) -> None:
    case = decide(waits(), moderator(), "accept")
    assert waits().pk == case.pk
    passes(case)
    carry_out(case)
    assert waits().pk != case.pk


def test_what_no_longer_waits_is_ended_once(thing: Things) -> None:
    case = waits()
    settle("thing", "1")
    settle("thing", "1")
    assert state_of(case) == "void"


def test_a_verb_that_a_case_calls_does_not_end_it(thing: Things) -> None:
    case = waits()
    with at_work(case):
        settle("thing", "1")
    assert state_of(case) == "waiting"


def test_what_was_forgotten_opens_and_what_no_longer_waits_ends(thing: Things) -> None:
    waits("old")
    thing.waits = {"new": pending("new")}
    assert reconcile() == {"opened": 1, "ended": 1}
    assert (states(), reconcile()) == ({"old": "void", "new": "waiting"}, {})


def test_what_was_decided_is_left_alone_until_it_is_carried_out(thing: Things) -> None:
    by = moderator()
    case = decide(waits(), by, "accept")
    assert (reconcile(), state_of(case)) == ({}, "decided")
    thing.waits = {"1": pending("1")}
    undo(case, by)
    assert (reconcile(), state_of(case)) == ({}, "waiting")


def test_a_room_that_fails_stops_no_other(thing: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = kind_of(waits())

    def fail() -> list[object]:
        raise RuntimeError

    monkeypatch.setattr(thing, "waiting", fail)
    object.__setattr__(kind, "waiting", fail)
    assert reconcile() == {}


def test_four_hundred_things_that_wait_cost_as_many_queries_as_one(thing: Things) -> None:
    def cost() -> int:
        reconcile()
        with CaptureQueriesContext(connection) as asked:
            reconcile()
        return len(asked)

    thing.waits = {"1": pending("1")}
    with_one = cost()
    thing.waits = {str(number): pending(str(number)) for number in range(400)}
    assert (with_one, cost(), Case.objects.open().count()) == (1, 1, 400)
