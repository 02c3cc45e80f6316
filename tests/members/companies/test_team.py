"""A company as its members see it, and who may touch what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.companies import invitations
from members.companies.founding import found_company
from members.models import Invitation, JoinRequest, Membership, OrganisationDomain, User
from tests.members.companies.people import belonging, company, manager_of, person
from tests.members.companies.test_representation import code_received

pytestmark = pytest.mark.django_db
MEMBER, MANAGER = Membership.Role.MEMBER, Membership.Role.MANAGER
HOME = "/en/espace/entreprise/filature/"


@pytest.fixture
def boss(client: Client, tree: object) -> User:
    user = manager_of(company(slug="filature", name="Filature"))
    client.force_login(user)
    return user


def the_company() -> Any:
    return Membership.objects.order_by("pk")[0].organisation


def asked(**fields: Any) -> JoinRequest:
    return JoinRequest.objects.create(
        **{"user": person("Sacha Petit"), "organisation": the_company(), **fields}
    )


def test_a_manager_accepts_from_the_page_of_the_company(client: Client, boss: User) -> None:
    row = asked()
    assert client.get(HOME).context["requests"] == [row]
    assert client.get(f"{HOME}demandes/{row.public_id}/accepter/").status_code == 405
    assert client.post(f"{HOME}demandes/{row.public_id}/accepter/")["Location"] == HOME
    assert Membership.objects.confirmed().filter(user=row.user).count() == 1


def test_refusing_asks_once_more(client: Client, boss: User) -> None:
    row = asked()
    path = f"{HOME}demandes/{row.public_id}/refuser/"
    assert client.get(path).status_code == 200
    assert JoinRequest.objects.get().state == "pending"
    client.post(path, {"reason": "Nous ne vous connaissons pas."})
    assert JoinRequest.objects.get().state == "refused"


def test_inviting_sending_again_and_taking_back(client: Client, boss: User) -> None:
    form = {"email": "camille@filature.example", "role": "manager", "language": "fr"}
    assert client.post(f"{HOME}inviter/", form)["Location"] == HOME
    row = Invitation.objects.get()
    client.post(f"{HOME}invitations/{row.public_id}/", {"action": "resend"})
    assert Invitation.objects.get().token_hash != row.token_hash
    client.post(f"{HOME}invitations/{row.public_id}/", {"action": "revoke"})
    assert Invitation.objects.get().revoked_at is not None


def test_an_invitation_that_is_refused_says_why_beside_the_address(client: Client, boss: User) -> None:
    response = client.post(f"{HOME}inviter/", {"email": "camille", "role": "owner", "language": "xx"})
    assert {name: len(found) for name, found in response.context["form"].errors.items()} == {
        "email": 1,
        "role": 1,
        "language": 1,
    }


def test_a_colleague_gets_another_role_and_is_taken_out(client: Client, boss: User) -> None:
    row = belonging(person(), the_company(), role=MEMBER)
    path = f"{HOME}equipe/{row.user.profile.public_id}/"
    client.post(path, {"action": "role", "role": "manager"})
    assert Membership.objects.get(pk=row.pk).role == MANAGER
    client.post(path, {"action": "remove"})
    assert Membership.objects.get(pk=row.pk).left_at is not None
    assert client.get(path).status_code == 404


def test_a_colleague_to_be_confirmed_is_vouched_for(client: Client, boss: User) -> None:
    row = belonging(person(), the_company(), confirmed=False)
    client.post(f"{HOME}equipe/{row.user.profile.public_id}/", {"action": "confirm"})
    assert Membership.objects.get(pk=row.pk).confirmation == "accepted"


def test_leaving_hands_over_where_it_must(client: Client, boss: User) -> None:
    row = belonging(person(), the_company(), role=MEMBER)
    response = client.post(f"{HOME}quitter/", {"successor": person().profile.public_id})
    assert list(response.context["form"].errors) == ["successor"]
    assert client.post(f"{HOME}quitter/", {"successor": row.user.profile.public_id})["Location"] == (
        "/en/espace/entreprise/"
    )
    assert [m.user for m in Membership.objects.managers()] == [row.user]


def test_words_of_people_are_words(client: Client, boss: User) -> None:
    script = "<script>alert(1)</script>"
    organisation = the_company()
    for name in ("name", "summary", "presentation"):
        setattr(organisation, name, script)
    organisation.save()
    asked(user=person(f"{script} {script}", job_title=script), message=f"{script}\n{script}")
    belonging(person(f"{script} X", job_title=script), organisation, role=MEMBER)
    colleague = Membership.objects.order_by("-pk")[0].user.profile.public_id
    paths_shown = (
        HOME,
        f"{HOME}modifier/",
        f"{HOME}quitter/",
        f"{HOME}equipe/{colleague}/",
        "/entreprises/filature/",
    )
    assert [script in client.get(path).content.decode() for path in paths_shown] == [False] * 5


PAGES = (
    *("", "modifier/", "logo/", "confirmer/", "quitter/", "inviter/"),
    *("equipe/{colleague}/", "demandes/{asked}/refuser/"),
)
ACTIONS = ("demandes/{asked}/accepter/", "invitations/{invited}/", *PAGES[1:])


def paths(names: tuple[str, ...]) -> list[str]:
    organisation = the_company()
    colleague = belonging(person(), organisation, role=MEMBER)
    invited = invitations.invite(
        organisation, "x@filature.example", MEMBER, organisation.memberships.first().user
    )
    known = {
        "colleague": colleague.user.profile.public_id,
        "asked": asked().public_id,
        "invited": invited.public_id,
    }
    return [HOME + name.format(**known) for name in names]


def test_people_of_another_company_find_nothing_here(client: Client, boss: User) -> None:
    found = paths((*PAGES, *ACTIONS))
    client.force_login(manager_of(company()))
    assert {client.get(path).status_code for path in found[: len(PAGES)]} == {404}
    assert {client.post(path).status_code for path in found[len(PAGES) :]} == {404}


def test_a_member_reads_the_page_and_decides_nothing(client: Client, boss: User) -> None:
    found = paths(ACTIONS)
    member = belonging(person(), the_company(), role=MEMBER)
    client.force_login(member.user)
    page = client.get(HOME)
    assert [page.context[name] for name in ("manages", "may_edit", "requests", "invitations")] == [
        False,
        False,
        [],
        [],
    ]
    assert {path.removeprefix(HOME).split("/")[0]: client.post(path).status_code for path in found} == {
        "demandes": 404,
        "invitations": 404,
        "modifier": 302,
        "logo": 404,
        "confirmer": 302,
        "quitter": 302,
        "inviter": 404,
        "equipe": 404,
    }


def test_ids_of_another_company_are_not_mine_to_touch(client: Client, boss: User) -> None:
    other = company()
    manager_of(other)
    row = asked(organisation=other)
    stranger = belonging(person(), other, role=MEMBER)
    invited = Invitation.objects.create(
        organisation=other, email="y@example.org", token_hash="y", expires_at=row.created_at
    )
    touched = [
        f"{HOME}demandes/{row.public_id}/accepter/",
        f"{HOME}demandes/{row.public_id}/refuser/",
        f"{HOME}invitations/{invited.public_id}/",
        f"{HOME}equipe/{stranger.user.profile.public_id}/",
    ]
    assert [client.post(path, {"action": "remove"}).status_code for path in touched] == [404] * 4


def test_a_founder_sees_what_is_possible_and_proves_it_by_a_code(client: Client, tree: object) -> None:
    founder = found_company(person(language="en"), {"name": "Filature"})
    client.force_login(founder.user)
    page = client.get(HOME)
    assert [page.context[name] for name in ("to_confirm", "manages", "may_edit")] == [True, False, True]
    assert [client.get(f"{HOME}{name}/").status_code for name in ("inviter", "logo", "modifier")] == [
        404,
        404,
        200,
    ]
    confirm = f"{HOME}confirmer/"
    assert client.get(confirm).context["domains"] == []
    OrganisationDomain.objects.create(organisation=founder.organisation, domain="filature.example")
    response = client.post(confirm, {"action": "send", "email": "camille@gmail.com"})
    assert list(response.context["address_form"].errors) == ["email"]
    assert (
        client.post(confirm, {"action": "send", "email": "camille@filature.example"})["Location"] == confirm
    )
    response = client.post(confirm, {"action": "code", "code": "x"})
    assert list(map(str, response.context["code_form"].errors["code"])) == [
        "This is not the code that was sent. Check its eight digits."
    ]
    assert client.post(confirm, {"action": "code", "code": code_received()})["Location"] == HOME
    assert client.get(confirm)["Location"] == HOME


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_company_costs_the_same_however_many_it_names(
    client: Client, boss: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation = the_company()
    for number in range(count):
        belonging(person(), organisation, role=MEMBER)
        asked()
        invitations.invite(organisation, f"{number}@filature.example", MEMBER, boss)
    client.get(HOME)
    with django_assert_num_queries(9):
        client.get(HOME)
