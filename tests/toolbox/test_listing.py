"""The lists of practices and tools: what narrows them, what is counted, in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from common.listing import narrowed, selection
from tests.factories.pages import PracticePageFactory, ToolPageFactory
from tests.factories.shared import OrganisationFactory, ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from toolbox.finding.filters import PRACTICE_FILTERS, TOOL_FILTERS
from toolbox.models import Adoption, Practice, Tool

pytestmark = pytest.mark.django_db
LIST, TOOLS = "/bonnes-pratiques/", "/boite-a-outils/"


def titles(client: StrictClient, path: str, query: str = "") -> list[str]:
    return [page.title for page in client.get(f"{path}?{query}").context["listing"].items]


def counts(client: StrictClient, path: str, query: str, name: str) -> dict[str, int]:
    facets = {facet.name: facet for facet in client.get(f"{path}?{query}").context["listing"].facets}
    return {option.value: option.count for option in facets[name].options if option.count}


def adopt(page: Any, state: str = "in_place", *, shown: bool = True, headcount: str = "12") -> Adoption:
    fields: Any = {f"{state}_on": timezone.localdate()}
    company = OrganisationFactory(headcount=headcount)
    row: Adoption = Adoption.objects.create(
        practice=page.facts, organisation=company, state=state, shown=shown, **fields
    )
    return row


@pytest.fixture
def practices(tree: Tree) -> dict[str, Any]:
    """Three practices; the third was imported, and says little."""
    passing, caring = ThemeFactory(slug="transmission"), ThemeFactory(slug="aidants")
    age = [timezone.now() - dt.timedelta(days=days) for days in (1, 2, 3)]
    parent: dict[str, Any] = {"parent": tree.practices}
    return {
        "A": PracticePageFactory(
            **parent, title="A", lead_theme=passing, themes=[caring], first_published_at=age[0]
        ),
        "B": PracticePageFactory(
            **parent, title="B", lead_theme=passing, sector="services", first_published_at=age[1]
        ),
        "C": PracticePageFactory(
            **parent,
            title="C",
            lead_theme=caring,
            first_published_at=age[2],
            **dict.fromkeys(("sector", "size", "effort", "cost"), ""),
        ),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A", "B", "C"]),
        ("theme=transmission", ["A", "B"]),
        ("theme=transmission&theme=aidants", ["A", "B", "C"]),
        ("sector=services&theme=transmission", ["B"]),
        ("sector=services&sector=industrie", ["A", "B"]),
        ("sector=xylophone&page=9", ["A", "B", "C"]),
        ("adopted=any", ["B", "C"]),
        ("adopted=10to49", ["B"]),
        ("adopted=10to49&theme=aidants", []),
    ],
)
def test_filters_narrow_in_memory_as_they_do_in_the_database(
    client: StrictClient, practices: dict[str, Any], query: str, found: list[str]
) -> None:
    adopt(practices["A"], "planned")
    adopt(practices["B"])
    adopt(practices["C"], shown=False)
    assert titles(client, LIST, query) == found
    chosen = selection(client.get(f"{LIST}?{query}").wsgi_request.GET, PRACTICE_FILTERS)
    rows = narrowed(Practice.objects.live(), PRACTICE_FILTERS, chosen).order_by("-published_at")
    assert [row.pages.get().title for row in rows] == found


def test_each_choice_is_counted_under_the_other_filters(
    client: StrictClient, practices: dict[str, Any]
) -> None:
    adopt(practices["B"])
    adopt(practices["B"], headcount="52")
    assert counts(client, LIST, "sector=industrie", "theme") == {"transmission": 1, "aidants": 1}
    assert counts(client, LIST, "sector=industrie", "sector") == {"industrie": 1, "services": 1}
    assert counts(client, LIST, "theme=transmission", "adopted") == {"any": 1, "10to49": 1, "gte250": 1}
    assert counts(client, LIST, "adopted=any", "size") == {"10to49": 1}


def test_no_size_is_told_of_a_company_that_is_not_named(
    client: StrictClient, practices: dict[str, Any]
) -> None:
    adopt(practices["A"], shown=False)
    assert counts(client, LIST, "", "adopted") == {"any": 1}


def test_a_list_is_put_in_another_order_which_chips_keep(
    client: StrictClient, practices: dict[str, Any]
) -> None:
    adopt(practices["C"])
    Practice.objects.filter(pk=practices["B"].facts_id).update(checked_on=timezone.localdate())
    assert titles(client, LIST, "sort=adopted") == ["C", "A", "B"]
    assert titles(client, LIST, "sort=checked") == ["B", "A", "C"]
    listing = client.get(f"{LIST}?theme=aidants&sort=adopted").context["listing"]
    assert [page.title for page in listing.items] == ["C", "A"]
    assert [chip.query for chip in listing.chips] == ["sort=adopted"]


def test_tools_are_found_by_the_practices_that_use_them(client: StrictClient, tree: Tree) -> None:
    grid, guide = (ToolPageFactory(parent=tree.tools, title=title) for title in ("Grille", "Guide"))
    ToolPageFactory(parent=tree.tools, title="Affiche", accessible=True, audience="members")
    for sector in ("industrie", "services"):
        PracticePageFactory(parent=tree.practices, sector=sector, tools=[grid.facts])
    PracticePageFactory(parent=tree.practices, sector="services", tools=[guide.facts])
    assert sorted(titles(client, TOOLS, "sector=services")) == ["Grille", "Guide"]
    assert titles(client, TOOLS, "sector=industrie") == ["Grille"]
    assert counts(client, TOOLS, "", "sector") == {"industrie": 1, "services": 2}
    assert counts(client, TOOLS, "", "size") == {"10to49": 2}
    assert titles(client, TOOLS, "accessible=yes") == ["Affiche"]
    assert titles(client, TOOLS, "audience=members") == ["Affiche"]
    assert titles(client, TOOLS, "sort=used")[:2] == ["Grille", "Guide"] or titles(
        client, TOOLS, "sort=used"
    )[:2] == ["Guide", "Grille"]
    chosen = {"sector": ["services"]}
    assert narrowed(Tool.objects.live(), TOOL_FILTERS, chosen).count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_depend_neither_on_rows_nor_on_filters(
    client: StrictClient, tree: Tree, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(rows):
        adopt(PracticePageFactory(parent=tree.practices, lead_theme=ThemeFactory(slug="transmission")))
    client.get("/")
    with django_assert_max_num_queries(15):
        client.get(f"{LIST}?theme=transmission&sector=industrie&size=10to49&effort=medium&adopted=any")
    with django_assert_max_num_queries(8):
        client.get(f"{LIST}?theme=transmission&cost=none&adopted=10to49")
