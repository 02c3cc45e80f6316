"""What staff do to an account: who may, what happens, which trace and which letter it leaves."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from wagtail.models import ModelLogEntry

from common.models import OutboxMessage
from members import oversight
from members.companies.refusals import AlreadyDecided, NotAllowed
from members.models import User
from members.roles import Role
from tests.factories.shared import UserFactory
from tests.harness.client import StrictClient
from tests.members.admin.team import account, staff
from tests.members.joining import steps

pytestmark = pytest.mark.django_db
E, M, F, A = Role.EDITOR, Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR


def letters(user: User) -> list[str]:
    """The texts of what was written to somebody."""
    rows = [row for row in OutboxMessage.objects.order_by("pk") if row.recipients == [user.email]]
    parsed = [message_from_bytes(bytes(row.source), policy=policy.default) for row in rows]
    return [str(each.get_body(("plain",)).get_content()) for each in parsed]  # type: ignore[union-attr]


def traces(user: User) -> list[tuple[str, Any]]:
    entries = ModelLogEntry.objects.for_instance(user).order_by("pk")
    return list(entries.values_list("action", "user"))


def groups(*roles: Role) -> list[Group]:
    return list(Group.objects.filter(name__in=[role.group for role in roles]))


# ---------------------------------------------------------------- who may
@pytest.mark.parametrize(
    ("by", "suspend", "help_in", "administer"),
    [(E, False, False, False), (M, True, True, False), (F, False, True, False), (A, True, True, True)],
)
def test_each_role_may_do_its_part_to_a_member(
    by: Role, suspend: bool, help_in: bool, administer: bool
) -> None:
    somebody, user = staff(by), account()
    assert (
        oversight.may_suspend(somebody, user),
        oversight.may_help_in(somebody, user),
        oversight.may_administer(somebody, user),
    ) == (suspend, help_in, administer)


def test_nobody_acts_on_themselves_nor_on_who_outranks_them() -> None:
    administrator, moderator, root = staff(A), staff(M), UserFactory(is_superuser=True)
    assert not oversight.may_suspend(administrator, administrator)
    assert not oversight.may_suspend(moderator, administrator)
    assert not oversight.may_administer(administrator, root)
    assert oversight.may_administer(administrator, moderator)
    assert oversight.may_administer(root, administrator)


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: oversight.suspend(user, by, "-"),
        lambda user, by: oversight.reactivate(user, by, "-"),
        lambda user, by: oversight.remove_second_factor(user, by, "-"),
        oversight.resend_verification,
        lambda user, by: oversight.change_roles(user, [], by),
        lambda _user, by: oversight.invite("a@example.org", "A", "B", [], by),
    ],
)
def test_an_editor_may_do_nothing_to_an_account(act: Any) -> None:
    with pytest.raises(NotAllowed):
        act(account(), staff(E))
    assert (ModelLogEntry.objects.count(), OutboxMessage.objects.count()) == (0, 0)


# ---------------------------------------------------------------- suspension
def test_a_suspended_account_is_signed_out_everywhere_and_told_why() -> None:
    user, by = account(), staff(M)
    client = StrictClient()
    client.force_login(user)
    key = client.session.session_key
    UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="Firefox")
    oversight.suspend(user, by, "Publicité répétée")
    user.refresh_from_db()
    assert (user.is_active, UserSession.objects.count(), Session.objects.count()) == (False, 0, 0)
    assert traces(user) == [("members.suspend", by.pk)]
    assert ["Publicité répétée" in letter for letter in letters(user)] == [True]


def test_a_suspended_account_is_opened_again_and_told() -> None:
    user, by = account(is_active=False), staff(A)
    oversight.reactivate(user, by, "Malentendu")
    user.refresh_from_db()
    assert (user.is_active, traces(user), len(letters(user))) == (True, [("members.reactivate", by.pk)], 1)


def test_nothing_is_done_twice() -> None:
    by = staff(A)
    with pytest.raises(AlreadyDecided):
        oversight.suspend(account(is_active=False), by, "-")
    with pytest.raises(AlreadyDecided):
        oversight.reactivate(account(), by, "-")
    with pytest.raises(AlreadyDecided):
        oversight.remove_second_factor(account(), by, "-")
    with pytest.raises(AlreadyDecided):
        oversight.resend_verification(account(), by)


# ---------------------------------------------------------------- the way in
def test_a_lost_second_factor_is_taken_away_after_a_check_and_told() -> None:
    user, by = account(), staff(A)
    for kind in ("totp", "webauthn", "recovery_codes"):
        Authenticator.objects.create(user=user, type=kind, data={})
    assert oversight.remove_second_factor(user, by, "Appelée au standard de l’entreprise") == 3
    assert Authenticator.objects.filter(user=user).count() == 0
    assert traces(user) == [("members.remove_second_factor", by.pk)]
    letter = letters(user)[0]
    assert "standard" not in letter


def test_somebody_who_never_verified_the_address_is_told_how_to() -> None:
    user, by = account(verified=False), staff(F)
    oversight.resend_verification(user, by)
    assert (traces(user), ["/compte/login/" in letter for letter in letters(user)]) == (
        [("members.resend_verification", by.pk)],
        [True],
    )


# ---------------------------------------------------------------- the team
def test_roles_are_changed_with_a_trace_of_both_states() -> None:
    user, by = staff(E), staff(A)
    oversight.change_roles(user, groups(M, F), by)
    entry = ModelLogEntry.objects.get()
    assert (entry.data["before"], entry.data["roles"]) == (["Rédaction"], ["Animation", "Modération"])
    assert sorted(group.name for group in user.groups.all()) == ["Animation", "Modération"]
    assert ["Animation, Modération" in letter for letter in letters(user)] == [True]


def test_roles_that_stay_the_same_leave_nothing() -> None:
    user = staff(E)
    oversight.change_roles(user, groups(E), staff(A))
    assert (ModelLogEntry.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_there_is_always_somebody_who_can_give_roles() -> None:
    root, last = UserFactory(is_superuser=True), staff(A)
    oversight.change_roles(last, [], root)
    again = staff(A)
    User.objects.filter(pk=root.pk).update(is_active=False)
    root.refresh_from_db()
    with pytest.raises(NotAllowed):
        oversight.change_roles(again, groups(E), root)
    with pytest.raises(NotAllowed):
        oversight.suspend(again, root, "-")


def test_who_joins_the_team_chooses_a_password_alone() -> None:
    by = staff(A, language="nl")
    user = oversight.invite("Alix@Example.org", "Alix", "Exemple", groups(F), by)
    assert (user.email, user.has_usable_password(), user.language) == ("alix@example.org", False, "nl")
    assert [group.name for group in user.groups.all()] == ["Animation"]
    assert EmailAddress.objects.get(user=user).verified is False
    assert traces(user) == [("members.invite_staff", by.pk)]
    assert "/compte/password/reset/" in letters(user)[0]


def test_an_address_that_has_an_account_receives_the_roles_and_keeps_its_own() -> None:
    user = staff(E)
    oversight.invite(user.email.upper(), "Autre", "Nom", groups(F), staff(A))
    user.refresh_from_db()
    assert (user.first_name, sorted(group.name for group in user.groups.all())) == (
        "",
        ["Animation", "Rédaction"],
    )


def test_the_way_of_somebody_invited_leads_to_a_second_factor_and_nowhere_else() -> None:
    """A code to the address, a password of one's own, then the door asks for what is missing."""
    user = oversight.invite("alix@example.org", "Alix", "Exemple", groups(F), staff(A))
    client = StrictClient()
    client.post("/compte/password/reset/", {"email": user.email})
    answer = client.post("/compte/password/reset/confirm/", {"code": steps.code_sent(user.email)})
    client.post(answer["Location"], {"password1": steps.PASSWORD, "password2": steps.PASSWORD})
    if not steps.is_verified(user):
        steps.type_code(client, steps.code_sent(user.email))
    assert (steps.is_signed_in(client), steps.is_verified(user)) == (True, True)
    assert client.get("/admin/")["Location"].startswith("/compte/2fa/")
