"""What a visitor tried before signing in is done afterwards, once, wherever she verifies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from members.joining import intents
from members.models import Intent, User
from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    log_in,
    member,
    said,
    sign_up,
    signup_form,
    type_code,
)

ASKED: dict[str, Any] = {"practice": 3}
THEN = "/bonnes-pratiques/"


@pytest.fixture(autouse=True)
def done(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What was completed, for whom: a kind of intent that only tests know."""
    calls: list[tuple[str, dict[str, Any]]] = []

    def complete(user: User, payload: dict[str, Any]) -> str:
        calls.append((user.email, payload))
        return "C’est fait."

    monkeypatch.setitem(intents._kinds, "test", complete)
    return calls


def ask(client: Client, payload: dict[str, Any] | None = None, then: str = THEN) -> Any:
    """A visitor asks for something in this browser."""
    request = RequestFactory().post("/")
    session = client.session
    request.session = session
    response = intents.remember(request, "test", payload or ASKED, then)
    session.save()
    client.cookies["session"] = session.session_key or ""
    return response


def test_a_visitor_is_led_to_sign_in_and_back(client: Client) -> None:
    assert ask(client)["Location"] == "/compte/login/?next=%2Fbonnes-pratiques%2F"


def test_another_site_is_no_place_to_go_back_to(client: Client) -> None:
    assert ask(client, then="https://ailleurs.example/")["Location"] == "/compte/login/?next=%2F"


def test_an_unknown_kind_is_a_programming_error(client: Client) -> None:
    with pytest.raises(KeyError):
        intents.remember(HttpRequest(), "nothing", {}, "/")


@pytest.mark.parametrize("path", ["/compte/login/", "/compte/signup/"])
def test_the_page_says_that_it_is_kept(client: Client, path: str) -> None:
    assert client.get(path).context["something_kept"] is False
    ask(client)
    assert client.get(path).context["something_kept"] is True


def test_it_is_done_when_she_signs_in(client: Client, done: list[Any]) -> None:
    member()
    ask(client)
    response = log_in(client, next=THEN)
    assert (response["Location"], done) == (THEN, [(EMAIL, ASKED)])
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["C’est fait."]


def test_it_is_done_once(client: Client, done: list[Any]) -> None:
    member()
    ask(client)
    for _time in range(2):
        log_in(client)
        client.post("/compte/logout/")
    assert len(done) == 1


def test_it_is_done_when_a_newcomer_has_typed_her_code(client: Client, done: list[Any]) -> None:
    ask(client)
    sign_up(client)
    assert done == []
    type_code(client)
    assert done == [(EMAIL, ASKED)]


def test_it_is_done_in_another_browser_if_she_verifies_there(client: Client, done: list[Any]) -> None:
    ask(client)
    sign_up(client)
    telephone = Client()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        log_in(telephone)
        response = type_code(telephone)
    assert (response["Location"], done) == (THEN, [(EMAIL, ASKED)])


def test_it_follows_her_when_she_corrects_her_address(client: Client, done: list[Any]) -> None:
    ask(client)
    sign_up(client, email="nadai@entreprise.example")
    client.post("/compte/signup/again/")
    sign_up(client)
    type_code(client)
    assert done == [(EMAIL, ASKED)]


def test_it_follows_her_when_she_signs_up_again(client: Client, done: list[Any]) -> None:
    ask(client)
    sign_up(client)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        client.post("/compte/signup/", signup_form())
        type_code(client)
    assert done == [(EMAIL, ASKED)]


def test_what_a_stranger_asked_with_my_address_is_never_done_in_my_name(
    client: Client, done: list[Any]
) -> None:
    stranger = Client()
    ask(stranger, {"question": "Une publicité"})
    sign_up(stranger)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        sign_up(client)
        type_code(client)
    assert (done, Intent.objects.count()) == ([], 0)


def test_what_a_browser_asked_for_one_account_is_not_done_for_another(
    client: Client, done: list[Any]
) -> None:
    ask(client)
    first = member()
    intents.attach(client.session["intents"], first)
    member("autre@entreprise.example")
    log_in(client, "autre@entreprise.example")
    assert done == []


def test_what_can_no_longer_be_done_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch, done: list[Any]
) -> None:
    def too_late(user: User, payload: dict[str, Any]) -> None:
        raise intents.NoLongerPossible("Les inscriptions sont closes.")

    monkeypatch.setitem(intents._kinds, "test", too_late)
    member()
    ask(client)
    response = log_in(client)
    told = [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]
    assert (told, Intent.objects.get().completed_at is None) == (
        [("warning", "Les inscriptions sont closes.")],
        False,
    )


def failing(user: User, payload: dict[str, Any]) -> None:
    user.first_name = "À moitié"
    user.save()
    raise RuntimeError


def test_a_fault_keeps_nobody_out_leaves_nothing_half_done_and_is_tried_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, done: list[Any]
) -> None:
    good: Callable[..., Any] = intents._kinds["test"]
    monkeypatch.setitem(intents._kinds, "test", failing)
    user = member()
    ask(client)
    assert log_in(client)["Location"] == THEN or log_in(client)["Location"] == "/espace/"
    user.refresh_from_db()
    assert user.first_name == ""
    monkeypatch.setitem(intents._kinds, "test", good)
    log_in(Client())
    assert done == [(EMAIL, ASKED)]


def test_several_are_done_in_their_order(client: Client, done: list[Any]) -> None:
    member()
    for number in range(3):
        ask(client, {"practice": number})
    log_in(client)
    assert [payload["practice"] for _email, payload in done] == [0, 1, 2]


def test_a_browser_keeps_twenty_at_most(client: Client) -> None:
    for number in range(23):
        ask(client, {"practice": number})
    kept = Intent.objects.order_by("pk").values_list("payload", flat=True)
    assert [payload["practice"] for payload in kept] == list(range(3, 23))


def test_a_network_that_tries_too_much_signs_in_all_the_same(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "remember_intent": "2/h/ip"}
    led_to = {ask(Client())["Location"] for _visit in range(4)}
    assert (led_to, Intent.objects.count()) == ({"/compte/login/?next=%2Fbonnes-pratiques%2F"}, 2)


def test_after_seven_days_it_is_forgotten(client: Client, done: list[Any]) -> None:
    member()
    ask(client)
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        log_in(client)
        assert (done, intents.drop_expired(), Intent.objects.count()) == ([], 1, 0)


def test_the_page_after_says_what_was_done(client: Client) -> None:
    member()
    ask(client)
    log_in(client)
    assert said(client.get("/compte/email/")) == ["C’est fait."]
