from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import ModelLogEntry

from charters.models import CharterVersion, Signature
from members.duplicates import find_duplicates
from members.models import Follow, FormerSlug, Invitation, JoinRequest, Organisation, Person, Step
from members.roles import Role
from tests.factories.pages import PracticePageFactory
from tests.factories.shared import OrganisationFactory, UserFactory
from tests.factories.site import Tree
from tests.home.admin_session import messages_of, texts
from tests.members.admin.team import account, member, queries_of, working

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"


def answers(**changes: Any) -> dict[str, Any]:
    """The form of a new organisation, filled in."""
    known = {"name": "Ruche", "slug": "ruche", "kind": "company", "siret": "", "mail_domains": ""}
    return {**known, "headcount": "", "at_least_300": "unknown", **changes}


def edit_url(organisation: Organisation) -> str:
    return reverse("admin_organisations:edit", args=[organisation.pk])


def overview(organisation: Organisation) -> str:
    return reverse("admin_organisations:inspect", args=[organisation.pk])


# ---------------------------------------------------------------- the form
def test_an_organisation_is_recorded_with_its_mail_domains() -> None:
    typed = answers(siret="732 829 320 00074", mail_domains="@Ruche.example\nruche.fr\n\nruche.fr")
    working(Role.FACILITATOR).post(reverse("admin_organisations:add"), typed)
    row = Organisation.objects.get()
    assert (row.siret, row.origin, row.confirmed_at is not None) == (SIRET, "staff", True)
    assert sorted(row.domains.values_list("domain", flat=True)) == ["ruche.example", "ruche.fr"]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"siret": "732 829 320"}, "siret", "These 9 digits are the SIREN"),
        ({"siret": "73282932000075"}, "siret", "This SIRET does not exist"),
        ({"siret": SIRET}, "siret", "“Weppes” has this SIRET already."),
        ({"mail_domains": "gmail.com"}, "mail_domains", "Anybody may have an address at gmail.com"),
        ({"mail_domains": "ruche"}, "mail_domains", "“ruche” is not a mail domain"),
        ({"slug": "autrefois"}, "slug", "This address is taken"),
        ({"slug": "ajouter"}, "slug", "This address is taken"),
    ],
)
def test_what_is_wrong_is_said_precisely(typed: dict[str, str], field: str, message: str) -> None:
    other = OrganisationFactory(name="Weppes", siret=SIRET)
    FormerSlug.objects.create(slug="autrefois", organisation=other)
    response = working(Role.FACILITATOR).post(reverse("admin_organisations:add"), answers(**typed))
    assert response.context["form"].errors[field][0].startswith(message)
    assert Organisation.objects.count() == 1


def test_two_people_who_change_the_same_row_do_not_undo_each_other() -> None:
    row: Any = OrganisationFactory(name="Ruche", slug="ruche")
    client = working(Role.FACILITATOR)
    seen = answers(name="La Ruche", seen_version=row.version)
    client.post(edit_url(row), seen)
    late = client.post(edit_url(row), answers(name="Ruches", seen_version=row.version))
    row.refresh_from_db()
    assert (row.name, row.version) == ("La Ruche", 2)
    assert late.context["form"].non_field_errors()[0].startswith("Somebody changed this organisation")


def test_a_former_address_leads_to_the_new_one_and_followers_follow() -> None:
    row: Any = OrganisationFactory(name="Ruche", slug="ruche")
    Follow.objects.create(user=UserFactory(), kind="organisation", target="ruche")
    working(Role.FACILITATOR).post(edit_url(row), answers(slug="la-ruche", seen_version=1))
    assert list(FormerSlug.objects.values_list("slug", "organisation")) == [("ruche", row.pk)]
    assert Follow.objects.get().target == "la-ruche"


def test_one_that_looks_like_another_is_pointed_out_at_once() -> None:
    OrganisationFactory(name="La Ruche", slug="la-ruche", commune=None)
    client = working(Role.FACILITATOR)
    html = client.post(reverse("admin_organisations:add"), answers(), follow=True).content.decode()
    assert len(find_duplicates()) == 1
    assert "It looks like one that is here already." in " ".join(messages_of(html))


# ---------------------------------------------------------------- the list
def test_what_waits_is_listed_alone() -> None:
    waiting, nobody, known = (OrganisationFactory(confirmed_at=None) for _n in range(3))
    member(waiting, proved=False)
    Organisation.objects.filter(pk=known.pk).update(confirmed_at=known.created_at)
    member(known, role="manager")
    client, url = working(Role.FACILITATOR), reverse("admin_organisations:index")
    found = {
        query: [row.pk for row in client.get(f"{url}?{query}").context["object_list"]]
        for query in ("state=to_confirm", "state=unknown", "state=confirmed", "managed=true")
    }
    assert found == {
        "state=to_confirm": [waiting.pk],
        "state=unknown": [nobody.pk],
        "state=confirmed": [known.pk],
        "managed=true": [known.pk],
    }


