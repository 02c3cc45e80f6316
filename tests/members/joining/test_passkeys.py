"""Passkeys: signing up, signing in and second steps without a password."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client

from members.joining import panel
from members.models import User
from tests.factories.site import Tree
from tests.members.joining.passkeys import Passkey
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    code_sent,
    give_app,
    is_signed_in,
    letters,
    log_in,
    member,
    signup_form,
    type_code,
)


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


def options(response: Any, kind: str) -> Any:
    """What the page hands to the script, as the browser reads it."""
    return json.loads(json.dumps(response.context["js_data"][kind], default=encode))


def encode(value: Any) -> Any:
    return value if isinstance(value, str) else dict(value)


def add_passkey(client: Client) -> Passkey:
    """Whoever is signed in by password adds a passkey."""
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    page = client.get("/compte/2fa/webauthn/add/", secure=True)
    key = Passkey()
    client.post(
        "/compte/2fa/webauthn/add/",
        {
            "name": "Ordinateur",
            "passwordless": "on",
            "credential": key.create(options(page, "creation_options")),
        },
        secure=True,
    )
    return key


def enter(client: Client, key: Passkey, **more: str) -> Any:
    """Sign in with a passkey alone."""
    asked = client.get("/compte/2fa/webauthn/login/", headers={"accept": "application/json"}, secure=True)
    answer = key.get(asked.json()["request_options"])
    return client.post("/compte/2fa/webauthn/login/", {"credential": answer, **more}, secure=True)


def test_a_newcomer_signs_up_with_a_passkey_alone(client: Client) -> None:
    form = signup_form()
    del form["password1"]
    client.post("/compte/signup/passkey/", form)
    assert type_code(client)["Location"] == "/compte/2fa/webauthn/signup/"
    page = client.get("/compte/2fa/webauthn/signup/", secure=True)
    key = Passkey()
    done = client.post(
        "/compte/2fa/webauthn/signup/",
        {"name": "", "credential": key.create(options(page, "creation_options"))},
        secure=True,
    )
    user = User.objects.get(email=EMAIL)
    assert (done["Location"], is_signed_in(client), user.has_usable_password()) == ("/espace/", True, False)
    assert user.consents.count() == 1
    assert enter(other := Client(), key)["Location"] == "/espace/"
    assert is_signed_in(other) is True


def test_who_has_a_passkey_alone_is_reminded_of_recovery_codes(client: Client) -> None:
    user = member()
    log_in(client)
    assert panel.rows(user) == ([], 0)
    add_passkey(client)
    assert panel.rows(user) == ([], 0)
    Authenticator.objects.filter(type="recovery_codes").delete()
    [row], total = panel.rows(user)
    assert (row.url, total) == ("/compte/2fa/recovery-codes/generate/", 1)


def test_whose_device_fails_may_choose_a_password_instead(client: Client) -> None:
    form = signup_form()
    del form["password1"]
    client.post("/compte/signup/passkey/", form)
    type_code(client)
    client.post("/compte/password/reset/", {"email": EMAIL})
    client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    client.post("/compte/password/reset/complete/", {"password1": PASSWORD})
    assert log_in(Client())["Location"] == "/espace/"


def test_a_passkey_added_to_an_account_opens_it_and_brings_recovery_codes(client: Client) -> None:
    user = member()
    log_in(client)
    key = add_passkey(client)
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    assert kinds == ["recovery_codes", "webauthn"]
    assert enter(Client(), key)["Location"] == "/espace/"
    assert len(letters(EMAIL)) == 1


def test_signing_in_with_it_leads_where_one_was_going(client: Client) -> None:
    member()
    log_in(client)
    key = add_passkey(client)
    assert enter(Client(), key, next="/evenements/")["Location"] == "/evenements/"
    assert enter(Client(), key, next="https://ailleurs.example/")["Location"] == "/espace/"


def test_a_passkey_is_enough_where_an_app_is_set_up_too(client: Client) -> None:
    user = member()
    log_in(client)
    key = add_passkey(client)
    give_app(user)
    assert enter(Client(), key)["Location"] == "/espace/"


def test_it_serves_as_the_second_step_after_a_password(client: Client) -> None:
    member()
    log_in(client)
    key = add_passkey(client)
    other = Client()
    assert other.post("/compte/login/", {"login": EMAIL, "password": PASSWORD}, secure=True)["Location"] == (
        "/compte/2fa/authenticate/"
    )
    page = other.get("/compte/2fa/authenticate/", secure=True)
    answer = key.get(options(page, "request_options"))
    done = other.post("/compte/2fa/authenticate/", {"credential": answer}, secure=True)
    assert (done["Location"], is_signed_in(other)) == ("/espace/", True)


def test_the_passkey_of_somebody_else_opens_nothing(client: Client) -> None:
    member()
    log_in(client)
    add_passkey(client)
    stranger = Passkey()
    stranger.user = ""
    response = enter(other := Client(), stranger)
    assert (response["Location"], is_signed_in(other)) == ("/compte/login/", False)


def test_an_answer_serves_once(client: Client) -> None:
    member()
    log_in(client)
    key = add_passkey(client)
    other = Client()
    asked = other.get("/compte/2fa/webauthn/login/", headers={"accept": "application/json"}, secure=True)
    answer = key.get(asked.json()["request_options"])
    other.post("/compte/2fa/webauthn/login/", {"credential": answer}, secure=True)
    thief = Client()
    thief.post("/compte/2fa/webauthn/login/", {"credential": answer}, secure=True)
    assert (is_signed_in(other), is_signed_in(thief)) == (True, False)


@pytest.fixture
def staff() -> User:
    group = Group.objects.create(name="Équipe")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user = member()
    user.groups.add(group)
    return user


def test_a_passkey_opens_the_admin(client: Client, staff: User) -> None:
    log_in(client)
    key = add_passkey(client)
    assert client.get("/admin/").status_code == 200
    assert enter(other := Client(), key, next="/admin/")["Location"] == "/admin/"
    assert other.get("/admin/").status_code == 200


def test_who_has_only_a_passkey_is_asked_for_it_and_not_sent_round(client: Client, staff: User) -> None:
    log_in(client)
    key = add_passkey(client)
    old = Client()
    old.force_login(staff)
    step = old.get("/admin/", secure=True)["Location"]
    assert step == "/compte/2fa/webauthn/reauthenticate/?next=%2Fadmin%2F"
    answer = key.get(options(old.get(step, secure=True), "request_options"))
    done = old.post(step.partition("?")[0], {"credential": answer, "next": "/admin/"}, secure=True)
    assert (done["Location"], old.get("/admin/", secure=True).status_code) == ("/admin/", 200)


def test_passkeys_are_listed_renamed_and_removed(client: Client) -> None:
    user = member()
    log_in(client)
    add_passkey(client)
    row = Authenticator.objects.get(user=user, type="webauthn")
    assert "Ordinateur" in client.get("/compte/2fa/webauthn/").content.decode()
    client.post(f"/compte/2fa/webauthn/keys/{row.pk}/edit/", {"name": "Bureau"})
    assert "Bureau" in client.get("/compte/2fa/webauthn/").content.decode()
    assert client.get(f"/compte/2fa/webauthn/keys/{row.pk}/remove/").status_code == 200
    client.post(f"/compte/2fa/webauthn/keys/{row.pk}/remove/")
    assert Authenticator.objects.filter(user=user).count() == 0


def test_the_passkey_of_another_account_cannot_be_touched(client: Client) -> None:
    member()
    log_in(client)
    add_passkey(client)
    row = Authenticator.objects.get(type="webauthn")
    member("autre@entreprise.example")
    stranger = Client()
    log_in(stranger, "autre@entreprise.example")
    stranger.post("/compte/reauthenticate/", {"password": PASSWORD})
    paths = [f"/compte/2fa/webauthn/keys/{row.pk}/{verb}/" for verb in ("edit", "remove")]
    assert [stranger.get(path).status_code for path in paths] == [404, 404]
    assert [stranger.post(path, {"name": "x"}).status_code for path in paths] == [404, 404]
