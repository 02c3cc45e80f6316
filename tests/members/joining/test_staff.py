"""No way into the admin without a second factor; no loop for anybody."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group, Permission
from django.test import Client, RequestFactory, override_settings

from members.joining import arrival
from members.models import User
from members.staff import missing_step
from tests.factories.site import Tree
from tests.members.joining.steps import (
    EMAIL,
    PASSWORD,
    SECRET,
    app_code,
    code_sent,
    give_app,
    is_signed_in,
    log_in,
    member,
)

MOST_STEPS = 8


@pytest.fixture(autouse=True)
def _site(tree: Tree) -> None:
    """Pages have a header and a footer."""


@pytest.fixture
def staff() -> User:
    """Somebody who may enter the admin, and has set nothing up."""
    group = Group.objects.create(name="Équipe")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user = member()
    user.groups.add(group)
    return user


def give_passkey(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Ma clé", "credential": {}}
    )


def go(client: Client, path: str) -> tuple[list[str], Any]:
    """Follow redirects; the paths passed through, and the last answer."""
    passed: list[str] = []
    response = client.get(path)
    while response.status_code in (301, 302):
        path = response["Location"]
        passed.append(path.partition("?")[0])
        assert len(passed) < MOST_STEPS, f"a loop: {passed}"
        response = client.get(path)
    return passed, response


GUARDED = ["/admin/", "/admin/pages/", "/admin/users/", "/admin/reports/", "/django-admin/"]
SHADOWED = [
    "/admin/login/",
    "/admin/password_reset/",
    "/django-admin/login/",
    "/_util/login/",
    "/en/_util/login/",
    "/nl/_util/login/",
]


@pytest.mark.parametrize("path", GUARDED)
def test_a_visitor_is_led_to_sign_in_and_back(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/compte/login/?next={path}")


@pytest.mark.parametrize("path", GUARDED)
def test_a_member_is_refused_clearly(client: Client, path: str) -> None:
    client.force_login(member())
    passed, response = go(client, path)
    assert (passed, response.status_code, response.templates[0].name) == ([], 403, "403.html")


@pytest.mark.parametrize("path", GUARDED)
def test_a_member_who_signs_in_on_the_way_is_refused_and_not_sent_round(client: Client, path: str) -> None:
    member()
    after = log_in(client, next=path)["Location"]
    passed, response = go(client, after)
    assert (after, passed, response.status_code) == (path, [], 403)


@pytest.mark.parametrize("path", SHADOWED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_that_know_no_second_factor_are_not_served(client: Client, path: str, method: str) -> None:
    give_app(member(is_staff=True, is_superuser=True))
    form = {"username": EMAIL, "email": EMAIL, "login": EMAIL, "password": PASSWORD}
    response = getattr(client, method)(path, form)
    led_to = response["Location"].partition("?")[0]
    assert (response.status_code, led_to[-14:], is_signed_in(client)) == (302, "/compte/login/", False)


@pytest.mark.parametrize("path", SHADOWED)
def test_a_member_on_such_a_page_does_not_go_round(client: Client, path: str) -> None:
    client.force_login(member())
    assert go(client, path)[1].status_code == 403


def test_staff_without_a_second_factor_are_led_to_set_one_up(client: Client, staff: User) -> None:
    log_in(client)
    passed, response = go(client, "/admin/")
    assert (passed, response.status_code) == (["/compte/2fa/"], 200)


def test_an_administrator_is_nobody_without_it(client: Client) -> None:
    member(is_staff=True, is_superuser=True)
    log_in(client)
    assert go(client, "/admin/")[0] == ["/compte/2fa/"]


def test_setting_an_app_up_opens_the_admin_at_once(client: Client, staff: User, rf: RequestFactory) -> None:
    log_in(client)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/compte/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    led_to = client.post("/compte/2fa/totp/activate/", {"code": code})["Location"]
    assert (led_to, Authenticator.objects.filter(user=staff, type="totp").count()) == (
        "/compte/2fa/recovery-codes/",
        1,
    )
    # allauth tells of it when the transaction commits: after the response, in a test.
    request = rf.get("/")
    request.session, request.user = client.session, staff
    assert missing_step(request, staff) == "mfa_reauthenticate"
    arrival.on_factor_added(request, staff, Authenticator.objects.get(user=staff, type="totp"))
    assert missing_step(request, staff) is None


def test_a_password_and_the_code_of_an_app_open_it(client: Client, staff: User) -> None:
    give_app(staff)
    assert log_in(client, next="/admin/")["Location"] == "/compte/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    done = client.post("/compte/2fa/authenticate/", {"code": app_code(staff)})
    assert (done["Location"], client.get("/admin/").status_code) == ("/admin/", 200)


def test_a_recovery_code_opens_it(client: Client, staff: User) -> None:
    give_app(staff)
    code = RecoveryCodes.activate(staff).get_unused_codes()[0]
    log_in(client)
    client.post("/compte/2fa/authenticate/", {"code": code})
    assert client.get("/admin/").status_code == 200


def signed_in(client: Client, user: User, **record: Any) -> None:
    """A session whose way in was this one."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"at": time.time(), **record}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def test_a_passkey_counts_as_a_second_factor(client: Client, staff: User) -> None:
    give_passkey(staff)
    signed_in(client, staff, method="mfa", type="webauthn", passwordless=True)
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_the_second_factor_is_asked_for_it(client: Client, staff: User) -> None:
    log_in(client, remember="on")
    give_app(staff)
    passed, response = go(client, "/admin/")
    assert (passed, response.status_code) == (["/compte/2fa/reauthenticate/"], 200)
    done = client.post("/compte/2fa/reauthenticate/", {"code": app_code(staff), "next": "/admin/"})
    assert (done["Location"], client.get("/admin/").status_code) == ("/admin/", 200)


