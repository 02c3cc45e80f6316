"""“My company”: from the SIRET alone to where it leads."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from members.companies import lookup
from members.companies.founding import found_company
from members.companies.lookup import RegisterEntry
from members.models import JoinRequest, Membership, Organisation, Person, User
from tests.factories.shared import CommuneFactory
from tests.members.companies.people import SIRET, SITE, belonging, company, manager_of, person

pytestmark = pytest.mark.django_db
MINE, ADD, NEW = (
    "/en/espace/entreprise/",
    "/en/espace/entreprise/ajouter/",
    "/en/espace/entreprise/ajouter/fiche/",
)
FORM = {
    "name": "Filature du Nord",
    "kind": "company",
    "headcount": "12",
    "at_least_300": "no",
    "sector": "industrie",
    "commune": "lille",
    "website": "filature.example",
    "naf_code": "1320z",
    "naf_version": "rev2",
    "siret": SIRET,
}


@pytest.fixture
def me(client: Client, tree: object) -> User:
    CommuneFactory()
    user = person("Camille Durand", language="en")
    client.force_login(user)
    return user


def where(response: Any) -> tuple[int, str]:
    return response.status_code, response.get("Location", "")


def errors_of(response: Any) -> dict[str, list[str]]:
    return {name: list(map(str, found)) for name, found in response.context["form"].errors.items()}


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert where(client.get("/espace/entreprise/")) == (302, "/compte/login/?next=/espace/entreprise/")


def test_without_a_company_there_is_one_field(client: Client, me: User) -> None:
    response = client.get(MINE)
    assert [field.name for field in response.context["form"]] == ["siret"]
    html = response.content.decode()
    assert 'autocomplete="off" inputmode="numeric"' in html


def test_an_unknown_siret_leads_to_the_short_form_which_records_a_company(client: Client, me: User) -> None:
    response = client.post(ADD, {"siret": " 732 829\u00a0320 00074 "})
    assert where(response) == (302, f"{NEW}?siret={SIRET}")
    assert client.get(response["Location"]).context["form"]["siret"].value() == SIRET
    response = client.post(NEW, FORM)
    assert where(response) == (302, "/en/espace/entreprise/filature-du-nord/")
    row = Organisation.objects.get(siret=SIRET)
    assert (
        (row.name, row.kind, row.headcount, row.at_least_300, row.sector, row.commune_id),
        (row.website, row.naf_code, row.naf_version, row.origin, row.confirmed_at),
    ) == (
        ("Filature du Nord", "company", "12", False, "industrie", "59350"),
        ("https://filature.example", "13.20Z", "rev2", "member", None),
    )
    assert where(client.get(MINE)) == (302, "/en/espace/entreprise/filature-du-nord/")


def test_what_a_form_does_not_ask_is_not_written(client: Client, me: User) -> None:
    client.post(NEW, {**FORM, "confirmed_at": "2020-01-01", "origin": "staff", "slug": "x", "example": "on"})
    row = Organisation.objects.get()
    assert (row.confirmed_at, row.origin, row.slug, row.example) == (
        None,
        "member",
        "filature-du-nord",
        False,
    )


def test_a_refused_form_comes_back_filled_in_with_each_reason(client: Client, me: User) -> None:
    wrong = {
        **FORM,
        "name": " ",
        "kind": "",
        "headcount": "",
        "sector": "sorcery",
        "at_least_300": "",
        "commune": "Atlantide",
        "naf_code": "13.20",
        "website": "ftp://filature.example",
    }
    response = client.post(NEW, wrong)
    assert errors_of(response) == {
        "name": ["Write the name of your company."],
        "kind": ["Say what kind of organisation it is."],
        "headcount": ["Choose a headcount: an estimate is enough."],
        "at_least_300": ["Answer yes, no, or that you do not know."],
        "sector": ["Select a valid choice. sorcery is not one of the available choices."],
        "naf_code": ["A NAF code has four digits and a letter, for example 13.20Z."],
        "commune": [
            (
                "No commune of the arrondissement of Lille is called “Atlantide”. Choose one of the list, or "
                "leave this empty if you are elsewhere."
            )
        ],
        "website": ["Write a whole address, for example https://www.entreprise.fr."],
    }
    assert 'value="Atlantide"' in response.content.decode()


@pytest.mark.parametrize(
    ("code", "version", "expected"),
    [
        ("13.20Z", "", {"naf_version": ["Say which version this code is of."]}),
        ("", "rev2", None),
    ],
)
def test_a_code_and_its_version_go_together(
    client: Client, me: User, code: str, version: str, expected: dict[str, list[str]] | None
) -> None:
    response = client.post(NEW, {**FORM, "naf_code": code, "naf_version": version})
    if expected:
        assert errors_of(response) == expected
    else:
        assert Organisation.objects.get().naf_version == ""


def test_a_wrong_siret_is_refused_with_its_reason_beside_the_field(client: Client, me: User) -> None:
    response = client.post(ADD, {"siret": "732 829 320"})
    assert list(errors_of(response)) == ["siret"]
    assert errors_of(response)["siret"][0].startswith("These 9 digits are the SIREN")
    assert 'value="732 829 320"' in response.content.decode()
    assert client.get(NEW, {"siret": "12"}).status_code == 404


def test_a_known_company_is_joined(client: Client, me: User) -> None:
    organisation = company(siret=SIRET, slug="filature")
    boss = manager_of(organisation)
    join = f"/en/espace/entreprise/ajouter/rejoindre/filature/?siret={SIRET}"
    assert where(client.post(ADD, {"siret": SIRET})) == (302, join)
    assert "••• ••• ••• 00074" in client.get(join).content.decode()
    assert where(client.post(join, {"message": "Au service du personnel."})) == (302, MINE)
    row = JoinRequest.objects.get()
    assert (row.user, row.organisation, row.message, row.state) == (
        me,
        organisation,
        "Au service du personnel.",
        "pending",
    )
    assert boss.notifications.count() == 1


def test_my_company_is_where_its_siret_leads(client: Client, me: User) -> None:
    belonging(me, company(siret=SIRET, slug="filature"))
    assert where(client.post(ADD, {"siret": SIRET})) == (302, "/en/espace/entreprise/filature/")


def test_a_siret_recorded_meanwhile_leads_to_the_request(client: Client, me: User) -> None:
    company(siret=SIRET, slug="filature")
    assert where(client.post(NEW, FORM)) == (
        302,
        f"/en/espace/entreprise/ajouter/rejoindre/filature/?siret={SIRET}",
    )


def test_a_new_site_of_a_known_company_is_joined_or_added(client: Client, me: User) -> None:
    company(siret=SITE, slug="filature-lomme", name="Filature, Lomme")
    sites = f"/en/espace/entreprise/ajouter/etablissement/?siret={SIRET}"
    assert where(client.post(ADD, {"siret": SIRET})) == (302, sites)
    html = client.get(sites).content.decode()
    join = "/en/espace/entreprise/ajouter/rejoindre/filature-lomme/"
    assert [f'href="{link}"' in html for link in (f"{NEW}?siret={SIRET}", join)] == [True, True]
    client.post(NEW, FORM)
    page = client.get("/en/espace/entreprise/filature-du-nord/")
    assert [row.slug for row in page.context["sites"]] == ["filature-lomme"]


def test_a_company_to_be_confirmed_is_reached_by_its_siret_only(client: Client, me: User) -> None:
    found_company(person(), {"name": "Filature", "siret": SIRET})
    join = "/en/espace/entreprise/ajouter/rejoindre/filature/"
    assert [
        client.get(path).status_code for path in (join, f"{join}?siret={SITE}", f"{join}?siret={SIRET}")
    ] == [
        404,
        404,
        200,
    ]
    assert client.get("/en/espace/entreprise/ajouter/nom/", {"q": "filature"}).context["found"] == []


def test_a_namesake_without_a_siret_is_proposed_before_a_second_one_is_recorded(
    client: Client, me: User
) -> None:
    known = company(name="FILATURE du nord SAS", siret="")
    response = client.post(NEW, FORM)
    assert (response.status_code, response.context["similar"], Organisation.objects.count()) == (
        200,
        [known],
        1,
    )
    assert where(client.post(NEW, {**FORM, "another": "on"}))[0] == 302


def test_companies_are_found_by_name_without_accents(client: Client, me: User) -> None:
    company(name="L’Œuvre d’Été", siret=SIRET, slug="oeuvre")
    company(name="Autre chose")
    found = client.get("/en/espace/entreprise/ajouter/nom/", {"q": "oeuvre ete LIL"}).context["found"]
    assert [(row["organisation"].slug, row["siret"]) for row in found] == [("oeuvre", "••• ••• ••• 00074")]


def test_thirty_numbers_an_hour_and_no_more(client: Client, me: User) -> None:
    for _each in range(30):
        client.post(ADD, {"siret": SIRET})
    assert errors_of(client.post(ADD, {"siret": SIRET})) == {
        "siret": ["That is a lot of numbers in an hour. Try again later, or call us."]
    }


def test_somebody_met_without_an_account_is_proposed_to_ask(client: Client, me: User) -> None:
    organisation = company(name="Filature")
    Person.objects.create(email=me.email.upper(), organisation=organisation)
    Person.objects.create(email="else@example.org", organisation=company())
    assert client.get(MINE).context["acquaintances"] == [organisation]
    belonging(me, organisation)
    belonging(me, company())
    assert client.get(MINE).context["acquaintances"] == []


def test_a_verified_address_joins_the_people_met_before_to_the_account(me: User) -> None:
    mine = Person.objects.create(email=me.email.title(), organisation=company())
    other = Person.objects.create(email="else@example.org", organisation=company())
    address = EmailAddress.objects.get(user=me)
    email_confirmed.send(sender=EmailAddress, request=None, email_address=address)
    assert [Person.objects.get(pk=row.pk).user for row in (mine, other)] == [me, None]


def test_the_register_fills_in_the_form_and_is_kept_with_the_company(
    client: Client, me: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = RegisterEntry(SIRET, "FILATURE DU NORD", "13.20Z", "rev2", "12", "59350", active=False)
    monkeypatch.setattr(lookup, "look_up", lambda _siret: entry)
    initial = client.get(NEW, {"siret": SIRET}).context["form"].initial
    assert initial == {
        "siret": SIRET,
        "name": "Filature Du Nord",
        "headcount": "12",
        "naf_code": "13.20Z",
        "naf_version": "rev2",
        "commune": "59350",
    }
    client.post(NEW, FORM)
    assert Organisation.objects.get().register_state == "closed"


def test_the_register_is_not_asked_unless_it_is_on(client: Client, me: User, settings: Settings) -> None:
    assert settings.COMPANY_LOOKUP is False
    assert client.get(NEW, {"siret": SIRET}).context["form"].initial == {"siret": SIRET}


def test_one_withdraws_ones_own_request_only(client: Client, me: User) -> None:
    mine = JoinRequest.objects.create(user=me, organisation=company())
    other = JoinRequest.objects.create(user=person(), organisation=company())
    path = "/en/espace/entreprise/ajouter/demandes/{}/retirer/"
    assert client.get(path.format(mine.public_id)).status_code == 405
    assert client.post(path.format(other.public_id)).status_code == 404
    assert where(client.post(path.format(mine.public_id))) == (302, MINE)
    assert JoinRequest.objects.get(pk=mine.pk).state == "withdrawn"


@pytest.mark.parametrize("count", [1, 3])
def test_my_companies_cost_the_same_however_many(
    client: Client, me: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        belonging(me, company(), role=Membership.Role.MEMBER)
        JoinRequest.objects.create(user=me, organisation=company())
        Person.objects.create(email=me.email, organisation=company())
    client.get(MINE)
    with django_assert_num_queries(9):
        client.get(MINE)
