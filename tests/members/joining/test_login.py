"""Signing in, and the limits on guessing."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    app_code,
    give_app,
    is_signed_in,
    letters,
    log_in,
    member,
)

WRONG = "ce n’est pas celui-là"


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


def from_(address: str) -> Client:
    """A browser on another network."""
    return Client(REMOTE_ADDR=address)


def test_a_member_signs_in_and_reaches_her_space(client: Client) -> None:
    member()
    assert (log_in(client)["Location"], is_signed_in(client)) == ("/espace/", True)


def test_in_english_the_space_is_in_english(client: Client) -> None:
    member()
    response = client.post("/en/compte/login/", {"login": EMAIL, "password": PASSWORD})
    assert response["Location"] == "/en/espace/"


def test_signing_in_does_not_change_the_language_of_the_account(client: Client) -> None:
    user = member()
    client.post("/en/compte/login/", {"login": EMAIL, "password": PASSWORD})
    user.refresh_from_db()
    assert user.language == "fr"


def test_it_leads_where_one_was_going(client: Client) -> None:
    member()
    assert log_in(client, next="/evenements/")["Location"] == "/evenements/"


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example"]
)
def test_nobody_is_led_to_another_site(client: Client, elsewhere: str) -> None:
    member()
    assert log_in(client, next=elsewhere)["Location"] == "/espace/"


def test_case_does_not_count_in_an_address(client: Client) -> None:
    member()
    assert log_in(client, "Nadia@Entreprise.example")["Location"] == "/espace/"


def test_a_closed_account_says_so_to_its_owner_alone(client: Client) -> None:
    member(is_active=False)
    assert log_in(client)["Location"] == "/compte/inactive/"
    assert client.get("/compte/inactive/").status_code == 200
    wrong, unknown = log_in(client, password=WRONG), log_in(client, "personne@x.example", WRONG)
    assert [list(r.context["form"].errors) for r in (wrong, unknown)] == [["__all__"], ["__all__"]]


def test_the_session_changes_its_key_and_ends_with_the_browser(client: Client) -> None:
    member()
    client.get("/compte/login/")
    client.session["anything"] = 1
    log_in(client)
    cookie = client.cookies["session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    first = cookie.value
    log_in(other := Client(), remember="on")
    assert other.cookies["session"]["max-age"] == 14 * 24 * 3600
    assert other.cookies["session"].value != first


def test_a_session_from_before_signing_in_is_worth_nothing_after(client: Client) -> None:
    member()
    client.post("/compte/password/reset/", {"email": EMAIL})
    before = client.cookies["session"].value
    log_in(client)
    thief = Client()
    thief.cookies["session"] = before
    assert (client.cookies["session"].value != before, thief.get("/espace/").status_code) == (True, 302)


def test_the_sixth_wrong_password_waits_and_says_so(client: Client) -> None:
    member()
    for _try in range(5):
        log_in(client, password=WRONG)
    response = log_in(client)
    assert (
        is_signed_in(client),
        response.context["form"].has_error("__all__", "too_many_login_attempts"),
    ) == (
        False,
        True,
    )
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5, seconds=5)):
        assert log_in(client)["Location"] == "/espace/"


def test_a_stranger_who_guesses_does_not_shut_the_owner_out() -> None:
    member()
    stranger = from_("203.0.113.7")
    for _try in range(10):
        log_in(stranger, password=WRONG)
    assert log_in(from_("198.51.100.1"))["Location"] == "/espace/"


def test_guessing_from_everywhere_at_once_is_stopped_for_five_minutes() -> None:
    member()
    for number in range(30):
        log_in(from_(f"203.0.113.{number}"), password=WRONG)
    assert log_in(from_("198.51.100.1")).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5, seconds=5)):
        assert log_in(from_("198.51.100.1"))["Location"] == "/espace/"


def test_right_passwords_are_not_counted() -> None:
    member()
    assert {log_in(from_("198.51.100.1"))["Location"] for _try in range(12)} == {"/espace/"}


def test_a_new_password_lifts_the_limit(client: Client) -> None:
    from tests.members.joining.steps import code_sent  # noqa: PLC0415

    member()
    for _try in range(6):
        log_in(client, password=WRONG)
    client.post("/compte/password/reset/", {"email": EMAIL})
    client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    client.post("/compte/password/reset/complete/", {"password1": "Une autre carte, la 15e !"})
    assert log_in(Client(), password="Une autre carte, la 15e !")["Location"] == "/espace/"


def test_limits_are_counted_where_every_process_sees_them(client: Client) -> None:
    member()
    log_in(client, password=WRONG)
    counted = [key for key in cache._cache if "login_failed" in key]  # type: ignore[attr-defined]
    assert len(counted) == 3


def test_a_hundred_tries_are_answered_by_a_page_that_says_when_to_come_back(client: Client) -> None:
    for number in range(5):
        response = client.post("/compte/password/reset/", {"email": EMAIL})
        assert response.status_code == (302 if number < 4 else 429)
    assert (response["Retry-After"], response["Cache-Control"]) == ("300", "private, no-store")
    assert response.templates[0].name == "429.html"


def test_many_colleagues_may_sign_up_from_one_office(client: Client) -> None:
    assert [client.get("/compte/signup/").status_code for _visit in range(40)] == [200] * 40


def test_a_wrong_code_of_the_second_step_counts_too(client: Client) -> None:
    user = member()
    give_app(user)
    log_in(client)
    for _try in range(5):
        client.post("/compte/2fa/authenticate/", {"code": "000000"})
    response = client.post("/compte/2fa/authenticate/", {"code": app_code(user)})
    assert (response.status_code, is_signed_in(client)) == (200, False)


def test_what_signing_in_costs_beside_the_hash(client: Client) -> None:
    """Twelve queries, and three for each device where the account is open (is it still?).

    Reads: the account by its address; twice whether this address is verified; whether there is a second
    factor; whether the new session key is free; what she tried before; her devices; this device. Writes:
    the session under its new key, the last sign-in, the device, the session again with what it learned.
    Counters of tries are in the shared cache and come on top where this is the database.
    """
    member()
    log_in(Client())
    counts = []
    for _device in range(3):
        with CaptureQueriesContext(connection) as queries:
            log_in(Client())
        transactions = ("SAVEPOINT", "RELEASE")
        counts.append(len([query for query in queries if not query["sql"].startswith(transactions)]))
    assert counts == [12 + 3, 12 + 6, 12 + 9]


def test_nothing_is_mailed_when_one_signs_in(client: Client) -> None:
    member()
    log_in(client)
    assert letters() == []
