from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from members import oversight
from members.models import Person, User
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.home.admin_session import texts
from tests.members.admin.team import account, member, queries_of, staff, working
from tests.members.test_oversight import letters

pytestmark = pytest.mark.django_db


def page(user: User) -> str:
    return reverse("admin_accounts:inspect", args=[user.pk])


def test_accounts_are_listed_by_state_proof_and_team() -> None:
    in_use, suspended, unverified = account(), account(is_active=False), account(verified=False)
    client = working(Role.ADMINISTRATOR)
    me: User = client.user  # type: ignore[attr-defined]
    url = reverse("admin_accounts:index")
    found = {
        query: {row.pk for row in client.get(f"{url}?{query}").context["object_list"]}
        for query in ("state=suspended", "verified=true", "team=true", "state=erased")
    }
    assert found == {
        "state=suspended": {suspended.pk},
        "verified=true": {in_use.pk, suspended.pk},
        "team=true": {me.pk},
        "state=erased": set(),
    }
    assert unverified.pk in {row.pk for row in client.get(url).context["object_list"]}


@pytest.mark.parametrize("name", ["admin_accounts:index", "wagtailusers_users:index", "admin_people:index"])
def test_lists_cost_the_same_with_one_and_with_three(name: str) -> None:
    client, url = working(Role.ADMINISTRATOR), reverse(name)

    def one_more() -> None:
        staff(Role.EDITOR)
        Person.objects.create(last_name="Une", organisation=OrganisationFactory(), user=account())

    one_more()
    with_one = queries_of(client, url)
    one_more()
    one_more()
    assert queries_of(client, url) == with_one


def test_no_secret_of_an_account_is_shown() -> None:
    user = account()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "une-graine"})
    html = working(Role.ADMINISTRATOR).get(page(user)).content.decode()
    assert [secret for secret in ("JBSWY3DPEHPK3PXP", "une-graine", user.password) if secret in html] == []


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.FACILITATOR, []),
        (Role.MODERATOR, ["Suspend the account"]),
        (Role.ADMINISTRATOR, ["Suspend the account", "Remove the second factor", "Change the roles"]),
    ],
)
def test_only_what_one_may_do_is_offered(role: Role, offered: list[str]) -> None:
    user = account()
    Authenticator.objects.create(user=user, type="totp", data={})
    actions = working(role).get(page(user)).context["actions"]
    with override("en"):
        assert [str(label) for label, _url, _serious in actions] == offered


def test_an_act_keeps_its_reason_and_the_page_shows_it() -> None:
    user, client = account(), working(Role.ADMINISTRATOR)
    url = reverse("admin_accounts:suspend", args=[user.pk])
    assert "reason" in client.post(url, {"reason": ""}).context["form"].errors
    response = client.post(url, {"reason": "Usurpation signalée"})
    assert response["Location"] == page(user)
    html = client.get(page(user)).content.decode()
    assert texts(html, "step__text") == ["Usurpation signalée"]
    assert texts(html, "step__kind") == ["Account suspended"]


def test_an_act_that_no_longer_makes_sense_says_why() -> None:
    user, client = account(is_active=False), working(Role.ADMINISTRATOR)
    response = client.post(reverse("admin_accounts:suspend", args=[user.pk]), {"reason": "-"})
    assert response.context["form"].non_field_errors() == ["This account is suspended already."]


def test_what_an_account_acts_for_is_shown_to_facilitators_only() -> None:
    row = member(OrganisationFactory(name="Ruche"))
    shown = [
        "Ruche" in working(role).get(page(row.user)).content.decode()
        for role in (Role.MODERATOR, Role.FACILITATOR)
    ]
    assert shown == [False, True]


# ---------------------------------------------------------------- the team
def test_the_team_is_who_has_a_role() -> None:
    account()
    client = working(Role.ADMINISTRATOR)
    me: User = client.user  # type: ignore[attr-defined]
    other = staff(Role.EDITOR)
    rows = client.get(reverse("wagtailusers_users:index")).context["object_list"]
    assert {row.pk for row in rows} == {me.pk, other.pk}


def test_somebody_is_invited_without_a_password_being_typed() -> None:
    client = working(Role.ADMINISTRATOR)
    url = reverse("wagtailusers_users:add")
    fields = list(client.get(url).context["form"].fields)
    group = Group.objects.get(name=Role.EDITOR.group)
    client.post(
        url,
        {
            "email": "alix@example.org",
            "first_name": "Alix",
            "last_name": "Exemple",
            "roles": [group.pk],
            "is_superuser": "on",
            "password1": "typed-by-somebody-else",
        },
    )
    user = User.objects.get(email="alix@example.org")
    assert fields == ["email", "first_name", "last_name", "roles"]
    assert (user.has_usable_password(), user.is_superuser, list(user.groups.all())) == (False, False, [group])


def test_the_history_of_wagtail_leads_to_the_account() -> None:
    user = account()
    response = working(Role.ADMINISTRATOR).get(reverse("wagtailusers_users:edit", args=[user.pk]))
    assert response["Location"] == page(user)


def test_roles_are_given_and_taken_on_their_own_page() -> None:
    user, client = staff(Role.EDITOR), working(Role.ADMINISTRATOR)
    url = reverse("admin_accounts:roles", args=[user.pk])
    group = Group.objects.get(name=Role.FACILITATOR.group)
    client.post(url, {"roles": [group.pk]})
    assert list(user.groups.all()) == [group]
    assert (ModelLogEntry.objects.get().action, len(letters(user))) == ("members.change_roles", 1)


def test_an_erased_account_is_left_alone(db: None) -> None:
    user: Any = account()
    User.objects.filter(pk=user.pk).update(is_active=False, anonymised_at=user.date_joined, first_name="")
    client = working(Role.ADMINISTRATOR)
    url = reverse("admin_accounts:reactivate", args=[user.pk])
    assert client.post(url, {"reason": "-"}).status_code == 404
    user.refresh_from_db()
    assert not oversight.may_suspend(client.user, user)  # type: ignore[attr-defined]
