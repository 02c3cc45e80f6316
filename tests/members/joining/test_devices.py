"""Where an account is open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from members.joining.devices import describe
from tests.factories.site import Tree
from tests.members.joining.steps import is_signed_in, log_in, member

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0"


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (SAFARI, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_a_browser_has_a_name_that_its_owner_knows(user_agent: str, name: str) -> None:
    assert describe(user_agent) in (name, "Navigateur inconnu")


def test_the_devices_are_listed_this_one_first() -> None:
    member()
    log_in(Client(headers={"user-agent": SAFARI}))
    here = Client(headers={"user-agent": FIREFOX})
    log_in(here)
    devices = here.get("/compte/sessions/").context["devices"]
    assert [(device["name"], device["current"]) for device in devices] == [
        ("Firefox, Windows", True),
        ("Safari, iPhone", False),
    ]


def test_one_button_signs_the_others_out() -> None:
    member()
    here, there, elsewhere = Client(), Client(), Client()
    for browser in (here, there, elsewhere):
        log_in(browser)
    here.post("/compte/sessions/")
    assert [browser.get("/compte/email/").status_code for browser in (here, there, elsewhere)] == [
        200,
        302,
        302,
    ]
    assert len(here.get("/compte/sessions/").context["devices"]) == 1


def test_nobody_sees_or_ends_the_sessions_of_another() -> None:
    member()
    member("autre@entreprise.example")
    mine, other = Client(), Client()
    log_in(mine)
    log_in(other, "autre@entreprise.example")
    assert len(mine.get("/compte/sessions/").context["devices"]) == 1
    mine.post("/compte/sessions/")
    assert is_signed_in(other) is True
    assert other.get("/compte/email/").status_code == 200


def test_signing_out_ends_this_one(client: Client) -> None:
    member()
    log_in(client)
    key = client.cookies["session"].value
    assert client.get("/compte/logout/").status_code == 200
    assert is_signed_in(client) is True
    assert client.post("/compte/logout/")["Location"] == "/"
    thief = Client()
    thief.cookies["session"] = key
    assert thief.get("/compte/email/").status_code == 302


def test_signing_out_leads_home_in_one_s_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    member()
    pages = {code: SimpleNamespace(prefix=prefix) for code, prefix in (("fr", "/"), ("en", "/en/"))}
    monkeypatch.setattr("members.adapters.roots", lambda: pages)
    led_to = []
    for prefix in ("/", "/en/", "/nl/"):
        log_in(client)
        led_to.append(client.post(f"{prefix}compte/logout/")["Location"])
    assert led_to == ["/", "/en/", "/"]
