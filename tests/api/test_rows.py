"""What the API says of each row, and what it never says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from tests.factories.pages import EventPageFactory, PracticePageFactory, ToolPageFactory
from tests.factories.shared import ThemeFactory
from tests.factories.site import Tree

LISTS = ("practices", "tools", "events", "signatories")


def items(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/{path}").json()["items"]
    return found


def test_a_list_gives_pages_with_links(client: Client, site: Tree) -> None:
    page = client.get("/api/v1/practices?per_page=1&sector=industrie&page=2").json()
    address = "http://localhost:8000/api/v1/practices?per_page=1&sector=industrie&page="
    assert (page["total"], page["page"], page["pages"]) == (2, 2, 2)
    assert page["links"] == {
        "first": f"{address}1",
        "prev": f"{address}1",
        "next": None,
        "last": f"{address}2",
    }
    beyond = client.get("/api/v1/practices?per_page=1&page=9").json()
    assert beyond["items"] == []
    assert beyond["links"]["prev"] == "http://localhost:8000/api/v1/practices?per_page=1&page=2"


def test_a_practice_says_what_its_card_says(client: Client, site: Tree) -> None:
    theme = ThemeFactory(slug="transmission")
    PracticePageFactory(parent=site.practices, title="Tutorat", slug="tutorat", lead_theme=theme, cost="lt1k")
    (row,) = items(client, "practices?theme=transmission")
    assert row["url"] == "http://localhost:8000/bonnes-pratiques/tutorat/"
    assert (row["theme"], row["theme_label"], row["themes"]) == ("transmission", theme.name, ["transmission"])
    assert (row["size"], row["size_label"], row["cost"], row["year"]) == (
        "10to49",
        "10 à 49\u00a0salariés",
        "lt1k",
        2024,
    )
    assert items(client, "practices?theme=transmission&language=en") == []


def test_a_row_that_meets_two_values_comes_once(client: Client, site: Tree) -> None:
    one, other = ThemeFactory(slug="aidants"), ThemeFactory(slug="engagement")
    PracticePageFactory(parent=site.practices, lead_theme=one, themes=[other])
    assert len(items(client, "practices?theme=aidants&theme=engagement")) == 1


def test_one_practice_says_all_that_its_page_says(client: Client, site: Tree) -> None:
    page = PracticePageFactory(
        parent=site.practices,
        slug="tout",
        actions_text='<p>Un &amp; <a href="/contact/">deux</a>.</p><ul><li>Trois</li></ul>',
    )
    told = client.get("/api/v1/practices/tout").json()
    assert told["actions"] == {
        "text": "Un & deux.\nTrois",
        "html": '<p>Un &amp; <a href="http://localhost:8000/contact/">deux</a>.</p><ul><li>Trois</li></ul>',
    }
    assert told["keys"]["text"] == "Du temps."
    assert (told["steps"], told["key_results"], told["tools"]) == ([], [], [])
    assert client.get(f"/api/v1/practices/{page.translation_key}").json() == told


def test_a_reserved_tool_says_its_title_its_sentence_and_for_whom(client: Client, site: Tree) -> None:
    ToolPageFactory(
        parent=site.tools,
        slug="secret",
        audience="members",
        body=[("text", "<p>Le mode d’emploi</p>")],
        version="3",
    )
    told = client.get("/api/v1/tools/secret").json()
    assert told["audience"] == "members"
    reserved = (
        "licence",
        "version",
        "updated_on",
        "file_type",
        "file_size",
        "external_url",
        "accessible",
        "body",
    )
    assert [told[name] for name in reserved] == [None] * len(reserved)
    assert client.get("/api/v1/tools/grille").json()["external_url"] == "https://outils.example.org/grille"


@pytest.mark.parametrize("path", ["events?when=all", "events/atelier", "search?q=Atelier"])
def test_the_link_to_join_online_is_nowhere(client: Client, site: Tree, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    assert b"visio.example.org" not in response.content


def test_events_are_those_to_come_unless_others_are_asked_for(client: Client, site: Tree) -> None:
    assert [row["slug"] for row in items(client, "events")] == ["atelier"]
    assert [row["slug"] for row in items(client, "events?when=past")] == ["passe"]
    assert [row["slug"] for row in items(client, "events?when=all")] == ["atelier", "passe"]


def test_a_signatory_says_where_it_stands(client: Client, site: Tree) -> None:
    (row,) = items(client, "signatories?state=labelled")
    assert (row["slug"], row["labelled"], row["labelled_until"], row["signed_in"]) == (
        "gaufres",
        True,
        2999,
        2021,
    )
    assert client.get("/api/v1/signatories/tissage").json()["website"] == "https://entreprise.example.org"


def test_the_search_finds_what_the_page_finds(client: Client, site: Tree) -> None:
    assert [row["title"] for row in items(client, "search?q=récit")] == ["Récits"]
    assert items(client, "search") == []
    assert {row["kind"] for row in items(client, "search?kind=tool")} == {"tool"}


def test_drafts_and_private_pages_are_not_given(client: Client, site: Tree) -> None:
    PracticePageFactory(parent=site.practices, slug="brouillon", live=False)
    hidden = PracticePageFactory(parent=site.practices, slug="cachee")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert {row["slug"] for row in items(client, "practices")} == {"binomes", "recits"}
    assert [client.get(f"/api/v1/practices/{slug}").status_code for slug in ("brouillon", "cachee")] == [
        404,
        404,
    ]
    PageViewRestriction.objects.create(page=site.signatories, restriction_type=PageViewRestriction.LOGIN)
    assert items(client, "signatories") == []
    assert client.get("/api/v1/signatories/tissage").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_said_of_persons(client: Client, site: Tree, name: str) -> None:
    words = client.get(f"/api/v1/{name}").content.decode()
    assert [
        word for word in ("author", "email", "phone", "siret", "contact_name") if f'"{word}"' in words
    ] == []


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_what_one_costs(
    client: Client, tree: Tree, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts: list[int] = []
    for _number in range(2):
        grow(tree, name, 1 if not counts else 2)
        more = "&when=all" if name == "events" else ""
        client.get(f"/api/v1/{name}?per_page=99{more}")
        with django_assert_max_num_queries(6) as captured:
            client.get(f"/api/v1/{name}?per_page=100{more}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def grow(tree: Tree, name: str, number: int) -> None:
    """Add rows of a kind."""
    from charters.models import CharterVersion, Signature  # noqa: PLC0415
    from tests.factories.shared import OrganisationFactory  # noqa: PLC0415

    for _one in range(number):
        if name == "practices":
            PracticePageFactory(parent=tree.practices, themes=[ThemeFactory()])
        elif name == "tools":
            ToolPageFactory(parent=tree.tools, themes=[ThemeFactory()])
        elif name == "events":
            EventPageFactory(parent=tree.events, themes=[ThemeFactory()], organisers=[OrganisationFactory()])
        else:
            version, _new = CharterVersion.objects.get_or_create(
                code="2021", defaults={"adopted_on": "2021-01-01"}
            )
            Signature.objects.create(
                organisation=OrganisationFactory(), version=version, state="signed", signed_on="2021-09-28"
            )
