"""What everybody sees of companies."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from charters.models import CharterVersion, Signature
from common.registries import company_sections
from members.companies import findable
from members.companies.departure import leave
from members.models import FormerSlug, Membership, Organisation
from search.indexing import rebuild
from search.models import Entry
from tests.factories.pages import EventPageFactory, PracticePageFactory
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, manager_of, person

pytestmark = pytest.mark.django_db
LIST = "/entreprises/"


def signed(organisation: Organisation) -> Signature:
    version, _created = CharterVersion.objects.get_or_create(code="2021", adopted_on="2021-01-01")
    return Signature.objects.create(
        organisation=organisation, version=version, state="signed", signed_on="2021-06-01", words="Chiche !"
    )


def listed(client: Client, **query: Any) -> list[str]:
    return [line.organisation.slug for line in client.get(LIST, query).context["listing"].items]


def test_the_list_names_confirmed_companies_with_something_to_show(client: Client, tree: Tree) -> None:
    sharing, signing, holding, speaking = (company(slug=f"c{n}", name=f"C{n}") for n in range(4))
    PracticePageFactory(parent=tree.practices, organisation=sharing)
    signed(signing)
    EventPageFactory(parent=tree.events, organisers=[holding])
    Organisation.objects.filter(pk=speaking.pk).update(presentation="Nous filons.")
    company(name="Rien à montrer")
    company(name="À confirmer", presentation="Nous ne sommes personne.", confirmed_at=None)
    assert listed(client) == ["c0", "c1", "c2", "c3"]
    assert [line.has for line in client.get("/en/entreprises/").context["listing"].items] == [
        ["Shared practices"],
        ["Signature of the charter"],
        ["Events organised"],
        [],
    ]


def test_the_list_is_filtered_and_counted(client: Client, tree: Tree) -> None:
    company(slug="a", name="A", presentation="x", sector="commerce", headcount="41")
    company(slug="b", name="B", presentation="x", sector="industrie", commune=None)
    facets = {facet.name: facet for facet in client.get(LIST).context["listing"].facets}
    assert {option.value: option.count for option in facets["sector"].options if option.count} == {
        "commerce": 1,
        "industrie": 1,
    }
    assert [
        listed(client, **query)
        for query in ({"sector": "commerce"}, {"size": "10to49"}, {"commune": "59350"}, {"sector": "x"})
    ] == [
        ["a"],
        ["b"],
        ["a"],
        ["a", "b"],
    ]
    assert "noindex" in client.get(LIST, {"sector": "commerce", "size": "gte250"}).content.decode()


def test_a_page_shows_what_the_company_shared_signed_and_organised(client: Client, tree: Tree) -> None:
    organisation = company(
        slug="filature",
        name="Filature",
        summary="Nous filons.",
        presentation="Première ligne\n\n<script>alert(1)</script>",
        website="https://www.filature.example/emploi/",
    )
    practice = PracticePageFactory(parent=tree.practices, organisation=organisation)
    event = EventPageFactory(parent=tree.events, organisers=[organisation])
    EventPageFactory(parent=tree.events, organisers=[organisation], live=False)
    signature = signed(organisation)
    response = client.get("/entreprises/filature/")
    assert [(shown.section.key, len(shown.rows)) for shown in response.context["sections"]] == [
        ("toolbox.practices", 1),
        ("charters.signatures", 1),
        ("events.organised", 1),
    ]
    html = response.content.decode()
    assert [practice.title in html, event.title in html, "Chiche" in html, "<script>alert" in html] == [
        True,
        True,
        True,
        False,
    ]
    assert 'rel="nofollow noopener" href="https://www.filature.example/emploi/">filature.example</a>' in html
    signature.delete()


def test_a_page_says_what_it_is_to_those_who_do_not_read(client: Client, tree: Tree) -> None:
    company(slug="filature", name="Filature", presentation="x", website="https://filature.example/")
    html = client.get("/en/entreprises/filature/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found is not None
    graph = json.loads(found[1])["@graph"]
    assert graph[-1] == {
        "@type": "Organization",
        "name": "Filature",
        "url": "http://localhost:8000/en/entreprises/filature/",
        "sameAs": "https://filature.example/",
        "address": {"@type": "PostalAddress", "addressLocality": "Lille", "addressCountry": "FR"},
    }
    assert [item["name"] for item in graph[-2]["itemListElement"]] == ["Home", "Companies", "Filature"]


def test_a_company_to_be_confirmed_has_no_page(client: Client, tree: Tree) -> None:
    company(slug="filature", presentation="x", confirmed_at=None)
    assert client.get("/entreprises/filature/").status_code == 404


def test_a_former_address_leads_to_the_present_one(client: Client, tree: Tree) -> None:
    FormerSlug.objects.create(slug="ancien-nom", organisation=company(slug="filature", presentation="x"))
    FormerSlug.objects.create(
        slug="secret", organisation=company(slug="x", presentation="x", confirmed_at=None)
    )
    response = client.get("/en/entreprises/ancien-nom/")
    assert (response.status_code, response["Location"]) == (301, "/en/entreprises/filature/")
    assert client.get("/entreprises/secret/").status_code == 404


def test_one_writes_to_companies_where_somebody_answers(client: Client, tree: Tree) -> None:
    organisation = company(slug="filature", presentation="x")
    manager_of(organisation)
    assert client.get("/entreprises/filature/").context["answered"] is True
    leave(Membership.objects.get())
    assert client.get("/entreprises/filature/").context["answered"] is False


def test_the_map_of_the_site_has_the_list_and_each_page(client: Client, tree: Tree) -> None:
    assert "/entreprises/" not in client.get("/sitemap.xml").content.decode()
    company(slug="filature", presentation="x")
    company(slug="rien")
    found = re.findall(r"<loc>[^<]*(/entreprises/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert found == ["/entreprises/", "/entreprises/filature/"]


def test_a_signatory_is_found_once_and_another_company_by_its_page(client: Client, tree: Tree) -> None:
    signatory, other = (
        company(name="Signataire", presentation="x"),
        company(slug="filature", presentation="x"),
    )
    signed(signatory)
    assert [row.pk for row in findable.rows()] == [other.pk]
    rebuild()
    assert list(
        Entry.objects.filter(kind__in=["company", "signatory"]).order_by("kind").values_list("kind", "url")
    ) == [
        ("company", "/entreprises/filature/"),
        ("signatory", f"/charte/signataires/?commune=59350&sector=industrie#{signatory.slug}"),
    ]


def test_a_first_practice_makes_its_company_found(
    tree: Tree, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        organisation = company(slug="filature")
    assert Entry.objects.filter(kind="company").count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        PracticePageFactory(parent=tree.practices, organisation=organisation)
    assert Entry.objects.get(kind="company").url == "/entreprises/filature/"


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_it_shows(
    client: Client, tree: Tree, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation = company(slug="filature", presentation="x")
    for _each in range(count):
        PracticePageFactory(parent=tree.practices, organisation=organisation)
        EventPageFactory(parent=tree.events, organisers=[organisation])
        belonging(person(), organisation)
    signed(organisation)
    client.get("/entreprises/filature/")
    with django_assert_num_queries(9):
        client.get("/entreprises/filature/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    client: Client, tree: Tree, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        company(presentation="x")
    client.get(LIST)
    with django_assert_num_queries(2 + len(company_sections)):
        client.get(LIST)
