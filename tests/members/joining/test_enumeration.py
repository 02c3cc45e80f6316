"""Nobody learns from a page whether an address has an account; the mailbox's owner learns the truth."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from members.models import User
from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    letters,
    log_in,
    member,
    sign_up,
    text_of,
    type_code,
)

UNKNOWN = "personne@entreprise.example"
# What differs from one visit to the next anyway.
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|name="started" value="[^"]*"')


@pytest.fixture(autouse=True)
def _somebody(tree: Tree) -> User:
    return member()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed: it is what takes time."""
    seen: list[str] = []
    encode = MD5PasswordHasher.encode

    def count(self: Any, password: str, salt: str) -> str:
        seen.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    return seen


def seen_by(visit: Callable[[Client, str], list[Any]], email: str) -> list[tuple[int, str, str, list[str]]]:
    """What a browser sees of a journey: status, address, words, cookies; the address typed put aside."""
    return [
        (
            response.status_code,
            response.get("Location", ""),
            VARYING.sub("", response.content.decode()).replace(email, "ADDRESS"),
            sorted(response.cookies),
        )
        for response in visit(Client(), email)
    ]


def signing_up(client: Client, email: str) -> list[Any]:
    return [
        sign_up(client, email=email),
        client.get("/compte/confirm-email/"),
        type_code(client, "0000-0000"),
        client.get("/compte/confirm-email/"),
        type_code(client, "0000-0001"),
        type_code(client, "0000-0002"),
        client.get("/compte/login/"),
    ]


def asking_for_another_code(client: Client, email: str) -> list[Any]:
    pages = [sign_up(client, email=email)]
    for minutes in (1, 2, 3, 4):
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
            pages += [
                client.post("/compte/confirm-email/", {"action": "resend"}),
                client.get("/compte/confirm-email/"),
            ]
    return pages


def hurrying(client: Client, email: str) -> list[Any]:
    return [
        sign_up(client, email=email, seconds=-30),
        client.get("/compte/signup/gesture/"),
        client.post("/compte/signup/gesture/"),
        client.get("/compte/confirm-email/"),
    ]


def signing_up_with_a_passkey(client: Client, email: str) -> list[Any]:
    from tests.members.joining.steps import signup_form  # noqa: PLC0415

    form = signup_form(email=email)
    del form["password1"]
    return [client.post("/compte/signup/passkey/", form), client.get("/compte/confirm-email/")]


def signing_in(client: Client, email: str) -> list[Any]:
    return [log_in(client, email, f"pas le bon {number}") for number in range(7)]


def resetting(client: Client, email: str) -> list[Any]:
    return [
        client.post("/compte/password/reset/", {"email": email}),
        client.get("/compte/password/reset/confirm/"),
        *(client.post("/compte/password/reset/confirm/", {"code": f"0000-000{n}"}) for n in range(3)),
        client.get("/compte/password/reset/"),
    ]


JOURNEYS = [
    signing_up,
    asking_for_another_code,
    hurrying,
    signing_up_with_a_passkey,
    signing_in,
    resetting,
]


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_known_and_unknown_addresses_see_the_same(journey: Callable[[Client, str], list[Any]]) -> None:
    assert seen_by(journey, EMAIL) == seen_by(journey, UNKNOWN)


@pytest.mark.parametrize(
    ("journey", "hashes"), [(signing_up, 1), (resetting, 0)], ids=lambda value: getattr(value, "__name__", "")
)
def test_known_and_unknown_addresses_cost_the_same_hashes(
    hashed: list[str], journey: Callable[[Client, str], list[Any]], hashes: int
) -> None:
    counts = []
    for email in (EMAIL, UNKNOWN):
        hashed.clear()
        journey(Client(), email)
        counts.append(len(hashed))
    assert counts == [hashes, hashes]


def test_a_wrong_password_costs_one_hash_whether_there_is_an_account_or_not(hashed: list[str]) -> None:
    counts = []
    for email in (EMAIL, UNKNOWN):
        hashed.clear()
        log_in(Client(), email, "pas le bon du tout")
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_each_journey_writes_as_many_letters(client: Client) -> None:
    counts = []
    for email in (EMAIL, UNKNOWN):
        for journey in (asking_for_another_code, resetting):
            journey(Client(), email)
        counts.append(len(letters(email)))
    assert counts[0] == counts[1]


def test_the_owner_of_an_account_reads_that_somebody_signs_up_with_her_address(client: Client) -> None:
    sign_up(client)
    [mail] = letters()
    text = text_of(mail)
    assert (str(mail["To"]), "/compte/login/" in text, re.search(r"\d{4}-\d{4}", text)) == (EMAIL, True, None)


def test_somebody_without_account_reads_that_there_is_no_password_to_change(client: Client) -> None:
    client.post("/compte/password/reset/", {"email": UNKNOWN})
    [mail] = letters(UNKNOWN)
    assert "/compte/signup/" in text_of(mail)


def test_a_sign_up_that_was_not_finished_has_no_password_to_change(client: Client) -> None:
    sign_up(Client(), email=UNKNOWN)
    client.post("/compte/password/reset/", {"email": UNKNOWN})
    mail = letters(UNKNOWN)[-1]
    assert ("/compte/signup/" in text_of(mail), "/password/reset/key/" in text_of(mail)) == (True, False)


def test_a_new_address_that_somebody_else_has_is_not_given_away(client: Client) -> None:
    member("autre@entreprise.example")
    answers = []
    for email in ("autre@entreprise.example", UNKNOWN):
        browser = Client()
        log_in(browser)
        browser.post("/compte/reauthenticate/", {"password": PASSWORD})
        answers.append(
            [
                browser.post("/compte/email/", {"email": email, "action_add": ""})["Location"],
                VARYING.sub("", browser.get("/compte/confirm-email/").content.decode()).replace(
                    email, "ADDRESS"
                ),
            ]
        )
    assert answers[0] == answers[1]
    [mail] = letters("autre@entreprise.example")
    assert re.search(r"\d{4}-\d{4}", text_of(mail)) is None
