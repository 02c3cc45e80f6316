"""Proving that somebody acts for a company."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from common.models import OutboxMessage
from members.companies.founding import found_company
from members.companies.refusals import NotAllowed, Refusal, TooMany
from members.companies.representation import (
    Outcome,
    confirm_by_address,
    confirm_by_call,
    confirm_colleague,
    domains_of,
    enter_code,
    send_code,
)
from members.models import DomainCode, Membership, Notification, OrganisationDomain, Step
from tests.members.companies.people import belonging, company, manager_of, person, staff

pytestmark = pytest.mark.django_db
ADDRESS = "accueil@filature.example"


def refusal(call: object, *args: object) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        call(*args)  # type: ignore[operator]
    return type(caught.value)


@pytest.fixture
def founder() -> Membership:
    membership = found_company(person("Camille Durand", language="en"), {"name": "Filature"})
    OrganisationDomain.objects.create(organisation=membership.organisation, domain="filature.example")
    return membership


def code_received() -> str:
    source = bytes(OutboxMessage.objects.latest("pk").source).decode()
    found = re.findall(r"\b\d{8}\b|\b\d{4} \d{4}\b", source.split("\n\n", 1)[1])
    return found[0].replace(" ", "")


def test_a_code_sent_to_the_domain_confirms_the_person_and_the_company(founder: Membership) -> None:
    row = send_code(founder, ADDRESS)
    code = code_received()
    assert (code in row.code_hash, OutboxMessage.objects.get().urgent) == (False, True)
    assert enter_code(founder, f" {code[:4]} {code[4:]} ") is Outcome.CONFIRMED
    founder.refresh_from_db()
    assert (founder.confirmation, founder.organisation.confirmed_at is None) == ("code", False)
    assert list(Notification.objects.values_list("text", flat=True)) == ["You are confirmed for Filature."]
    assert Step.objects.filter(organisation=founder.organisation, kind="contact").count() == 1


def test_a_code_serves_once_and_the_last_one_only(founder: Membership) -> None:
    send_code(founder, ADDRESS)
    first = code_received()
    send_code(founder, ADDRESS)
    second = code_received()
    assert [enter_code(founder, code) for code in (first, second, second)] == [
        Outcome.WRONG,
        Outcome.CONFIRMED,
        Outcome.EXPIRED,
    ]


def test_five_attempts_and_the_right_code_comes_too_late(founder: Membership) -> None:
    send_code(founder, ADDRESS)
    code = code_received()
    wrong = "00000000" if code != "00000000" else "00000001"
    assert [enter_code(founder, wrong) for _again in range(5)] == [Outcome.WRONG] * 4 + [Outcome.WORN_OUT]
    assert enter_code(founder, code) is Outcome.EXPIRED
    founder.refresh_from_db()
    assert founder.is_confirmed is False


def test_after_thirty_minutes_a_code_is_worth_nothing(founder: Membership) -> None:
    send_code(founder, ADDRESS)
    DomainCode.objects.update(expires_at=timezone.now())
    assert enter_code(founder, code_received()) is Outcome.EXPIRED


@pytest.mark.parametrize(
    "address",
    [
        "moi@gmail.com",
        "moi@filature.example.org",
        "moi@sub.filature.example",
        "filature.example@gmail.com",
        "moi",
    ],
)
def test_a_code_goes_to_the_recorded_domain_only(founder: Membership, address: str) -> None:
    assert refusal(send_code, founder, address) is NotAllowed
    assert OutboxMessage.objects.count() == 0


def test_a_public_domain_proves_nothing_whoever_recorded_it(founder: Membership) -> None:
    OrganisationDomain.objects.create(organisation=founder.organisation, domain="gmail.com")
    assert domains_of(founder.organisation) == ["filature.example"]
    assert refusal(send_code, founder, "moi@gmail.com") is NotAllowed


def test_three_codes_to_an_address_and_five_to_a_person_a_day(founder: Membership) -> None:
    for _again in range(3):
        send_code(founder, ADDRESS)
    assert refusal(send_code, founder, ADDRESS) is TooMany
    for name in ("a", "b"):
        send_code(founder, f"{name}@filature.example")
    assert refusal(send_code, founder, "c@filature.example") is TooMany
    DomainCode.objects.update(created_at=timezone.now() - dt.timedelta(days=1, minutes=1))
    assert send_code(founder, "c@filature.example").attempts == 0


def test_an_account_whose_own_address_is_of_the_domain_needs_no_code(founder: Membership) -> None:
    assert refusal(confirm_by_address, founder) is NotAllowed
    mine = belonging(person(email="Camille@Filature.example"), founder.organisation, confirmed=False)
    assert confirm_by_address(mine).confirmation == "code"


def test_a_call_is_logged_by_a_facilitator_only(founder: Membership) -> None:
    assert refusal(confirm_by_call, founder, founder.user, "") is NotAllowed
    caller = staff()
    row = confirm_by_call(founder, caller, "Standard rappelé à 10 h.")
    assert (row.confirmation, row.confirmed_by) == ("call", caller)
    notes = Step.objects.filter(organisation=founder.organisation, author=caller).order_by("pk")
    assert notes[0].text == "Standard rappelé à 10 h."


def test_confirming_twice_changes_nothing(founder: Membership) -> None:
    first = confirm_by_call(founder, staff(), "")
    again = confirm_by_call(founder, staff("Une Autre"), "")
    assert (again.confirmed_at, again.confirmed_by) == (first.confirmed_at, first.confirmed_by)


def test_a_manager_vouches_for_a_colleague_and_nobody_else_does() -> None:
    organisation = company()
    unproved = belonging(person(), organisation, confirmed=False)
    other = belonging(person(), organisation, role=Membership.Role.MEMBER)
    assert [refusal(confirm_colleague, unproved, user) for user in (unproved.user, other.user)] == [
        NotAllowed
    ] * 2
    assert confirm_colleague(unproved, manager_of(organisation)).confirmation == "accepted"
