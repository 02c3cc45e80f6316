"""What the CNIL asks of a password, and how one changes it."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from members.joining.passwords import StrengthValidator
from members.models import User
from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    app_code,
    code_sent,
    give_app,
    is_signed_in,
    is_verified,
    letters,
    log_in,
    member,
    said,
    sign_up,
    text_of,
)

NEW = "Encore une carte, la 15e !"


@pytest.mark.parametrize(
    "password",
    [
        "Abcdefghij1!",
        "Abcdefghijkl12",
        "nous avons formé quatorze binômes cette année",
        "un-deux-trois-quatre-cinq-six-sept",
        "Éléphants 4 mur",
    ],
    ids=["12 of four classes", "14 of three", "seven words", "seven words with hyphens", "accents"],
)
def test_a_password_that_the_cnil_accepts(password: str) -> None:
    StrengthValidator().validate(password)


@pytest.mark.parametrize(
    "password",
    [
        "Abcdefghi1!",
        "abcdefghijkl1!",
        "Abcdefghijkl1",
        "abcdefghijklmnopqrst",
        "12345678901234567890",
        "le le le le le le le le",
        "un deux trois quatre cinq six",
        "a b c d e f g",
    ],
    ids=["11", "no upper case", "13 of three", "letters", "digits", "one word", "six words", "seven letters"],
)
def test_a_password_that_it_does_not(password: str) -> None:
    with pytest.raises(ValidationError, match=r"too easy to guess|trop facile"):
        StrengthValidator().validate(password)


@pytest.mark.parametrize(
    "password", ["Lefebvre-Martin1", "nadia@Entreprise.example1"], ids=["one’s name", "one’s address"]
)
def test_what_is_close_to_oneself_is_refused(client: Client, tree: Tree, password: str) -> None:
    response = sign_up(client, password1=password)
    assert (User.objects.count(), list(response.context["form"].errors)) == (0, ["password1"])


def test_the_rule_is_said_before_one_types(client: Client, tree: Tree) -> None:
    html = client.get("/compte/signup/").content.decode()
    assert StrengthValidator().get_help_text().replace("’", "&#x27;")[:30] in html


def test_a_password_is_typed_once_and_may_be_pasted(client: Client, tree: Tree) -> None:
    html = client.get("/compte/signup/").content.decode()
    fields = re.findall(r'<input type="password"[^>]*>', html)
    assert [('autocomplete="new-password"' in field, "maxlength" in field) for field in fields] == [
        (True, False)
    ]


# ---------------------------------------------------------------- another one
@pytest.fixture
def user(tree: Tree) -> User:
    return member()


def test_changing_it_needs_the_present_one(client: Client, user: User) -> None:
    client.force_login(user)
    wrong = client.post("/compte/password/change/", {"oldpassword": "non", "password1": NEW})
    assert list(wrong.context["form"].errors) == ["oldpassword"]
    done = client.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    user.refresh_from_db()
    assert (done.status_code, user.check_password(NEW), is_signed_in(client)) == (302, True, True)


def test_changing_it_signs_the_other_devices_out_and_says_so(client: Client, user: User) -> None:
    other = Client()
    for browser in (client, other):
        log_in(browser)
    client.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    assert (client.get("/compte/email/").status_code, other.get("/compte/email/").status_code) == (200, 302)
    [told] = letters(EMAIL)
    assert told["Auto-Submitted"] == "auto-generated"


def test_the_same_one_is_no_change(client: Client, user: User) -> None:
    client.force_login(user)
    again = client.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": PASSWORD})
    assert list(again.context["form"].errors) == ["password1"]


def test_an_account_without_password_may_take_one(client: Client, user: User) -> None:
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert client.get("/compte/password/change/")["Location"] == "/compte/password/set/"
    assert client.get("/compte/password/set/").status_code == 200
    client.post("/compte/password/set/", {"password1": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW) is True


# ---------------------------------------------------------------- forgotten
def ask(client: Client) -> None:
    client.post("/compte/password/reset/", {"email": EMAIL})


def test_a_code_allows_a_new_password_and_signs_in(client: Client, user: User) -> None:
    ask(client)
    assert client.post("/compte/password/reset/confirm/", {"code": code_sent()})["Location"] == (
        "/compte/password/reset/complete/"
    )
    assert client.get("/compte/password/reset/complete/").status_code == 200
    done = client.post("/compte/password/reset/complete/", {"password1": NEW})
    user.refresh_from_db()
    assert (done["Location"], is_signed_in(client), user.check_password(NEW)) == ("/espace/", True, True)


def test_a_weak_password_is_refused_there_too(client: Client, user: User) -> None:
    ask(client)
    client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    response = client.post("/compte/password/reset/complete/", {"password1": "facile"})
    assert list(response.context["form"].errors) == ["password1"]


def link_sent() -> str:
    found = re.search(r"https?://[^/]+(/compte/password/reset/key/\S+)", text_of(letters(EMAIL)[-1]))
    assert found is not None
    return found[1]


def test_the_link_does_the_same_on_another_device_and_serves_once(client: Client, user: User) -> None:
    ask(client)
    path, telephone = link_sent(), Client()
    form = telephone.get(path)["Location"]
    assert (form.endswith("/set-password/"), telephone.get(form).status_code) == (True, 200)
    assert telephone.post(form, {"password1": NEW})["Location"] == "/espace/"
    user.refresh_from_db()
    assert (is_signed_in(telephone), user.check_password(NEW)) == (True, True)
    again = Client().get(path)
    assert (again.status_code, again.context["token_fail"]) == (200, True)


def test_a_new_password_does_not_go_round_the_second_step(client: Client, user: User) -> None:
    give_app(user)
    ask(client)
    client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    done = client.post("/compte/password/reset/complete/", {"password1": NEW})
    assert (done["Location"], is_signed_in(client)) == ("/compte/2fa/authenticate/", False)
    client.post("/compte/2fa/authenticate/", {"code": app_code(user)})
    assert is_signed_in(client) is True


def test_three_wrong_codes_end_it(client: Client, user: User) -> None:
    ask(client)
    for _try in range(2):
        page = client.post("/compte/password/reset/confirm/", {"code": "0000-0000"})
        assert list(page.context["form"].errors) == ["code"]
    response = client.post("/compte/password/reset/confirm/", {"code": "0000-0000"}, follow=True)
    assert (response.redirect_chain[-1][0], len(said(response))) == ("/compte/password/reset/", 1)
    after = client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    assert after["Location"] == "/compte/login/"


def test_an_account_made_by_staff_chooses_its_first_password_that_way(client: Client, tree: Tree) -> None:
    user = User.objects.create_user(EMAIL)
    ask(client)
    client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    done = client.post("/compte/password/reset/complete/", {"password1": NEW})
    assert (done["Location"], is_verified(user)) == ("/espace/", True)


def test_an_account_made_by_staff_is_verified_by_the_link_too(client: Client, tree: Tree) -> None:
    user = User.objects.create_user(EMAIL)
    ask(client)
    form = client.get(link_sent())["Location"]
    assert client.post(form, {"password1": NEW})["Location"] == "/espace/"
    assert is_verified(user) is True
