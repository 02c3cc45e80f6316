"""Signing up by e-mail: from the form to a verified account."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from members.models import Consent, ConsentWording, Person, User
from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    code_sent,
    is_signed_in,
    is_verified,
    join,
    letters,
    member,
    said,
    sign_up,
    signup_form,
    text_of,
    type_code,
    visible,
)


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


def test_a_newcomer_signs_up_types_the_code_and_is_in(client: Client) -> None:
    form = sign_up(client)
    assert (form.status_code, form["Location"]) == (302, "/compte/confirm-email/")
    assert is_signed_in(client) is False
    done = type_code(client)
    assert (done.status_code, done["Location"]) == (302, "/espace/")
    user = User.objects.get(email=EMAIL)
    assert (is_signed_in(client), user.get_full_name(), user.check_password(PASSWORD)) == (
        True,
        "Nadia Lefebvre-Martin",
        True,
    )


def test_the_terms_are_recorded_with_their_version(client: Client) -> None:
    user = join(client)
    consent = Consent.objects.get(user=user)
    assert (consent.wording.purpose, consent.wording.version, consent.language) == ("terms", "2026-11", "fr")


def test_terms_that_changed_meanwhile_are_read_again(client: Client) -> None:
    form = signup_form()
    new = ConsentWording.objects.create(
        purpose="terms", version="2027-01", texts={"fr": "J’accepte autre chose."}
    )
    response = client.post("/compte/signup/", form)
    page = response.context["form"]
    assert (User.objects.count(), list(page.errors), page["wording"].value()) == (0, ["terms"], new.version)
    assert (page.terms_in_words, page["terms"].value()) == ("J’accepte autre chose.", False)


def test_wording_of_the_future_is_not_asked_for_yet(client: Client) -> None:
    ConsentWording.objects.create(
        purpose="terms",
        version="2099-01",
        texts={"fr": "Plus tard."},
        since=timezone.now() + dt.timedelta(days=1),
    )
    assert client.get("/compte/signup/").context["form"]["wording"].value() == "2026-11"


def test_without_the_terms_nobody_signs_up(client: Client) -> None:
    response = sign_up(client, terms="")
    assert (User.objects.count(), list(response.context["form"].errors)) == (0, ["terms"])


def test_a_refused_form_comes_back_filled_in_and_without_the_password(client: Client) -> None:
    response = sign_up(client, email="nadia@entreprise", password1="court")
    form = response.context["form"]
    assert {name: form[name].value() for name in ("first_name", "last_name", "email")} == {
        "first_name": "Nadia",
        "last_name": "Lefebvre-Martin",
        "email": "nadia@entreprise",
    }
    assert sorted(form.errors) == ["email", "password1"]
    assert "court" not in response.content.decode().split('name="password1"')[1][:200]


@pytest.mark.parametrize("name", ["<b>Nadia</b>", "www.casino", "Nadia http://x", "nadia@x.fr", "N4dia"])
def test_a_name_holds_nothing_but_a_name(client: Client, name: str) -> None:
    assert list(sign_up(client, first_name=name).context["form"].errors) == ["first_name"]


@pytest.mark.parametrize("name", ["Léa-Marie", "O’Brien", "D'Hondt", "Nguyễn Thị", "Żółć", "J.-P."])
def test_names_of_everywhere_are_names(client: Client, name: str) -> None:
    assert join(client, first_name=name).first_name == name


def test_the_letter_holds_the_code_and_nothing_that_was_typed(client: Client) -> None:
    sign_up(client, first_name="Casino gratuit ici")
    [mail] = letters()
    text = text_of(mail)
    assert (str(mail["To"]), code_sent() in text, "Casino" in mail.as_string()) == (EMAIL, True, False)


def test_the_language_of_the_page_becomes_that_of_the_account_and_of_its_letters(client: Client) -> None:
    client.post("/en/compte/signup/", signup_form())
    user = User.objects.get(email=EMAIL)
    [mail] = letters()
    assert (user.language, mail["Content-Language"], mail["Subject"]) == (
        "en",
        "en",
        "Your code to end your sign-up",
    )


def test_an_address_is_folded_to_lower_case(client: Client) -> None:
    sign_up(client, email="Nadia@Entreprise.Example")
    assert [user.email for user in User.objects.all()] == ["nadia@entreprise.example"]


def test_nobody_sees_an_account_before_its_address_is_verified(client: Client) -> None:
    sign_up(client)
    assert visible() == []
    type_code(client)
    assert visible() == [EMAIL]


def test_what_is_known_of_an_address_is_joined_once_it_is_verified(client: Client) -> None:
    guest = Person.objects.create(first_name="Nadia", email=EMAIL.upper())
    other = Person.objects.create(email="autre@entreprise.example")
    sign_up(client)
    guest.refresh_from_db()
    assert guest.user is None
    type_code(client)
    guest.refresh_from_db()
    other.refresh_from_db()
    joined = [person.user and person.user.email for person in (guest, other)]
    assert joined == [EMAIL, None]


def test_a_sign_up_that_was_not_finished_gives_way_to_the_next(client: Client) -> None:
    sign_up(client, first_name="Première")
    other = Client()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        sign_up(other, first_name="Seconde")
        assert [user.first_name for user in User.objects.all()] == ["Seconde"]
        type_code(other)
    assert is_signed_in(other) is True


def test_the_code_of_a_sign_up_that_was_replaced_opens_nothing(client: Client) -> None:
    sign_up(client)
    first = code_sent()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        sign_up(Client(), password1="Le mot de passe d’un autre, 99")
        response = client.post("/compte/confirm-email/", {"code": first}, follow=True)
    assert (response.redirect_chain[-1][0], is_signed_in(client)) == ("/compte/signup/", False)
    assert len(said(response)) == 1
    assert is_verified(User.objects.get(email=EMAIL)) is False


def test_an_account_in_use_never_gives_way(client: Client) -> None:
    user = member()
    sign_up(client)
    assert list(User.objects.values_list("pk", flat=True)) == [user.pk]
    user.refresh_from_db()
    assert user.consents.count() == 0


def test_an_account_that_staff_made_never_gives_way(client: Client) -> None:
    user = User.objects.create_user(EMAIL, PASSWORD)
    sign_up(client)
    assert list(User.objects.values_list("pk", flat=True)) == [user.pk]


def test_one_may_go_back_for_another_address(client: Client) -> None:
    sign_up(client, email="nadai@entreprise.example")
    response = client.post("/compte/signup/again/", follow=True)
    assert (response.redirect_chain[-1][0], response.status_code) == ("/compte/signup/", 200)
    sign_up(client)
    assert type_code(client)["Location"] == "/espace/"


def test_whoever_is_signed_in_is_led_to_her_space(client: Client) -> None:
    client.force_login(member())
    assert [client.get(path)["Location"] for path in ("/compte/signup/", "/compte/login/")] == [
        "/espace/"
    ] * 2


def test_sign_up_leads_where_one_was_going(client: Client) -> None:
    client.post("/compte/signup/", {**signup_form(), "next": "/evenements/"})
    assert type_code(client)["Location"] == "/evenements/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:alert(1)"],
)
def test_nobody_is_led_to_another_site(client: Client, elsewhere: str) -> None:
    client.post("/compte/signup/", {**signup_form(), "next": elsewhere})
    assert type_code(client)["Location"] == "/espace/"