def test_the_list_costs_the_same_with_one_and_with_three() -> None:
    client, url = working(Role.FACILITATOR), reverse("admin_organisations:index")
    OrganisationFactory()
    with_one = queries_of(client, url)
    OrganisationFactory.create_batch(2)
    assert queries_of(client, url) == with_one


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_away(kind: str) -> None:
    OrganisationFactory(name="Ruche")
    response: Any = working(Role.FACILITATOR).get(f"{reverse('admin_organisations:index')}?export={kind}")
    content = b"".join(response.streaming_content)
    assert content.startswith(b"PK") if kind == "xlsx" else b"Ruche" in content


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_a_name_that_looks_like_a_formula_stays_a_name_in_a_spreadsheet(sign: str) -> None:
    OrganisationFactory(name=f"{sign}HYPERLINK(1)")
    url = f"{reverse('admin_organisations:index')}?export=csv"
    response: Any = working(Role.FACILITATOR).get(url)
    lines = b"".join(response.streaming_content).decode().split("\r\n")
    assert lines[1].startswith(f"'{sign}HYPERLINK(1)")


# ---------------------------------------------------------------- one of them in full
def furnish(organisation: Organisation, tree: Tree, times: int) -> None:
    """So many of everything."""
    for n in range(times):
        member(organisation, role="manager")
        member(organisation, proved=False)
        JoinRequest.objects.create(user=account(), organisation=organisation)
        Person.objects.create(last_name=f"{n}", organisation=organisation)
        Invitation.objects.create(
            organisation=organisation,
            email=f"{n}-{times}@example.org",
            token_hash=f"{n}-{times}",
            expires_at="2099-01-01T00:00Z",
        )
        page = PracticePageFactory(parent=tree.practices, organisation=organisation)
        Step.objects.create(organisation=organisation, kind="note", text="Vu")
        Step.objects.create(
            organisation=organisation, kind="note", text="Lu", source=f"toolbox.practice:{page.facts_id}"
        )
        version = CharterVersion.objects.create(code=f"{n}-{times}", adopted_on="2021-01-01")
        Signature.objects.create(organisation=organisation, version=version)


def test_all_that_is_known_of_an_organisation_costs_the_same_with_one_and_with_three(tree: Tree) -> None:
    """The same of an administrator, who is told of more."""
    row = OrganisationFactory()
    furnish(row, tree, 1)
    client = working(Role.FACILITATOR)
    with_one = queries_of(client, overview(row))
    furnish(row, tree, 2)
    assert (queries_of(client, overview(row)), with_one < 75) == (with_one, True)


def test_a_facilitator_has_everything_before_her_when_the_company_calls(tree: Tree) -> None:
    row = OrganisationFactory(siret=SIRET, name="Ruche")
    furnish(row, tree, 1)
    html = working(Role.FACILITATOR).get(overview(row)).content.decode()
    parts = [" ".join(part.split()[:2]) for part in texts(html, "overview__part")]
    assert parts == [
        "Identity SIRET",
        "Who acts",
        "Who asks",
        "Who is",
        "Known there",
        "Timeline 2",
        "Good practices",
        "Signatures 1",
    ]
    assert "732 829 320 00074" in html.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR])
def test_who_is_not_concerned_sees_neither_people_nor_timeline(tree: Tree, role: Role) -> None:
    row = OrganisationFactory()
    furnish(row, tree, 1)
    html = working(role).get(overview(row)).content.decode()
    assert [part.split()[0] for part in texts(html, "overview__part")] == ["Identity", "Good"]
    assert row.memberships.order_by("pk")[0].user.email not in html


def test_what_is_written_by_people_is_never_run() -> None:
    row = OrganisationFactory(name="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    member(row, user=account(first_name="<b>Alix</b>", job_title="<i>RH</i>"))
    Step.objects.create(organisation=row, kind="note", text="<script>alert(2)</script>\nLigne")
    html = working(Role.FACILITATOR).get(overview(row)).content.decode()
    assert [sign for sign in ("<script>alert", "<img src=x", "<b>Alix", "<i>RH") if sign in html] == []


def test_a_lookalike_is_pointed_out_on_the_page() -> None:
    row, other = OrganisationFactory(name="Ruche"), OrganisationFactory(name="La Ruche")
    html = working(Role.FACILITATOR).get(overview(row)).content.decode()
    assert texts(html, "overview__notice") == ["It looks like “La Ruche”. Compare"]
    assert reverse("admin_duplicates:compare", args=[row.pk, other.pk]) in html


def test_no_letter_leaves_when_a_page_is_only_read(tree: Tree) -> None:
    row = OrganisationFactory()
    furnish(row, tree, 1)
    working(Role.FACILITATOR).get(overview(row))
    assert (mail.outbox, ModelLogEntry.objects.count()) == ([], 0)
