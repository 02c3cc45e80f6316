"""Every screen of this part × every role, GET and POST: what is expected and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse, reverse_lazy

from members.models import JoinRequest, Organisation, Person, Step
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.members.admin.team import account, member, reported, staff, working

pytestmark = pytest.mark.django_db
E, M, F, A = Role.EDITOR, Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR
ALL, COMPANIES, REPORTS, ACCOUNTS, ONLY_A = {E, M, F, A}, {F, A}, {M, A}, {M, F, A}, {A}


@dataclass(frozen=True)
class Scene:
    """One of everything that these addresses name."""

    arguments: dict[str, list[Any]]


@pytest.fixture
def scene() -> Scene:
    organisation: Organisation = OrganisationFactory(name="Ruche", slug="ruche")
    twin: Organisation = OrganisationFactory(name="La Ruche", slug="la-ruche")
    member(organisation, role="manager")
    waiting = member(organisation, proved=False)
    request = JoinRequest.objects.create(user=account(), organisation=twin)
    person = Person.objects.create(first_name="Une", organisation=organisation)
    step = Step.objects.create(organisation=organisation, kind="note", text="Vu")
    of_one, pair = [organisation.pk, waiting.pk], [organisation.pk, twin.pk]
    return Scene(
        {
            "organisation": [organisation.pk],
            "membership": of_one,
            "request": [request.pk],
            "person": [person.pk],
            "step": [step.pk],
            "account": [account().pk],
            "staff": [staff(Role.EDITOR).pk],
            "report": [reported().pk],
            "pair": pair,
            "": [],
        }
    )


# address, its argument, who reads it, who may post to it (None: nobody, 405)
VIEWS: list[tuple[str, str, set[Role], set[Role] | None]] = [
    ("admin_organisations:index", "", ALL, None),
    ("admin_organisations:index_results", "", ALL, None),
    ("admin_organisations:add", "", {E, F, A}, {E, F, A}),
    ("admin_organisations:edit", "organisation", ALL, ALL),
    ("admin_organisations:inspect", "organisation", ALL, None),
    ("admin_organisations:history", "organisation", ALL, None),
    ("admin_organisations:usage", "organisation", ALL, None),
    ("admin_organisations:delete", "organisation", ONLY_A, ONLY_A),
    ("admin_organisations:call", "membership", COMPANIES, COMPANIES),
    ("admin_organisations:role", "membership", COMPANIES, COMPANIES),
    ("admin_organisations:remove", "membership", COMPANIES, COMPANIES),
    ("admin_organisations:transfer", "organisation", COMPANIES, COMPANIES),
    ("admin_organisations:step", "organisation", COMPANIES, COMPANIES),
    ("admin_join_requests:index", "", COMPANIES, None),
    ("admin_join_requests:inspect", "request", COMPANIES, None),
    ("admin_join_requests:accept", "request", COMPANIES, COMPANIES),
    ("admin_join_requests:refuse", "request", COMPANIES, COMPANIES),
    ("admin_people:index", "", COMPANIES, None),
    ("admin_people:add", "", COMPANIES, COMPANIES),
    ("admin_people:edit", "person", COMPANIES, COMPANIES),
    ("admin_people:delete", "person", ONLY_A, ONLY_A),
    ("admin_steps:index", "", COMPANIES, None),
    ("admin_steps:edit", "step", COMPANIES, COMPANIES),
    ("admin_steps:delete", "step", COMPANIES, COMPANIES),
    ("admin_duplicates:index", "", COMPANIES, None),
    ("admin_duplicates:compare", "pair", COMPANIES, COMPANIES),
    ("admin_duplicates:distinct", "pair", set(), COMPANIES),
    ("admin_reported_messages:index", "", REPORTS, None),
    ("admin_reported_messages:inspect", "report", REPORTS, None),
    ("admin_reported_messages:decide", "report", REPORTS, REPORTS),
    ("admin_accounts:index", "", ACCOUNTS, None),
    ("admin_accounts:inspect", "account", ACCOUNTS, None),
    ("admin_accounts:suspend", "account", REPORTS, REPORTS),
    ("admin_accounts:suspend", "staff", ONLY_A, ONLY_A),
    ("admin_accounts:reactivate", "account", REPORTS, REPORTS),
    ("admin_accounts:verification", "account", ACCOUNTS, ACCOUNTS),
    ("admin_accounts:second-factor", "account", ONLY_A, ONLY_A),
    ("admin_accounts:roles", "account", ONLY_A, ONLY_A),
    ("wagtailusers_users:index", "", ONLY_A, None),
    ("wagtailusers_users:add", "", ONLY_A, ONLY_A),
    ("wagtailusers_users:edit", "account", ONLY_A, None),
    ("wagtailusers_groups:index", "", ONLY_A, None),
]
HOME = reverse_lazy("wagtailadmin_home")


def outcome(response: Any) -> str:
    """What somebody meets; the admin leads whom it refuses back to the dashboard."""
    if response.status_code == 302:
        return "refused" if response["Location"] == HOME else "done"
    return {200: "shown", 405: "not this way", 409: "kept", 404: "not there"}[response.status_code]


def ask(scene: Scene, role: Role, method: str) -> dict[tuple[str, str], str]:
    """What a role is answered everywhere. Whatever is written is undone."""
    client, found = working(role), {}
    for name, about, _readers, _writers in VIEWS:
        with transaction.atomic():
            url = reverse(name, args=scene.arguments[about])
            found[name, about] = outcome(getattr(client, method)(url))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_what_is_its_affair_and_is_refused_the_rest(scene: Scene, role: Role) -> None:
    shown = {"wagtailusers_users:edit": "done", "admin_duplicates:distinct": "not this way"}
    expected = {
        (name, about): shown.get(name, "shown") if role in (readers or writers or ()) else "refused"
        for name, about, readers, writers in VIEWS
    }
    assert ask(scene, role, "get") == expected


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_where_it_is_not_their_affair(scene: Scene, role: Role) -> None:
    """An empty form is shown again, or was all that is asked for; who may not is refused before."""
    found = ask(scene, role, "post")
    for name, about, readers, writers in VIEWS:
        if writers is None:
            allowed = {"not this way"} if role in readers else {"refused"}
        else:
            allowed = {"shown", "done", "kept"} if role in writers else {"refused"}
        assert found[name, about] in allowed, name


@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_nothing_is_done_to_accounts_in_bulk(action: str) -> None:
    client, other = working(A), account()
    url = f"/admin/bulk/members/user/{action}/?id={other.pk}"
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


@pytest.mark.parametrize("path", ["edit/{pk}/", "delete/{pk}/", "history/{pk}/", "copy/{pk}/", "usage/{pk}/"])
def test_the_views_of_wagtail_that_ours_replace_are_gone(path: str) -> None:
    other = account()
    response = working(A).post(f"/admin/users/{path.format(pk=other.pk)}", {"is_superuser": "on"})
    assert response.status_code in {404, 405}
    other.refresh_from_db()
    assert (other.is_superuser, other.is_active) == (False, True)


@pytest.mark.parametrize("name", ["call", "role", "remove"])
def test_a_membership_is_looked_up_in_the_organisation_of_the_address(name: str) -> None:
    row, other = member(OrganisationFactory(), proved=False), OrganisationFactory()
    url = reverse(f"admin_organisations:{name}", args=[other.pk, row.pk])
    assert working(F).post(url, {"role": "manager", "reason": "-"}).status_code == 404


def test_a_step_that_the_site_wrote_has_no_form() -> None:
    step = Step.objects.create(
        organisation=OrganisationFactory(), kind="note", text="Vu", source="events.event:1"
    )
    client = working(A)
    urls = [reverse(f"admin_steps:{name}", args=[step.pk]) for name in ("edit", "delete")]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert [client.post(url).status_code for url in urls] == [404, 404]
