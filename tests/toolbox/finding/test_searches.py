"""Saved searches: kept, followed, and told by the digest when something new matches."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from members.joining import intents
from members.models import Announcement, Follow, Membership
from members.space import following
from tests.factories.pages import PracticePageFactory, ToolPageFactory
from tests.factories.shared import OrganisationFactory, ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.members.companies.people import person
from tests.members.space import told
from toolbox.finding import searches
from toolbox.finding.matching import filters_for_practice
from toolbox.finding.queries import Search, read_search
from toolbox.finding.refusals import NothingToSave, TooManySearches
from toolbox.models import SavedFilter

pytestmark = pytest.mark.django_db
SAVED = "/espace/recherches/"
NEW: dict[str, Any] = {"live": False, "first_published_at": None, "last_published_at": None}


def search(query: str, listing: str = "practice") -> Search:
    found = read_search(listing, query)
    assert found is not None
    return found


@pytest.fixture
def user(tree: Tree) -> Any:
    ThemeFactory(slug="transmission", names={"fr": "Transmission"})
    return person()


# ---------------------------------------------------------------- saving
def test_the_same_filters_in_whatever_order_are_one_search(user: Any) -> None:
    first = searches.save(user, search("theme=transmission&sector=services&sector=industrie"))
    other = searches.save(
        user, search("page=3&sector=industrie&sector=services&sort=adopted&theme=transmission"), "Autre"
    )
    assert (first.pk, first.digest) == (other.pk, other.digest)
    assert SavedFilter.objects.get().name == "Autre"
    assert first.name.startswith("Transmission, ")


def test_there_is_something_to_save_and_a_limit(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NothingToSave):
        searches.save(user, search("theme=inconnu"))
    monkeypatch.setattr(searches, "MOST", 1)
    searches.save(user, search("sector=services"))
    with pytest.raises(TooManySearches):
        searches.save(user, search("sector=industrie"))


def test_a_visitor_saves_by_signing_in(client: StrictClient, user: Any) -> None:
    address = f"{SAVED}enregistrer/?liste=practice&sector=services&theme=transmission"
    assert (
        client.get(address).context["form"].initial["name"]
        == search("sector=services&theme=transmission").name
    )
    answer = client.post(address, {"name": "Mes services", "followed": "on"})
    assert answer.headers["Location"] == f"/compte/login/?next={SAVED.replace('/', '%2F')}"
    intents.attach(client.session[intents.SESSION_KEY], user)
    intents.complete_all(user)
    row = SavedFilter.objects.get(user=user)
    assert (row.name, row.query) == ("Mes services", "sector=services&theme=transmission")
    assert searches.followed_digests(user) == {row.digest}


def test_she_renames_follows_and_deletes_her_own_searches_only(client: StrictClient, user: Any) -> None:
    row = searches.save(user, search("sector=services"), "Services")
    path = f"{SAVED}{row.public_id}/"
    client.force_login(user)
    client.post(path, {"verbe": "renommer", "name": "Chez nous"})
    client.post(path, {"verbe": "suivre"})
    shown = client.get(SAVED).context["rows"]
    assert [(each["row"].name, each["followed"]) for each in shown] == [("Chez nous", True)]
    stranger = StrictClient()
    stranger.force_login(person())
    assert stranger.post(path, {"verbe": "supprimer"}).status_code == 404
    client.post(path, {"verbe": "supprimer"})
    assert (SavedFilter.objects.count(), Follow.objects.filter(user=user).count()) == (0, 0)


def test_a_followed_search_is_named_by_its_filters_never_by_anybodys_words(user: Any) -> None:
    row = searches.save(user, search("theme=transmission"), "Mon secret", followed=True)
    (followee,) = following.describe(following.followed_by(user))
    assert followee.target == row.digest
    assert followee.subject.title.endswith("Transmission")
    assert followee.subject.url == "/bonnes-pratiques/?theme=transmission"


# ---------------------------------------------------------------- a company like mine
def test_a_company_like_mine_leads_through_sign_in_to_its_sector_and_size(
    client: StrictClient, user: Any
) -> None:
    address = "/espace/comme-la-mienne/?liste=practice&theme=transmission&sector=services"
    assert client.get(address).headers["Location"].startswith("/compte/login/?next=/espace/comme-la-mienne/")
    client.force_login(user)
    assert client.get(address).headers["Location"] == "/espace/entreprise/"
    firm = OrganisationFactory(sector="industrie", headcount="12")
    Membership.objects.create(user=user, organisation=firm, role="member")
    assert client.get(address).headers["Location"] == (
        "/bonnes-pratiques/?sector=industrie&size=10to49&theme=transmission"
    )
    assert client.get("/espace/comme-la-mienne/?liste=rien").status_code == 404


# ---------------------------------------------------------------- what is published
def published(page: Any) -> Any:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_a_publication_is_about_the_followed_filters_that_it_passes(tree: Tree, user: Any) -> None:
    yes = searches.save(user, search("theme=transmission&sector=services&sector=industrie"), followed=True)
    also = searches.save(user, search("size=10to49&adopted=any"), followed=True)
    searches.save(user, search("theme=transmission&sector=services"), followed=True)
    searches.save(user, search("theme=transmission"))
    searches.save(user, search("adopted=any"), followed=True)
    published(
        PracticePageFactory(
            parent=tree.practices, lead_theme=ThemeFactory(slug="transmission"), sector="industrie", **NEW
        )
    )
    topics = Announcement.objects.get().topics.filter(kind="filter").values_list("target", flat=True)
    assert set(topics) == {yes.digest, also.digest}


def test_a_tool_passes_filters_of_tools_by_the_practices_that_use_it(tree: Tree, user: Any) -> None:
    page = ToolPageFactory(parent=tree.tools)
    PracticePageFactory(parent=tree.practices, sector="services", tools=[page.facts])
    yes = searches.save(user, search("sector=services&kind=link", "tool"), followed=True)
    searches.save(user, search("sector=industrie", "tool"), followed=True)
    searches.save(user, search("sector=services"), followed=True)
    published(page)
    topics = Announcement.objects.get().topics.filter(kind="filter").values_list("target", flat=True)
    assert list(topics) == [yes.digest]


def test_what_matches_a_followed_search_is_in_the_next_letter(tree: Tree, user: Any) -> None:
    with time_machine.travel(told.MONDAY, tick=False):
        searches.save(user, search("sector=services"), followed=True)
        searches.save(person(), search("sector=industrie"), followed=True)
    with time_machine.travel(told.TUESDAY, tick=False):
        published(PracticePageFactory(parent=tree.practices, title="Chez eux", sector="services", **NEW))
    told.days(told.NEXT_MONDAY, 1)
    assert told.recipients() == [user.email]
    assert "Chez eux" in told.letters()[0].text


def test_a_thousand_followed_filters_cost_one_query(
    tree: Tree, user: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [
        SavedFilter(
            user=user, listing="practice", query="sector=industrie", digest=f"{number:040x}", name="n"
        )
        for number in range(1000)
    ]
    SavedFilter.objects.bulk_create(rows)
    Follow.objects.bulk_create(Follow(user=user, kind="filter", target=row.digest) for row in rows)
    page = PracticePageFactory(parent=tree.practices, lead_theme=ThemeFactory(slug="transmission"))
    filters_for_practice(page)
    with django_assert_num_queries(2):
        assert len(filters_for_practice(page)) == 1000
