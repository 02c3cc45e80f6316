"""Two people at the same moment: PostgreSQL's locks, or SQLite's one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from members.companies.departure import leave, remove
from members.companies.editing import Conflict, edit, snapshot
from members.companies.founding import found_company
from members.companies.invitations import accept, invite, revoke
from members.companies.refusals import AlreadyDecided, AlreadyKnown, LastManager, NotAllowed, Refusal
from members.companies.requests import accept_request, ask_to_join, refuse_request
from members.models import JoinRequest, Membership, Organisation
from tests.members.companies.people import SIRET, belonging, company, manager_of, person

pytestmark = pytest.mark.django_db(transaction=True)
MEMBER = Membership.Role.MEMBER


def together(*calls: Callable[[], object]) -> list[str]:
    """Start all of them at once; the name of what each raised, sorted, empty for what was done."""
    barrier = threading.Barrier(len(calls))
    outcomes: list[str] = []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            call()
            outcomes.append("")
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def test_of_two_last_managers_who_leave_at_once_one_is_asked_to_hand_over() -> None:
    organisation = company()
    one, other = (belonging(person(), organisation) for _each in range(2))
    belonging(person(), organisation, role=MEMBER)
    assert together(lambda: leave(one), lambda: leave(other)) == ["", LastManager.__name__]
    assert Membership.objects.managers().count() == 1


def test_of_two_managers_who_take_each_other_out_one_stays() -> None:
    organisation = company()
    one, other = (belonging(person(), organisation) for _each in range(2))
    outcomes = together(lambda: remove(one, other.user), lambda: remove(other, one.user))
    assert outcomes == ["", NotAllowed.__name__]
    assert Membership.objects.managers().count() == 1


def test_a_siret_recorded_twice_at_once_is_one_company() -> None:
    people = [person() for _each in range(3)]
    calls = [lambda user=user: found_company(user, {"name": "Filature", "siret": SIRET}) for user in people]
    assert together(*calls) == ["", AlreadyKnown.__name__, AlreadyKnown.__name__]
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 1)


def test_a_name_recorded_twice_at_once_is_two_companies_with_two_addresses() -> None:
    one, other = person(), person()
    assert together(
        lambda: found_company(one, {"name": "Filature"}), lambda: found_company(other, {"name": "Filature"})
    ) == ["", ""]
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["filature", "filature-2"]


def test_asking_twice_at_once_is_one_request() -> None:
    organisation, asker = company(), person()
    assert together(*[lambda: ask_to_join(asker, organisation)] * 3) == ["", "", ""]
    assert JoinRequest.objects.count() == 1


def test_two_managers_who_decide_at_once_decide_once() -> None:
    organisation = company()
    one, other = manager_of(organisation), manager_of(organisation)
    request = ask_to_join(person(), organisation)
    outcomes = together(lambda: accept_request(request, one), lambda: refuse_request(request, other))
    assert outcomes == ["", AlreadyDecided.__name__]
    accepted = JoinRequest.objects.get().state == JoinRequest.State.ACCEPTED
    assert Membership.objects.filter(user=request.user).exists() is accepted


def test_an_invitation_taken_back_while_it_is_accepted_is_one_of_the_two() -> None:
    organisation = company()
    boss, guest = manager_of(organisation), person(email="camille@filature.example")
    row = invite(organisation, guest.email, MEMBER, boss)
    assert together(lambda: accept(row, guest), lambda: revoke(row, boss)) == ["", AlreadyDecided.__name__]
    row.refresh_from_db()
    assert Membership.objects.filter(user=guest).exists() is (row.accepted_at is not None)


def test_two_managers_who_save_the_same_field_at_once_lose_nothing() -> None:
    organisation = company()
    one, other = manager_of(organisation), manager_of(organisation)
    base = snapshot(organisation)
    outcomes = together(
        lambda: edit(organisation, base, {"summary": "L’une"}, one),
        lambda: edit(organisation, base, {"summary": "L’autre"}, other),
    )
    assert outcomes == ["", Conflict.__name__]
    assert Organisation.objects.get().version == 2
