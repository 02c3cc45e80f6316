"""Being part of a company: founding, asking, deciding, leaving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks

from common import generation
from members.companies import requests
from members.companies.departure import depart, leave, remove
from members.companies.founding import found_company
from members.companies.membership import change_role, hand_over
from members.companies.refusals import (
    AlreadyDecided,
    AlreadyKnown,
    AlreadyMine,
    LastManager,
    NotAllowed,
    Refusal,
    TooMany,
)
from members.companies.representation import confirm_by_call
from members.companies.rules import is_manager, may_edit, may_speak_for
from members.models import JoinRequest, Membership, Notification, Organisation, Step, User
from tests.members.companies.people import SIRET, belonging, company, manager_of, person, staff

pytestmark = pytest.mark.django_db
MEMBER, MANAGER = Membership.Role.MEMBER, Membership.Role.MANAGER


def refusal(call: object, *args: object, **kwargs: object) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    return type(caught.value)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


# ---------------------------------------------------------------- founding
def test_a_founder_is_a_manager_to_be_confirmed_of_a_company_in_whose_name_nothing_shows() -> None:
    founder = person()
    membership = found_company(founder, {"name": "Filature du Nord", "siret": SIRET})
    organisation = membership.organisation
    assert (
        (membership.role, membership.is_confirmed),
        (organisation.slug, organisation.origin, organisation.confirmed_at),
        (may_edit(membership), may_speak_for(founder, organisation), is_manager(founder, organisation)),
    ) == ((MANAGER, False), ("filature-du-nord", "member", None), (True, False, False))


def test_a_siret_that_is_known_leads_to_its_company() -> None:
    known = company(siret=SIRET)
    with pytest.raises(AlreadyKnown) as caught:
        found_company(person(), {"name": "Une autre", "siret": SIRET})
    assert (caught.value.organisation, Organisation.objects.count()) == (known, 1)


def test_two_companies_with_one_name_have_two_addresses() -> None:
    slugs = [found_company(person(), {"name": "Ajouter"}).organisation.slug for _again in range(2)]
    assert slugs == ["ajouter-2", "ajouter-3"]


def test_nobody_records_six_companies_a_day() -> None:
    founder = person()
    for number in range(5):
        found_company(founder, {"name": f"Société {number}"})
    assert refusal(found_company, founder, {"name": "Une de trop"}) is TooMany


# ---------------------------------------------------------------- asking
def test_managers_are_told_of_a_request_once_and_decide() -> None:
    organisation = company(name="Filature")
    boss, asker = manager_of(organisation), person("Sacha Petit", language="en")
    request = requests.ask_to_join(asker, organisation, "Je suis au service du personnel.")
    again = requests.ask_to_join(asker, organisation)
    with override("en"):
        assert (again, request.escalated_at, len(told(boss))) == (request, None, 1)
    membership = requests.accept_request(request, boss)
    request.refresh_from_db()
    assert (membership.role, membership.confirmation, request.state, request.decided_by) == (
        MEMBER,
        "accepted",
        "accepted",
        boss,
    )
    assert told(asker) == ["You are confirmed for Filature."]
    assert told(boss) == []


def test_a_company_without_a_confirmed_manager_leaves_the_decision_to_staff() -> None:
    founder = found_company(person(), {"name": "Filature"})
    request = requests.ask_to_join(person(), founder.organisation)
    assert (request.escalated_at, list(requests.for_staff())) == (request.created_at, [request])
    assert refusal(requests.accept_request, request, founder.user) is NotAllowed
    membership = requests.accept_request(request, staff())
    founder.organisation.refresh_from_db()
    assert (membership.role, membership.confirmation) == (MANAGER, "staff")
    assert founder.organisation.confirmed_at == membership.confirmed_at or founder.organisation.confirmed_at
    assert list(requests.for_staff()) == []


def test_a_refusal_says_why_and_is_not_asked_again_the_next_morning() -> None:
    organisation = company(name="Filature")
    boss, asker = manager_of(organisation), person(language="en")
    request = requests.ask_to_join(asker, organisation)
    requests.refuse_request(request, boss, "We do not know you.")
    assert told(asker) == ["Your request to join Filature was refused: We do not know you."]
    assert refusal(requests.ask_to_join, asker, organisation) is TooMany
    JoinRequest.objects.update(decided_at=timezone.now() - dt.timedelta(days=31))
    assert requests.ask_to_join(asker, organisation).state == "pending"


def test_only_managers_and_staff_decide_and_only_once() -> None:
    organisation, other = company(), company()
    boss, second = manager_of(organisation), manager_of(organisation)
    colleague = person()
    belonging(colleague, organisation, role=MEMBER)
    request = requests.ask_to_join(person(), organisation)
    for stranger in (colleague, manager_of(other), request.user):
        assert refusal(requests.accept_request, request, stranger) is NotAllowed
        assert refusal(requests.refuse_request, request, stranger) is NotAllowed
    requests.accept_request(request, boss)
    assert refusal(requests.refuse_request, request, second) is AlreadyDecided


def test_a_member_does_not_ask_and_nobody_asks_six_times_a_day() -> None:
    organisation = company()
    boss, asker = manager_of(organisation), person()
    assert refusal(requests.ask_to_join, boss, organisation) is AlreadyMine
    for _each in range(5):
        requests.ask_to_join(asker, company())
    assert refusal(requests.ask_to_join, asker, company()) is TooMany


def test_a_withdrawn_request_is_nobodys_business_any_more() -> None:
    organisation = company()
    boss = manager_of(organisation)
    request = requests.withdraw(requests.ask_to_join(person(), organisation))
    assert (request.state, told(boss)) == ("withdrawn", [])
    assert refusal(requests.accept_request, request, boss) is AlreadyDecided


def test_after_five_days_without_an_answer_staff_take_over_once() -> None:
    organisation = company(name="Filature")
    manager_of(organisation)
    asker = person(language="en")
    late, fresh = requests.ask_to_join(asker, organisation), requests.ask_to_join(person(), organisation)
    JoinRequest.objects.filter(pk=late.pk).update(created_at=timezone.now() - dt.timedelta(days=5, hours=1))
    assert (requests.escalate_requests(), requests.escalate_requests()) == (1, 0)
    assert list(requests.for_staff()) == [late]
    assert told(asker) == ["Nobody at Filature has answered you yet: we take over your request."]
    assert requests.waiting().filter(escalated_at=None).get() == fresh


# ---------------------------------------------------------------- roles and leaving
def test_the_last_manager_hands_over_before_leaving() -> None:
    organisation = company()
    boss = manager_of(organisation)
    mine = Membership.objects.get(user=boss)
    colleague = belonging(person(), organisation, role=MEMBER)
    assert refusal(leave, mine) is LastManager
    assert refusal(change_role, mine, MEMBER, boss) is LastManager
    leave(mine, successor=colleague)
    assert [(row.user, row.role) for row in Membership.objects.managers()] == [(colleague.user, MANAGER)]


def test_one_hands_over_to_a_confirmed_colleague_only() -> None:
    organisation = company()
    mine = belonging(person(), organisation)
    elsewhere = belonging(person(), company(), role=MEMBER)
    unproved = belonging(person(), organisation, role=MEMBER, confirmed=False)
    belonging(person(), organisation, role=MEMBER)
    assert [refusal(leave, mine, successor=each) for each in (elsewhere, unproved, mine)] == [NotAllowed] * 3


def test_a_colleague_without_the_right_to_decide_promotes_nobody_by_leaving() -> None:
    organisation = company()
    mine, other = (belonging(person(), organisation, role=MEMBER) for _each in range(2))
    assert refusal(leave, mine, successor=other) is NotAllowed


def test_the_only_person_may_leave_and_staff_find_the_company_unmanaged() -> None:
    organisation = company()
    membership = belonging(person(), organisation)
    request = requests.ask_to_join(person(), organisation)
    leave(membership)
    request.refresh_from_db()
    assert (Organisation.objects.filter(pk=organisation.pk).exists(), request.escalated_at) == (
        True,
        Membership.objects.get(pk=membership.pk).left_at,
    )
    assert Step.objects.filter(organisation=organisation, kind="note").count() == 1


def test_a_manager_takes_a_colleague_out_and_no_one_else_does() -> None:
    organisation = company(name="Filature")
    boss = manager_of(organisation)
    colleague = belonging(person(language="en"), organisation, role=MEMBER)
    assert refusal(remove, colleague, colleague.user) is NotAllowed
    assert refusal(remove, Membership.objects.get(user=boss), boss) is NotAllowed
    remove(colleague, boss)
    assert (Membership.objects.current().count(), told(colleague.user)) == (
        1,
        ["You are no longer part of Filature."],
    )


def test_somebody_who_left_may_come_back() -> None:
    organisation = company()
    boss = manager_of(organisation)
    membership = belonging(person(), organisation, role=MEMBER)
    leave(membership)
    back = requests.accept_request(requests.ask_to_join(membership.user, organisation), boss)
    assert (back.pk != membership.pk, back.left_at) == (True, None)


def test_only_somebody_confirmed_becomes_a_manager() -> None:
    organisation = company()
    boss = manager_of(organisation)
    unproved = belonging(person(), organisation, role=MEMBER, confirmed=False)
    proved = belonging(person(), organisation, role=MEMBER)
    assert refusal(change_role, unproved, MANAGER, boss) is NotAllowed
    assert refusal(change_role, proved, MANAGER, proved.user) is NotAllowed
    assert change_role(proved, MANAGER, boss).role == MANAGER
    assert change_role(Membership.objects.get(user=boss), MEMBER, boss).role == MEMBER


def test_staff_make_somebody_a_manager() -> None:
    organisation = company(confirmed_at=None)
    newcomer = person()
    hand_over(organisation, newcomer, staff())
    organisation.refresh_from_db()
    assert (is_manager(newcomer, organisation), organisation.confirmed_at is None) == (True, False)


def test_public_pages_are_forgotten_when_somebody_begins_or_ceases_to_answer(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    founder = belonging(person(), company(), confirmed=False)
    moments = [generation.current()]
    steps: list[Callable[[], object]] = [lambda: confirm_by_call(founder, staff()), lambda: leave(founder)]
    for happens in steps:
        with django_capture_on_commit_callbacks(execute=True):
            happens()
        moments.append(generation.current())
    assert len(set(moments)) == 3


def test_an_account_that_goes_leaves_everything_even_as_the_last_manager() -> None:
    organisation, founder = company(), person()
    belonging(founder, organisation)
    belonging(person(), organisation, role=MEMBER)
    found_company(founder, {"name": "Une autre"})
    depart(founder)
    assert list(Membership.objects.current().filter(user=founder)) == []


def test_a_manager_whose_account_is_closed_decides_no_more() -> None:
    organisation = company()
    boss, closed = manager_of(organisation), manager_of(organisation)
    closed.is_active = False
    closed.save()
    assert [row.user for row in Membership.objects.managers().filter(organisation=organisation)] == [boss]
