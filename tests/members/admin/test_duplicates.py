from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from charters.models import CharterVersion, Signature
from members.models import Organisation, OrganisationMerge
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.harness.client import StrictClient
from tests.home.admin_session import messages_of, texts
from tests.members.admin.team import member, queries_of, working

pytestmark = pytest.mark.django_db
INDEX = "admin_duplicates:index"
SIRET, SITE = "73282932000074", "73282932000082"


@pytest.fixture
def facilitator() -> StrictClient:
    return working(Role.FACILITATOR)


@pytest.fixture
def pair() -> Any:
    one = OrganisationFactory(name="Ruche", slug="ruche", sector="industrie")
    other = OrganisationFactory(
        name="La Ruche", slug="la-ruche", sector="commerce", website="https://ruche.example"
    )
    return one, other


def compare_url(pair: Any) -> str:
    return reverse("admin_duplicates:compare", args=[row.pk for row in pair])


def answers(kept: Any, **changes: Any) -> dict[str, Any]:
    every = ("name", "sector", "website")
    return {"kept": kept.pk, "reason": "Saisie deux fois", **dict.fromkeys(every, kept.pk), **changes}


# ---------------------------------------------------------------- the list
def names(client: StrictClient, query: str = "") -> list[str]:
    return texts(client.get(f"{reverse(INDEX)}{query}").content.decode(), "duplicates__name")


def test_pairs_are_listed_narrowed_and_counted(facilitator: StrictClient, pair: Any) -> None:
    OrganisationFactory(name="Weppes", siret=SIRET)
    OrganisationFactory(name="Weppes", siret=SITE)
    assert len(names(facilitator)) == 4
    assert names(facilitator, "?q=ruche") == ["Ruche", "La Ruche"]
    assert names(facilitator, "?same_unit=on") == ["Weppes", "Weppes"]
    assert names(facilitator, "?q=xylophone") == []
    html = facilitator.get(reverse(INDEX)).content.decode()
    assert texts(html, "duplicates__count") == ["2 pairs"]


def test_the_list_turns_its_pages(facilitator: StrictClient) -> None:
    OrganisationFactory.create_batch(8, name="Ruche")
    first, second = (names(facilitator, query) for query in ("", "?p=2"))
    assert (len(first), len(second)) == (40, 16)


def test_the_list_costs_the_same_with_one_pair_and_with_three(facilitator: StrictClient, pair: Any) -> None:
    with_one = queries_of(facilitator, reverse(INDEX))
    OrganisationFactory(name="Ruche")
    assert queries_of(facilitator, reverse(INDEX)) == with_one


# ---------------------------------------------------------------- side by side
def test_two_organisations_are_compared_property_by_property(facilitator: StrictClient, pair: Any) -> None:
    member(pair[0], role="manager")
    response = facilitator.get(compare_url(pair))
    form = response.context["form"]
    assert [name for name in form.fields if name not in {"kept", "reason"}] == ["name", "sector", "website"]
    initial = {name: form.fields[name].initial for name in ("kept", "name", "website")}
    assert initial == {"kept": pair[0].pk, "name": pair[0].pk, "website": pair[1].pk}
    assert [side["has"] for side in response.context["pair"]] == [[("memberships", 1)], []]


def test_sites_of_one_legal_unit_are_said_to_be(facilitator: StrictClient) -> None:
    two = OrganisationFactory(name="Ruche", siret=SIRET), OrganisationFactory(name="Ruche", siret=SITE)
    html = facilitator.get(compare_url(two)).content.decode()
    assert texts(html, "overview__notice")[0].startswith("Both belong to one legal unit")


@pytest.mark.parametrize("swap", [False, True])
def test_a_pair_has_one_address_and_no_other(facilitator: StrictClient, pair: Any, swap: bool) -> None:
    keys = [pair[1].pk, pair[0].pk] if swap else [pair[0].pk, pair[0].pk]
    for name in ("compare", "distinct"):
        assert facilitator.post(reverse(f"admin_duplicates:{name}", args=keys)).status_code == 404


# ---------------------------------------------------------------- merging
def test_what_will_happen_is_asked_before_it_happens(facilitator: StrictClient, pair: Any) -> None:
    member(pair[1])
    response = facilitator.post(compare_url(pair), answers(pair[0], website=pair[1].pk))
    assert dict(response.context["counts"]) == {"memberships": 1}
    assert ("Website", "https://ruche.example") in response.context["after"]
    assert (Organisation.objects.count(), OrganisationMerge.objects.count()) == (2, 0)


def test_two_organisations_become_one(facilitator: StrictClient, pair: Any) -> None:
    row = member(pair[1])
    asked = facilitator.post(compare_url(pair), answers(pair[0], website=pair[1].pk))
    again = dict(asked.context["answers"])
    response = facilitator.post(compare_url(pair), {**again, "sure": "1"}, follow=True)
    kept = Organisation.objects.get()
    row.refresh_from_db()
    assert (kept.pk, kept.name, kept.website, row.organisation) == (
        pair[0].pk,
        "Ruche",
        "https://ruche.example",
        kept,
    )
    assert messages_of(response.content.decode())[0].startswith("“La Ruche” is now “Ruche”.")
    record = OrganisationMerge.objects.get()
    assert (record.reason, record.merged_by) == ("Saisie deux fois", facilitator.user)  # type: ignore[attr-defined]


def test_the_other_one_may_be_kept_as_well(facilitator: StrictClient, pair: Any) -> None:
    facilitator.post(compare_url(pair), {**answers(pair[1], sector=pair[0].pk), "sure": "1"})
    kept = Organisation.objects.get()
    assert (kept.pk, kept.slug, kept.sector) == (pair[1].pk, "la-ruche", "industrie")


def test_what_must_be_settled_first_is_named_with_its_address(facilitator: StrictClient, pair: Any) -> None:
    version = CharterVersion.objects.create(code="2021", adopted_on="2021-01-01")
    for row in pair:
        Signature.objects.create(organisation=row, version=version)
    shown = facilitator.get(compare_url(pair)).context["conflicts"]
    assert [(label, text, url.startswith("/admin/signatures/edit/")) for label, text, url in shown] == [
        ("Signature", "Ruche, 2021", True)
    ] or [text for _label, text, _url in shown] == ["La Ruche, 2021"]
    response = facilitator.post(compare_url(pair), {**answers(pair[0]), "sure": "1"})
    assert [text for _label, text, _url in response.context["conflicts"]] == ["La Ruche, 2021"]
    assert Organisation.objects.count() == 2


def test_a_merge_has_a_reason(facilitator: StrictClient, pair: Any) -> None:
    response = facilitator.post(compare_url(pair), {**answers(pair[0], reason=""), "sure": "1"})
    assert list(response.context["form"].errors) == ["reason"]
    assert Organisation.objects.count() == 2


def test_a_pair_that_was_merged_meanwhile_is_no_longer_there(facilitator: StrictClient, pair: Any) -> None:
    url = compare_url(pair)
    facilitator.post(url, {**answers(pair[0]), "sure": "1"})
    assert facilitator.post(url, {**answers(pair[0]), "sure": "1"}).status_code == 404


def test_two_that_are_not_the_same_are_told_apart_once_for_all(facilitator: StrictClient, pair: Any) -> None:
    url = reverse("admin_duplicates:distinct", args=[row.pk for row in pair])
    assert facilitator.get(url).status_code == 405
    facilitator.post(url)
    assert names(facilitator) == []
    entries = ModelLogEntry.objects.order_by("pk").values_list("action", "object_id")
    assert list(entries) == [("members.tell_apart", str(row.pk)) for row in pair]
