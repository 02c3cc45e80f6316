"""Every page of accounts is ours, is kept by nobody, and can be read in the three languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import URLPattern, URLResolver, resolve

from members.models import User
from tests.factories.site import Tree
from tests.members.joining.steps import EMAIL, PASSWORD, give_app, log_in, member, sign_up
from tests.members.joining.test_passkeys import add_passkey

LANGUAGES = ("", "/en", "/nl")


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


def visitor(client: Client) -> None:
    pass


def newcomer(client: Client) -> None:
    sign_up(client)


def hurried(client: Client) -> None:
    sign_up(client, seconds=-30)


def forgetful(client: Client) -> None:
    member()
    client.post("/compte/password/reset/", {"email": EMAIL})


def half_way(client: Client) -> None:
    give_app(member())
    log_in(client)


def proved(client: Client) -> None:
    member()
    log_in(client)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})


def without_password(client: Client) -> None:
    user = member()
    user.set_unusable_password()
    user.save()
    client.force_login(user)


def equipped(client: Client) -> None:
    proved(client)
    add_passkey(client)
    user = User.objects.get(email=EMAIL)
    give_app(user)
    RecoveryCodes.activate(user)


PAGES: list[tuple[str, Callable[[Client], None]]] = [
    ("login/", visitor),
    ("signup/", visitor),
    ("signup/passkey/", visitor),
    ("signup/gesture/", hurried),
    ("confirm-email/", newcomer),
    ("password/reset/", visitor),
    ("password/reset/confirm/", forgetful),
    ("password/reset/done/", visitor),
    ("password/reset/key/1/abc-def/", visitor),
    ("inactive/", visitor),
    ("logout/", proved),
    ("reauthenticate/", proved),
    ("email/", proved),
    ("password/change/", proved),
    ("password/set/", without_password),
    ("sessions/", proved),
    ("2fa/", proved),
    ("2fa/", equipped),
    ("2fa/authenticate/", half_way),
    ("2fa/reauthenticate/", equipped),
    ("2fa/webauthn/reauthenticate/", equipped),
    ("2fa/totp/activate/", proved),
    ("2fa/totp/deactivate/", equipped),
    ("2fa/recovery-codes/", equipped),
    ("2fa/recovery-codes/generate/", equipped),
    ("2fa/recovery-codes/download/", equipped),
    ("2fa/webauthn/", equipped),
    ("2fa/webauthn/", proved),
    ("2fa/webauthn/add/", proved),
    ("3rdparty/login/cancelled/", visitor),
]


def name(value: Any) -> str:
    return getattr(value, "__name__", str(value))


@pytest.mark.parametrize(("path", "who"), PAGES, ids=name)
def test_a_page_is_ours_and_kept_by_nobody(client: Client, path: str, who: Callable[[Client], None]) -> None:
    who(client)
    for language in LANGUAGES:
        response = client.get(f"{language}/compte/{path}", secure=True)
        assert (response.status_code, response["Cache-Control"], response["Referrer-Policy"]) == (
            200,
            "private, no-store",
            "same-origin",
        )
        html = response.content.decode()
        if response["Content-Type"].startswith("text/html"):
            assert (len(re.findall(r"<h1[ >]", html)), '<meta name="robots" content="noindex">' in html) == (
                1,
                True,
            )
            assert re.search(r"<title>\s*–", html) is None


def test_a_refused_form_says_so_in_its_title_and_at_its_top(client: Client) -> None:
    html = client.post("/compte/login/", {"login": "", "password": ""}).content.decode()
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title is not None
    assert (
        re.findall(r'<a href="#(\w+)">', html.split('id="errors"')[1].split("</div>")[0]),
        "–" in title[1],
    ) == (
        ["id_login", "id_password"],
        True,
    )


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/"])
def test_each_field_has_a_label_and_says_what_it_is_to_browsers(client: Client, path: str) -> None:
    html = client.get(f"/compte/{path}").content.decode().split("<main")[1].split("</main>")[0]
    fields = re.findall(r'<input type="(?:text|email|password)"[^>]*>', html)
    labels = set(re.findall(r'<label for="([^"]+)"', html))
    assert [field for field in fields if re.search(r'id="([^"]+)"', field)[1] not in labels] == []  # type: ignore[index]
    assert [field for field in fields if "autocomplete=" not in field] == []


def names(patterns: list[Any]) -> list[str]:
    """The names of all addresses, those of included modules too."""
    found: list[str] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found += names(entry.url_patterns)
        elif isinstance(entry, URLPattern) and entry.name:
            found.append(str(entry.name))
    return found


# Names of allauth that lead to none of our pages: not switched on, or without a page of their own.
UNSEEN = {
    "account_confirm_login_code",
    "account_complete_password_reset",
    "account_start_again",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "mfa_remove_webauthn",
    "mfa_signup_webauthn",
    "mfa_trust",
    "oidc_callback",
    "oidc_login",
    "socialaccount_connections",
    "socialaccount_login_error",
    "socialaccount_signup",
}


def test_no_page_of_accounts_is_left_out_of_these_tests() -> None:
    patterns = [
        *import_module("allauth.urls").urlpatterns,
        *import_module("members.joining.urls").urlpatterns,
    ]
    seen = {str(resolve(f"/compte/{path}").url_name) for path, _who in PAGES}
    assert sorted(set(names(patterns)) - seen - UNSEEN) == []


def test_recovery_codes_can_be_downloaded(client: Client) -> None:
    equipped(client)
    response = client.get("/compte/2fa/recovery-codes/download/")
    row = Authenticator.objects.get(type="recovery_codes")
    codes = row.wrap().get_unused_codes()
    text = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert [f"{code[:4]} {code[4:]}" in text for code in codes] == [True] * 10


def test_there_is_no_page_of_other_services_where_there_is_none(client: Client) -> None:
    proved(client)
    assert client.get("/compte/3rdparty/").status_code == 404
