"""What a practice shows of those who took it up: thresholds, order, cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common import generation
from common.registries import figures
from tests.factories.site import Tree
from tests.members.companies.people import company, person
from tests.toolbox.adopting.companies import DROPPED, IN_PLACE, PLANNED, adoption, practice, practice_page
from toolbox.adopting.counting import NAMED, TOLD, spread
from toolbox.company import taken_up
from toolbox.models import Adoption, PracticePage
from toolbox.related import adopted_next

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 10)


def queries_of(client: Client, page: PracticePage) -> int:
    generation.bump()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.path_on_site).status_code == 200
    return len(queries)


def test_below_three_companies_only_their_number_is_given(tree: Tree) -> None:
    facts = practice(tree)
    for state in (PLANNED, IN_PLACE):
        adoption(facts, state)
    found = spread(facts.pk)
    assert (found.total, found.states, found.sectors, found.sizes) == (2, (), [], [])


def test_a_sector_and_a_size_are_given_from_three_companies_up_named_or_not(tree: Tree) -> None:
    facts = practice(tree)
    for sector in ("commerce", "commerce", "commerce", "industrie", "industrie", ""):
        adoption(facts, organisation=company(sector=sector, headcount="12" if sector == "commerce" else ""))
    adoption(facts, DROPPED, organisation=company(sector="industrie", headcount="NN"), shown=True)
    found = spread(facts.pk)
    assert [(part.key, part.number) for part in found.states] == [(IN_PLACE, 6), (DROPPED, 1)]
    assert [(part.key, part.number) for part in found.sectors] == [("industrie", 3), ("commerce", 3)]
    assert [(part.key, part.number) for part in found.sizes] == [("10to49", 3)]
    assert (len(found.told), found.unnamed) == (1, 6)


def test_those_with_something_to_tell_come_first(tree: Tree) -> None:
    facts = practice(tree)
    wordless = adoption(facts, shown=True)
    planned = adoption(facts, PLANNED, shown=True, experience="Bientôt.")
    running = adoption(facts, shown=True, experience="Cela tient.")
    adoption(facts, shown=True, held=True, experience="À lire d’abord.")
    adoption(facts, shown=True, organisation=company(confirmed_at=None))
    assert list(spread(facts.pk).told) == [running, planned, wordless]


def test_the_page_never_counts_to_nothing(client: Client, tree: Tree) -> None:
    page = practice_page(tree)
    html = client.get(page.path_on_site).content.decode()
    assert ("Et dans votre entreprise ?" in html, "Elles l’ont fait aussi" in html) == (True, False)


def test_the_page_costs_at_most_three_queries_more_whatever_took_it_up(client: Client, tree: Tree) -> None:
    page, after = practice_page(tree), practice(tree)
    client.get(page.path_on_site)
    bare = queries_of(client, page)
    counted = []
    for _round in range(3):
        organisation = company()
        adoption(page.facts, organisation=organisation, shown=True, in_place_on=DAY)
        adoption(after, organisation=organisation, in_place_on=DAY + dt.timedelta(days=9))
        counted.append(queries_of(client, page) - bare)
    assert counted == [2, 2, 2]


def test_a_page_kept_for_all_says_nothing_of_who_reads(client: Client, tree: Tree) -> None:
    page = practice_page(tree)
    adoption(page.facts, shown=True)
    response = client.get(page.path_on_site)
    assert ("csrfmiddlewaretoken" in response.content.decode(), list(response.cookies)) == (False, [])


def test_of_many_companies_some_are_told_some_are_named_and_the_others_counted(tree: Tree) -> None:
    page = practice_page(tree)
    rows = [company() for _each in range(TOLD + NAMED + 5)]
    Adoption.objects.bulk_create(
        Adoption(practice=page.facts, organisation=row, state=IN_PLACE, in_place_on=DAY, shown=True)
        for row in rows
    )
    found = spread(page.facts_id)
    assert (len(found.told), len(found.named), found.unnamed) == (TOLD, NAMED, 5)


# ---------------------------------------------------------------- adopted next
def test_what_two_companies_took_up_after_is_shown_most_first(tree: Tree) -> None:
    first = practice_page(tree)
    often, twice, once, before = (practice_page(tree) for _each in range(4))
    companies = [company() for _each in range(3)]
    for number, row in enumerate(companies):
        adoption(first.facts, organisation=row, in_place_on=DAY)
        later, earlier = DAY + dt.timedelta(days=30), DAY - dt.timedelta(days=30)
        adoption(often.facts, PLANNED, organisation=row, planned_on=later)
        adoption(before.facts, organisation=row, in_place_on=earlier)
        if number:
            adoption(twice.facts, organisation=row, in_place_on=later)
        else:
            adoption(once.facts, organisation=row, in_place_on=later)
    adoption(twice.facts, DROPPED, organisation=companies[0], dropped_on=DAY + dt.timedelta(days=40))
    assert [page.pk for page in adopted_next(first)] == [often.pk, twice.pk]


def test_what_was_taken_up_the_same_day_has_no_order(tree: Tree) -> None:
    first, other = practice_page(tree), practice_page(tree)
    for row in (company(), company()):
        adoption(first.facts, organisation=row, in_place_on=DAY)
        adoption(other.facts, organisation=row, in_place_on=DAY)
    assert adopted_next(first) == []


# ---------------------------------------------------------------- elsewhere
def test_a_company_shows_what_it_wishes_and_has_not_dropped(client: Client, tree: Tree) -> None:
    organisation = company()
    shown = adoption(practice(tree), organisation=organisation, shown=True, experience="Cela tient.")
    adoption(practice(tree), organisation=organisation)
    adoption(practice(tree), DROPPED, organisation=organisation, shown=True)
    assert [row.adoption for row in taken_up(organisation)] == [shown]
    html = client.get(f"/entreprises/{organisation.slug}/").content.decode()
    assert ("Pratiques adoptées" in html, "Cela tient." in html) == (True, True)


def test_figures_count_by_the_year_of_the_state(tree: Tree) -> None:
    one, other = company(), company()
    adoption(practice(tree), organisation=one, in_place_on=dt.date(2025, 5, 1))
    adoption(practice(tree), PLANNED, organisation=one, planned_on=dt.date(2026, 5, 1))
    adoption(practice(tree), DROPPED, organisation=other, dropped_on=DAY, in_place_on=dt.date(2025, 2, 1))
    counted = [
        figures.count(f"toolbox.{name}", year).value
        for name in ("adoptions", "adopters")
        for year in (None, 2025, 2026)
    ]
    assert counted == [1, 2, 0, 1, 2, 1]


def test_what_my_companies_say_is_read_for_those_signed_in_only(client: Client, tree: Tree) -> None:
    from tests.toolbox.adopting.companies import colleague  # noqa: PLC0415

    page, organisation = practice_page(tree), company(name="Usine")
    adoption(page.facts, organisation=organisation, in_place_on=timezone.localdate())
    client.force_login(colleague(organisation))
    html = client.get(page.path_on_site).content.decode()
    assert "Votre entreprise est comptée ici, sans être nommée." in html
    client.force_login(person())
    assert "Usine" not in client.get(page.path_on_site).content.decode()
