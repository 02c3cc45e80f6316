"""Signing in through a provider: ProConnect's requirements, and nobody's account taken over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from environs import Env

from config.settings.providers import read_provider
from members.models import Person, User
from tests.factories.site import Tree
from tests.members.joining.identity_provider import CLIENT_ID, SECRET, SERVER, IdentityProvider, settings_of
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    give_app,
    is_signed_in,
    letters,
    log_in,
    member,
    said,
    sign_up,
    signup_form,
    type_code,
)

LOGIN, CALLBACK = "/compte/oidc/connexion/login/", "/compte/oidc/connexion/login/callback/"
SIRET = "13002526500013"


@pytest.fixture
def idp(tree: Tree, settings: Any) -> Iterator[IdentityProvider]:
    """ProConnect, as it describes itself; the address is one that it vouches for."""
    settings.SOCIALACCOUNT_PROVIDERS = settings_of("proconnect")
    settings.PUBLIC_URL = "http://testserver"
    provider = IdentityProvider(
        email=EMAIL,
        email_verified=True,
        given_name="Nadia",
        usual_name="Lefebvre",
        siret=SIRET,
        idp_id="fournisseur",
        uid="interne",
    )
    with provider.online():
        yield provider


def leave(client: Client, idp: IdentityProvider, **more: str) -> dict[str, str]:
    """Press the button; what the provider is asked."""
    return idp.receive(client.post(LOGIN, {"process": "login", **more})["Location"])


def come_back(client: Client, idp: IdentityProvider, **more: str) -> Any:
    """The provider sends the browser back."""
    return client.get(CALLBACK, {"code": "abc", "state": idp.asked["state"], **more})


def pass_through(client: Client, idp: IdentityProvider, **more: str) -> Any:
    leave(client, idp, **more)
    return come_back(client, idp)


def accept_terms(client: Client) -> Any:
    form = signup_form()
    del form["password1"]
    return client.post("/compte/3rdparty/signup/", form)


# ---------------------------------------------------------------- what leaves
def test_the_button_is_there_only_when_a_provider_is_named(client: Client, tree: Tree, settings: Any) -> None:
    assert client.get("/compte/login/").context["providers"] == []
    settings.SOCIALACCOUNT_PROVIDERS = settings_of("generic")
    assert client.get("/compte/login/").context["providers"] == [{"name": "Connexion", "url": LOGIN}]


def test_where_none_is_named_its_address_is_not_found(client: Client, tree: Tree) -> None:
    assert [client.post(LOGIN).status_code, client.get(CALLBACK).status_code] == [404, 404]


def test_proconnect_is_asked_what_it_knows_and_nothing_else(client: Client, idp: IdentityProvider) -> None:
    asked = leave(client, idp)
    assert sorted(asked) == ["client_id", "nonce", "redirect_uri", "response_type", "scope", "state"]
    assert (asked["client_id"], asked["response_type"], asked["redirect_uri"]) == (
        CLIENT_ID,
        "code",
        f"http://testserver{CALLBACK}",
    )
    assert sorted(asked["scope"].split()) == [
        "email",
        "given_name",
        "idp_id",
        "openid",
        "siret",
        "uid",
        "usual_name",
    ]
    assert (len(asked["state"]) >= 32, len(asked["nonce"]) >= 32, asked["state"] != asked["nonce"]) == (
        True,
    ) * 3


def test_another_provider_gets_the_usual_scopes_and_pkce(client: Client, tree: Tree, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = settings_of("generic")
    idp = IdentityProvider()
    with idp.online():
        asked = leave(client, idp)
    assert (sorted(asked["scope"].split()), asked["code_challenge_method"]) == (
        ["email", "openid", "profile"],
        "S256",
    )


def test_a_visitor_adds_nothing_to_the_request(client: Client, idp: IdentityProvider) -> None:
    location = client.post(f"{LOGIN}?scope=admin&auth_params=prompt%3Dnone", {"process": "login"})["Location"]
    asked = idp.receive(location)
    assert ("admin" in asked["scope"], "prompt" in asked) == (False, False)


def test_one_address_to_come_back_to_in_every_language(client: Client, idp: IdentityProvider) -> None:
    location = client.post(f"/en{LOGIN}", {"process": "login"})["Location"]
    assert idp.receive(location)["redirect_uri"] == f"http://testserver{CALLBACK}"


def test_following_a_link_does_not_leave_the_site(client: Client, idp: IdentityProvider) -> None:
    response = client.get(LOGIN)
    assert (response.status_code, response.templates[0].name) == (200, "socialaccount/login.html")


# ---------------------------------------------------------------- who comes back
def test_a_newcomer_accepts_the_terms_and_is_in(client: Client, idp: IdentityProvider) -> None:
    guest = Person.objects.create(email=EMAIL)
    assert pass_through(client, idp)["Location"] == "/compte/3rdparty/signup/"
    page = client.get("/compte/3rdparty/signup/")
    form = page.context["form"]
    assert (
        page.status_code,
        form["first_name"].value(),
        form["last_name"].value(),
        form["email"].value(),
    ) == (
        200,
        "Nadia",
        "Lefebvre",
        EMAIL,
    )
    assert (User.objects.count(), accept_terms(client)["Location"]) == (0, "/espace/")
    user = User.objects.get()
    guest.refresh_from_db()
    assert (is_signed_in(client), user.email, user.consents.count(), guest.user) == (True, EMAIL, 1, user)
    assert letters() == []


def test_what_is_kept_is_little_and_no_token(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    accept_terms(client)
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.provider, kept.extra_data) == (
        "personne-1",
        "connexion",
        {
            "sub": "personne-1",
            "email": EMAIL,
            "given_name": "Nadia",
            "usual_name": "Lefebvre",
            "siret": SIRET,
            "idp_id": "fournisseur",
        },
    )
    assert SocialToken.objects.count() == 0


def test_the_address_of_the_form_cannot_be_changed(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    form = signup_form(email="drh@autre.example")
    client.post("/compte/3rdparty/signup/", form)
    assert [user.email for user in User.objects.all()] == [EMAIL]


def test_whoever_comes_again_is_in_at_once(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    accept_terms(client)
    idp.claims["email"] = "nadia@nouvelle.example"
    again = Client()
    assert pass_through(again, idp, next="/evenements/")["Location"] == "/evenements/"
    assert User.objects.get().email == EMAIL


def test_an_address_that_the_provider_does_not_vouch_for_is_verified_by_a_code(
    client: Client, idp: IdentityProvider
) -> None:
    del idp.claims["email_verified"]
    pass_through(client, idp)
    assert (accept_terms(client)["Location"], is_signed_in(client)) == ("/compte/confirm-email/", False)
    assert type_code(client)["Location"] == "/espace/"


def test_userinfo_may_be_plain(client: Client, idp: IdentityProvider) -> None:
    idp.signed = False
    pass_through(client, idp)
    assert accept_terms(client)["Location"] == "/espace/"


def test_the_second_step_is_asked_for_all_the_same(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    accept_terms(client)
    give_app(User.objects.get())
    other = Client()
    assert (pass_through(other, idp)["Location"], is_signed_in(other)) == ("/compte/2fa/authenticate/", False)


# ---------------------------------------------------------------- no takeover
def test_an_account_in_use_is_joined_once_its_owner_has_signed_in(
    client: Client, idp: IdentityProvider
) -> None:
    user = member()
    assert (pass_through(client, idp)["Location"], is_signed_in(client)) == ("/compte/login/", False)
    assert client.get("/compte/login/").context["joins"] == "Connexion"
    assert SocialAccount.objects.count() == 0
    log_in(client)
    assert SocialAccount.objects.get().user == user
    assert len(letters(EMAIL)) == 1
    other = Client()
    pass_through(other, idp)
    assert is_signed_in(other) is True


def test_it_is_not_joined_to_another_account(client: Client, idp: IdentityProvider) -> None:
    member()
    member("autre@entreprise.example")
    pass_through(client, idp)
    log_in(client, "autre@entreprise.example")
    assert SocialAccount.objects.count() == 0
    assert len(said(client.get("/compte/email/"))) == 1


def test_it_is_not_joined_an_hour_later(client: Client, idp: IdentityProvider) -> None:
    member()
    pass_through(client, idp)
    session = client.session
    session["oidc_to_join"] = {**session["oidc_to_join"], "at": session["oidc_to_join"]["at"] - 3601}
    session.save()
    log_in(client)
    assert SocialAccount.objects.count() == 0


def test_an_account_whose_address_was_never_verified_gives_way(client: Client, idp: IdentityProvider) -> None:
    sign_up(Client(), first_name="Quelqu’un d’autre")
    pass_through(client, idp)
    accept_terms(client)
    user = User.objects.get()
    assert (user.first_name, user.has_usable_password(), is_signed_in(client)) == ("Nadia", False, True)


def test_an_address_that_is_not_vouched_for_opens_no_account_and_says_nothing(
    client: Client, idp: IdentityProvider
) -> None:
    user = member()
    del idp.claims["email_verified"]
    pass_through(client, idp)
    assert accept_terms(client)["Location"] == "/compte/confirm-email/"
    assert (is_signed_in(client), SocialAccount.objects.count(), User.objects.get()) == (False, 0, user)


def test_one_service_does_not_open_two_accounts(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    accept_terms(client)
    first = User.objects.get()
    browser = Client()
    member("autre@entreprise.example")
    log_in(browser, "autre@entreprise.example")
    browser.post("/compte/reauthenticate/", {"password": PASSWORD})
    pass_through(browser, idp, process="connect")
    assert (SocialAccount.objects.get().user, len(said(browser.get("/compte/email/")))) == (first, 1)


def test_whoever_is_signed_in_may_join_a_service(client: Client, idp: IdentityProvider) -> None:
    idp.claims["email"] = "prive@ailleurs.example"
    user = member()
    log_in(client)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    pass_through(client, idp, process="connect")
    assert SocialAccount.objects.get().user == user


# ---------------------------------------------------------------- forgeries and faults
def refused(response: Any) -> bool:
    return (response.status_code, response.templates[0].name) == (
        401,
        "socialaccount/authentication_error.html",
    )


@pytest.mark.parametrize(
    "identity",
    [
        {"nonce": "un-autre-nonce-de-trente-deux-caracteres"},
        {"nonce": None},
        {"sub": "personne-2"},
        {"iss": "https://ailleurs.example"},
        {"aud": "un-autre-site"},
        {"exp": 1},
    ],
    ids=["another nonce", "no nonce", "another person", "another issuer", "another site", "expired"],
)
def test_a_token_that_does_not_answer_is_refused(
    client: Client, idp: IdentityProvider, identity: dict[str, Any]
) -> None:
    idp.identity = identity
    assert (refused(pass_through(client, idp)), is_signed_in(client)) == (True, False)


def test_a_token_signed_by_somebody_else_is_refused(client: Client, idp: IdentityProvider) -> None:
    idp.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert refused(pass_through(client, idp)) is True


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_proves_nothing_is_refused(
    client: Client, idp: IdentityProvider, algorithm: str
) -> None:
    idp.algorithm = algorithm
    idp.signing_key = "" if algorithm == "none" else SECRET * 3
    assert refused(pass_through(client, idp)) is True


def test_a_state_that_we_did_not_give_is_refused(client: Client, idp: IdentityProvider) -> None:
    leave(client, idp)
    assert refused(client.get(CALLBACK, {"code": "abc", "state": "x" * 48})) is True
    assert refused(Client().get(CALLBACK, {"code": "abc", "state": idp.asked["state"]})) is True


def test_a_state_serves_once(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    assert refused(come_back(client, idp)) is True


def test_who_stops_on_the_way_is_told_that_nothing_changed(client: Client, idp: IdentityProvider) -> None:
    leave(client, idp)
    response = client.get(CALLBACK, {"error": "access_denied", "state": idp.asked["state"]})
    assert response["Location"] == "/compte/3rdparty/login/cancelled/"


def test_a_provider_that_is_away_is_a_page_that_says_so(client: Client, idp: IdentityProvider) -> None:
    leave(client, idp)
    idp.down = True
    assert refused(come_back(client, idp)) is True
    cache.clear()
    assert refused(client.post(LOGIN, {"process": "login"})) is True


def test_a_provider_that_speaks_nonsense_is_too(client: Client, idp: IdentityProvider) -> None:
    leave(client, idp)
    idp.claims = {"sub": "personne-1"}
    with patch.object(IdentityProvider, "tokens", return_value={"access_token": "jeton"}):
        assert refused(come_back(client, idp)) is True


# ---------------------------------------------------------------- signing out
def test_signing_out_signs_out_there_too(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    accept_terms(client)
    location = client.post("/compte/logout/")["Location"]
    query = parse_qs(urlsplit(location).query)
    assert location.startswith(f"{SERVER}/session/end?")
    assert (
        query["post_logout_redirect_uri"],
        len(query["state"][0]) >= 32,
        query["id_token_hint"][0].count("."),
    ) == (
        ["http://testserver/"],
        True,
        2,
    )
    assert is_signed_in(client) is False


def test_a_provider_that_is_away_keeps_nobody_in(client: Client, idp: IdentityProvider) -> None:
    pass_through(client, idp)
    accept_terms(client)
    idp.down = True
    cache.clear()
    assert (client.post("/compte/logout/")["Location"], is_signed_in(client)) == ("/", False)


def test_who_signed_in_by_password_signs_out_here_only(client: Client, idp: IdentityProvider) -> None:
    member()
    log_in(client)
    assert client.post("/compte/logout/")["Location"] == "/"


def test_what_opens_an_account_is_shown_and_removed_by_its_owner(
    client: Client, idp: IdentityProvider
) -> None:
    member()
    pass_through(client, idp)
    log_in(client)
    page = client.get("/compte/3rdparty/")
    [row] = page.context["form"].accounts
    assert (page.status_code, EMAIL in page.content.decode()) == (200, True)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/compte/3rdparty/", {"account": row.pk})
    assert SocialAccount.objects.count() == 0


# ---------------------------------------------------------------- the environment
WHOLE = {
    "OIDC_PROVIDER_ID": "proconnect",
    "OIDC_PROVIDER_NAME": "ProConnect",
    "OIDC_PROVIDER_SERVER_URL": "https://pc.example/api/v2",
    "OIDC_PROVIDER_CLIENT_ID": "x",
    "OIDC_PROVIDER_CLIENT_SECRET": "y",
}


def read(**environment: str) -> Any:
    with patch.dict("os.environ", environment):
        return read_provider(Env())


def test_nothing_in_the_environment_is_no_provider() -> None:
    assert read() == ({}, "")


def test_a_provider_and_where_forms_may_lead() -> None:
    found, origin = read(**WHOLE)
    [app] = found["oidc"]["APPS"]
    assert (origin, app["provider_id"], app["settings"]["kind"]) == (
        "https://pc.example",
        "proconnect",
        "generic",
    )


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_half_a_provider_stops_the_site_and_says_what_is_missing(missing: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=missing):
        read(**{name: value for name, value in WHOLE.items() if name != missing})


def test_an_unknown_kind_and_a_plain_address_stop_it_too() -> None:
    with pytest.raises(ImproperlyConfigured, match="generic, proconnect"):
        read(**WHOLE, OIDC_PROVIDER_KIND="facebook")
    with pytest.raises(ImproperlyConfigured, match="https"):
        read(**{**WHOLE, "OIDC_PROVIDER_SERVER_URL": "http://pc.example"})
