from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from events.models import Event, EventPage
from members.models import Organisation
from tests.factories.pages import EventPageFactory, PracticePageFactory, StandardPageFactory
from tests.factories.shared import OrganisationFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in
from toolbox.models import Practice

BULK = "/admin/bulk/wagtailcore/page/delete/"


@pytest.fixture
def administrator(client: StrictClient, tree: Tree) -> StrictClient:
    sign_in(client)
    return client


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if people had registered for every event."""
    monkeypatch.setattr(Event, "in_use", lambda _self: "registrations")


def delete_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


@pytest.mark.usefixtures("_registered")
@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 409)])
def test_a_page_that_rows_depend_on_is_archived_not_deleted(
    administrator: StrictClient, tree: Tree, method: str, status: int
) -> None:
    page = EventPageFactory(parent=tree.events)
    response = getattr(administrator, method)(delete_url(page))
    assert response.status_code == status
    assert [kept.reason for kept in response.context["kept"]] == ["registrations"]
    assert reverse("wagtailadmin_pages:unpublish", args=[page.pk]) in response.content.decode()
    assert EventPage.objects.filter(pk=page.pk).exists()


@pytest.mark.usefixtures("_registered")
def test_a_list_with_such_a_page_below_it_is_kept(administrator: StrictClient, tree: Tree) -> None:
    page = EventPageFactory(parent=tree.events)
    response = administrator.post(delete_url(tree.events))
    assert response.status_code == 409
    assert [kept.page.pk for kept in response.context["kept"]] == [page.pk]


@pytest.mark.usefixtures("_registered")
def test_a_bulk_deletion_leaves_such_pages_out_and_names_them(
    administrator: StrictClient, tree: Tree
) -> None:
    kept, free = EventPageFactory(parent=tree.events), StandardPageFactory(parent=tree.home)
    query = {"id": [kept.pk, free.pk], "next": "/admin/"}
    response = administrator.get(BULK, query)
    assert [each.page.pk for each in response.context["kept"]] == [kept.pk]
    assert [each["item"].pk for each in response.context["items"]] == [free.pk]
    administrator.post(f"{BULK}?id={kept.pk}&id={free.pk}&next=/admin/")
    assert list(Page.objects.filter(pk__in=[kept.pk, free.pk])) == [kept.page_ptr]


def test_a_deleted_address_answers_that_it_is_gone(administrator: StrictClient, tree: Tree) -> None:
    page = EventPageFactory(parent=tree.events, slug="atelier")
    administrator.post(delete_url(page))
    assert Page.objects.filter(pk=page.pk).exists() is False
    assert administrator.get("/evenements/atelier/").status_code == 410


def test_every_address_below_a_deleted_page_is_gone(administrator: StrictClient, tree: Tree) -> None:
    parent = StandardPageFactory(parent=tree.home, slug="association")
    StandardPageFactory(parent=parent, slug="equipe")
    administrator.post(delete_url(parent))
    addresses = ("/association/", "/association/equipe/")
    assert [administrator.get(address).status_code for address in addresses] == [410, 410]


def test_an_address_that_is_published_again_lives_again(administrator: StrictClient, tree: Tree) -> None:
    page = StandardPageFactory(parent=tree.home, slug="association")
    administrator.post(delete_url(page))
    again = StandardPageFactory(parent=Page.objects.get(pk=tree.home.pk), slug="association")
    again.save_revision().publish()
    assert administrator.get("/association/").status_code == 200


def test_facts_go_with_the_last_page_that_shows_them(administrator: StrictClient, tree: Tree) -> None:
    page = PracticePageFactory(parent=tree.practices)
    administrator.post(delete_url(page))
    assert Practice.objects.count() == 0


def test_a_company_that_rows_depend_on_is_not_deleted_and_the_page_says_why(
    administrator: StrictClient, tree: Tree
) -> None:
    page = PracticePageFactory(parent=tree.practices)
    url = reverse("admin_organisations:delete", args=[page.organisation_id])
    response = administrator.post(url)
    assert (response.status_code, response.context["dependants"]) == (409, ["1 good practice"])
    assert Organisation.objects.filter(pk=page.organisation_id).exists()


def test_a_company_that_nothing_depends_on_is_deleted(administrator: StrictClient) -> None:
    organisation: Any = OrganisationFactory()
    response = administrator.post(reverse("admin_organisations:delete", args=[organisation.pk]))
    assert response.status_code == 302
    assert Organisation.objects.count() == 0
