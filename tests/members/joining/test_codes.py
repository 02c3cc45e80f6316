"""The code that proves an address."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from members.models import User
from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    code_sent,
    is_signed_in,
    is_verified,
    letters,
    log_in,
    member,
    said,
    sign_up,
    type_code,
)


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


def later(**ago: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + dt.timedelta(**ago))


def test_a_code_may_be_typed_without_its_hyphen_and_with_spaces(client: Client) -> None:
    sign_up(client)
    assert type_code(client, f" {code_sent().replace('-', ' ')} ")["Location"] == "/espace/"


def test_a_wrong_code_says_how_many_tries_are_left(client: Client) -> None:
    sign_up(client)
    errors = [type_code(client, "0000-0000").context["verify_form"].errors["code"] for _ in range(2)]
    assert [[part for part in str(error) if part.isdigit()] for error in errors] == [["2"], ["1"]]


def test_three_wrong_codes_close_the_door_and_say_how_to_open_it(client: Client) -> None:
    sign_up(client)
    good = code_sent()
    for _try in range(2):
        type_code(client, "0000-0000")
    response = client.post("/compte/confirm-email/", {"code": "0000-0000"}, follow=True)
    assert (response.redirect_chain[-1][0], len(said(response))) == ("/compte/login/", 1)
    type_code(client, good)
    assert is_signed_in(client) is False


def test_a_code_is_valid_for_a_quarter_of_an_hour_then_says_so(client: Client) -> None:
    sign_up(client)
    with later(minutes=14):
        assert client.get("/compte/confirm-email/").status_code == 200
    with later(minutes=16):
        response = client.post("/compte/confirm-email/", {"code": code_sent()}, follow=True)
        assert (response.redirect_chain[-1][0], len(said(response))) == ("/compte/login/", 1)
    assert is_signed_in(client) is False


def test_another_code_takes_the_place_of_the_first(client: Client) -> None:
    sign_up(client)
    first = code_sent()
    with later(minutes=1):
        response = client.post("/compte/confirm-email/", {"action": "resend"}, follow=True)
        assert (len(said(response)), len(letters())) == (1, 2)
        type_code(client, first)
        assert is_signed_in(client) is False
        type_code(client)
        assert is_signed_in(client) is True


def test_another_code_is_as_long_valid_as_the_first(client: Client) -> None:
    sign_up(client)
    with later(minutes=14):
        client.post("/compte/confirm-email/", {"action": "resend"})
    with later(minutes=28):
        assert type_code(client)["Location"] == "/espace/"


def test_another_code_at_once_has_to_wait_a_little(client: Client) -> None:
    sign_up(client)
    response = client.post("/compte/confirm-email/", {"action": "resend"}, follow=True)
    assert (response.status_code, len(said(response)), len(letters())) == (200, 1, 1)


def test_three_more_codes_at_most(client: Client) -> None:
    sign_up(client)
    for minutes in range(1, 6):
        with later(minutes=minutes):
            client.post("/compte/confirm-email/", {"action": "resend"})
    assert len(letters()) == 4


def test_who_closed_the_page_signs_in_and_gets_a_new_code_elsewhere(client: Client) -> None:
    sign_up(Client())
    with later(hours=2):
        assert log_in(client)["Location"] == "/compte/confirm-email/"
        assert type_code(client)["Location"] == "/espace/"
    assert is_verified(User.objects.get()) is True


def test_who_left_a_sign_up_half_way_may_sign_in_to_another_account(client: Client) -> None:
    member("autre@entreprise.example")
    sign_up(client)
    assert client.get("/compte/login/").status_code == 200
    assert log_in(client, "autre@entreprise.example")["Location"] == "/espace/"


def test_nobody_reaches_the_code_page_without_a_reason(client: Client) -> None:
    assert client.get("/compte/confirm-email/")["Location"] == "/compte/login/"


def change_address(client: Client, email: str) -> None:
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/compte/email/", {"email": email, "action_add": ""})


def test_a_new_address_takes_over_once_its_code_is_typed(client: Client) -> None:
    user = member()
    log_in(client)
    change_address(client, "nadia@nouvelle.example")
    user.refresh_from_db()
    assert user.email == EMAIL
    type_code(client, code_sent("nadia@nouvelle.example"))
    user.refresh_from_db()
    assert (user.email, list(EmailAddress.objects.values_list("email", flat=True))) == (
        "nadia@nouvelle.example",
        ["nadia@nouvelle.example"],
    )
    [told] = letters(EMAIL)
    assert "nadia@nouvelle.example" in told.as_string().replace("=\r\n", "")


def test_changing_the_address_asks_who_it_is_first(client: Client) -> None:
    user = member()
    client.force_login(user)
    response = client.post("/compte/email/", {"email": "nadia@nouvelle.example", "action_add": ""})
    assert (response["Location"], letters()) == ("/compte/reauthenticate/?next=%2Fcompte%2Femail%2F", [])


def test_three_wrong_codes_for_a_new_address_lead_back_to_it(client: Client) -> None:
    member()
    log_in(client)
    change_address(client, "nadia@nouvelle.example")
    for _try in range(2):
        type_code(client, "0000-0000")
    assert type_code(client, "0000-0000")["Location"] == "/compte/email/"
    assert is_signed_in(client) is True


def test_a_sign_up_that_was_not_finished_does_not_keep_an_address_from_its_owner(client: Client) -> None:
    member()
    sign_up(Client(), email="nadia@nouvelle.example")
    log_in(client)
    with later(minutes=1):
        change_address(client, "nadia@nouvelle.example")
        type_code(client, code_sent("nadia@nouvelle.example"))
    assert [user.email for user in User.objects.all()] == ["nadia@nouvelle.example"]