def test_a_session_of_somebody_else_proves_nothing(client: Client, staff: User) -> None:
    give_app(staff)
    signed_in(client, staff, method="mfa")
    session = client.session
    session["account_authentication_methods_user"] = str(staff.pk + 1)
    session.save()
    assert client.get("/admin/").status_code == 302


def test_removing_it_closes_the_door(client: Client, staff: User) -> None:
    app = give_app(staff)
    signed_in(client, staff, method="mfa")
    assert client.get("/admin/").status_code == 200
    app.delete()
    assert go(client, "/admin/")[0] == ["/compte/2fa/"]


def test_a_new_password_does_not_open_it(client: Client, staff: User) -> None:
    client.post("/compte/password/reset/", {"email": EMAIL})
    client.post("/compte/password/reset/confirm/", {"code": code_sent()})
    client.post("/compte/password/reset/complete/", {"password1": "Encore une carte, la 15e !"})
    assert (is_signed_in(client), go(client, "/admin/")[0]) == (True, ["/compte/2fa/"])


def test_who_lost_the_right_is_refused(client: Client, staff: User) -> None:
    give_app(staff)
    signed_in(client, staff, method="mfa")
    staff.groups.clear()
    assert client.get("/admin/").status_code == 403


def test_nothing_of_the_admin_is_kept_by_anybody(client: Client, staff: User) -> None:
    give_app(staff)
    kept = [client.get("/admin/")["Cache-Control"]]
    signed_in(client, staff, method="mfa")
    kept.append(client.get("/admin/")["Cache-Control"])
    assert kept == ["private, no-store"] * 2


def test_secrets_are_encrypted_where_they_lie(staff: User) -> None:
    app = give_app(staff)
    codes = RecoveryCodes.activate(staff)
    assert (app.data["secret"] == SECRET, app.data["secret"].startswith("gAAAA")) == (False, True)
    assert codes.instance.data["seed"].startswith("gAAAA")


@override_settings(MFA_ENCRYPTION_KEYS=["nouvelle", "ancienne"])
def test_a_former_key_still_reads_what_it_wrote(staff: User) -> None:
    with override_settings(MFA_ENCRYPTION_KEYS=["ancienne"]):
        give_app(staff)
    assert len(app_code(staff)) == 6
