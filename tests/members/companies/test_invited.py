"""The link of an invitation, with and without an account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.companies import invitations
from members.companies.panel import rows_for
from members.joining import intents
from members.models import Intent, Invitation, JoinRequest, Membership, User
from tests.members.companies.people import belonging, company, manager_of, person
from tests.members.companies.test_invitations import ADDRESS, last_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(tree: object) -> str:
    organisation = company(slug="filature", name="Filature")
    invitations.invite(organisation, ADDRESS, "member", manager_of(organisation, "Alix Martin"))
    return f"/en/espace/invitation/{last_token()}/"


def where(response: Any) -> tuple[int, str]:
    return response.status_code, response.get("Location", "")


def test_opening_the_link_does_nothing(client: Client, link: str) -> None:
    client.force_login(person(email=ADDRESS))
    response = client.get(link)
    assert (response.status_code, response.context["mine"], response["Referrer-Policy"]) == (
        200,
        True,
        "same-origin",
    )
    assert Invitation.objects.get().accepted_at is None


def test_the_invited_account_accepts_or_declines(client: Client, link: str) -> None:
    client.force_login(person(email=ADDRESS))
    assert where(client.post(link, {"answer": "accept"})) == (302, "/en/espace/entreprise/filature/")
    assert client.get(link).status_code == 410


def test_the_invited_account_declines(client: Client, link: str) -> None:
    client.force_login(person(email=ADDRESS))
    client.post(link, {"answer": "decline"})
    assert (Membership.objects.count(), Invitation.objects.get().declined_at is None) == (1, False)


def test_another_account_is_offered_to_ask_and_sees_no_address(client: Client, link: str) -> None:
    stranger = person("Sacha Petit")
    client.force_login(stranger)
    response = client.get(link)
    assert (response.context["mine"], ADDRESS in response.content.decode()) == (False, False)
    assert "c•••@filature.example" in response.content.decode()
    client.post(link, {"answer": "accept"})
    assert JoinRequest.objects.values_list("user", "state").get() == (stranger.pk, "pending")
    assert Membership.objects.filter(user=stranger).count() == 0


def test_a_visitor_signs_in_and_the_invitation_is_kept(client: Client, link: str) -> None:
    assert client.get(link).status_code == 200
    assert where(client.post(link)) == (302, f"/en/compte/login/?next={link.replace('/', '%2F')}")
    token = Intent.objects.get().token
    newcomer = person(email=ADDRESS)
    intents.attach(token, newcomer)
    assert [outcome.done for outcome in intents.complete_all(newcomer)] == [True]
    assert Membership.objects.get(user=newcomer).confirmation == "invited"


@pytest.mark.parametrize("wrong", ["address", "revoked", "deleted"])
def test_what_is_kept_is_accepted_only_as_if_it_were_now(client: Client, link: str, wrong: str) -> None:
    client.post(link)
    newcomer = person(email="else@example.org" if wrong == "address" else ADDRESS)
    if wrong == "revoked":
        Invitation.objects.update(revoked_at=timezone.now())
    if wrong == "deleted":
        Invitation.objects.all().delete()
    intents.attach(Intent.objects.get().token, newcomer)
    assert [outcome.done for outcome in intents.complete_all(newcomer)] == [False]
    assert Membership.objects.filter(user=newcomer).count() == 0


@pytest.mark.parametrize("end", ["expires_at", "revoked_at", "declined_at", "accepted_at"])
def test_what_is_over_says_so(client: Client, link: str, end: str) -> None:
    Invitation.objects.update(**{end: timezone.now()})
    client.force_login(person(email=ADDRESS))
    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "accept"}).status_code == 410
    assert Membership.objects.count() == 1


def test_an_unknown_link_is_not_found(client: Client, tree: object) -> None:
    assert client.get("/espace/invitation/nobody/").status_code == 404


def test_an_invitation_is_answered_from_my_company_by_its_addressee_only(client: Client, link: str) -> None:
    row = Invitation.objects.get()
    path = f"/en/espace/entreprise/ajouter/invitations/{row.public_id}/"
    client.force_login(person())
    assert client.post(path, {"answer": "accept"}).status_code == 404
    guest: User = person(email=ADDRESS)
    client.force_login(guest)
    assert client.get("/en/espace/entreprise/").context["invitations"] == [row]
    assert where(client.post(path, {"answer": "accept"})) == (302, "/en/espace/entreprise/filature/")


def test_the_space_says_what_awaits_in_one_query(link: str, django_assert_num_queries: Any) -> None:
    guest = person(email=ADDRESS)
    managed = company(name="Tissage", slug="tissage")
    belonging(guest, managed)
    belonging(guest, company(name="Nouvelle", slug="nouvelle", confirmed_at=None), confirmed=False)
    JoinRequest.objects.create(user=person("Sacha Petit"), organisation=managed)
    JoinRequest.objects.create(user=person("Pas Pour Moi"), organisation=company())
    with django_assert_num_queries(1):
        rows, total = rows_for(guest)
    assert total == 3
    assert sorted(row.url for row in rows) == [
        "/espace/entreprise/",
        "/espace/entreprise/nouvelle/confirmer/",
        "/espace/entreprise/tissage/",
    ]
