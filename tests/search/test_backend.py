"""What the database finds: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from search.backends import backend
from search.backends.base import PER_PAGE, Filters, Results
from search.query import parse
from tests.search.entries import EntryFactory

pytestmark = pytest.mark.django_db

FRENCH = Filters("fr")


def look_for(text: str, filters: Filters = FRENCH, page: int = 1) -> Results:
    return backend().search(parse(text, filters.language), filters, page)


def test_every_spelling_finds_it() -> None:
    entry = EntryFactory(title="Préparer l’emploi des aînés")
    for text in ("emploi", "EMPLOIS", "l'emploi", "aînés", "aine", '"emploi des aînés"'):
        assert list(look_for(text).ids) == [entry.pk]


def test_all_the_words_must_be_there() -> None:
    entry = EntryFactory(title="Tutorat", body="Chaque départ est préparé.")
    EntryFactory(title="Tutorat")
    assert list(look_for("tutorat départ").ids) == [entry.pk]


def test_a_phrase_wants_its_words_in_order() -> None:
    entry = EntryFactory(body="Aménager les fins de carrière.")
    EntryFactory(body="Une carrière sans fin.")
    assert list(look_for('"fin de carrière"').ids) == [entry.pk]


def test_a_phrase_does_not_run_from_the_title_into_the_summary() -> None:
    EntryFactory(title="La fin", summary="Carrière")
    assert look_for('"fin de carrière"').total == 0


def test_a_word_in_the_title_comes_before_one_in_the_body() -> None:
    in_body = EntryFactory(title="Autre chose", body="On y parle de tutorat.")
    in_title = EntryFactory(title="Le tutorat", body="On y parle d’autre chose.")
    in_summary = EntryFactory(title="Autre chose", summary="Du tutorat, parlons-en.", body="Rien.")
    assert list(look_for("tutorat").ids) == [in_title.pk, in_summary.pk, in_body.pk]


def test_names_of_themes_and_places_find_it() -> None:
    entry = EntryFactory(keywords="Bonne pratique\nTransmission\nTourcoing")
    assert list(look_for("transmission tourcoing").ids) == [entry.pk]


def test_no_words_find_everything_the_latest_first() -> None:
    old = EntryFactory(date=dt.date(2018, 1, 1))
    undated = EntryFactory(date=None)
    new = EntryFactory(date=dt.date(2025, 1, 1))
    assert list(look_for("").ids) == [new.pk, old.pk, undated.pk]


def test_languages_are_apart_and_names_belong_to_all() -> None:
    french = EntryFactory(title="Transmission")
    english = EntryFactory(title="Transmission", language="en")
    company = EntryFactory(title="Ateliers Transmission", language="", kind="signatory")
    assert set(look_for("transmission").ids) == {french.pk, company.pk}
    assert set(look_for("transmissions", Filters("en")).ids) == {english.pk, company.pk}
    assert list(look_for("ateliers", Filters("nl")).ids) == [company.pk]


def test_each_filter_is_counted_under_the_other() -> None:
    EntryFactory(kind="practice", themes=["transmission", "aidants"])
    EntryFactory(kind="practice", themes=["aidants"])
    EntryFactory(kind="tool", themes=["transmission"])
    EntryFactory(kind="news")
    results = look_for("", Filters("fr", kinds=["practice"], themes=["transmission"]))
    assert results.total == 1
    assert results.kinds == {"practice": 1, "tool": 1}
    assert results.themes == {"transmission": 1, "aidants": 2}


def test_several_values_of_a_filter_widen_the_result() -> None:
    wanted = [
        EntryFactory(kind="practice", themes=["transmission"]),
        EntryFactory(kind="tool", themes=["aidants"]),
    ]
    EntryFactory(kind="news", themes=["aidants"])
    EntryFactory(kind="tool", themes=["stereotypes"])
    results = look_for("", Filters("fr", kinds=["practice", "tool"], themes=["transmission", "aidants"]))
    assert set(results.ids) == {entry.pk for entry in wanted}


def test_a_theme_is_not_found_by_a_part_of_its_slug() -> None:
    EntryFactory(themes=["fin-de-carriere"])
    assert look_for("", Filters("fr", themes=["fin"])).total == 0


@pytest.mark.parametrize(("asked", "shown"), [(-3, 1), (0, 1), (1, 1), (2, 2), (99, 2), (10**18, 2)])
def test_pages_that_do_not_exist_are_the_nearest_ones(asked: int, shown: int) -> None:
    EntryFactory.create_batch(PER_PAGE + 1)
    results = look_for("", page=asked)
    assert (results.page, len(results.ids)) == (shown, PER_PAGE if shown == 1 else 1)


@pytest.fixture
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the second entry on, a word is a common one."""
    monkeypatch.setattr("search.backends.database.MANY", 1)


@pytest.mark.usefixtures("_few_are_many")
def test_of_a_common_word_titles_and_summaries_come_first_then_the_latest() -> None:
    old_body = EntryFactory(body="Le tutorat, le tutorat.", date=dt.date(2020, 1, 1))
    new_body = EntryFactory(keywords="Tutorat", date=dt.date(2025, 1, 1))
    old_title = EntryFactory(title="Tutorat", date=dt.date(2018, 1, 1))
    new_summary = EntryFactory(summary="Du tutorat.", date=dt.date(2019, 1, 1))
    assert list(look_for("tutorat").ids) == [new_summary.pk, old_title.pk, new_body.pk, old_body.pk]
    assert list(look_for('"tutorat tutorat" tutorat').ids) == [old_body.pk]


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize(("titles", "bodies"), [(5, 40), (20, 21), (25, 20), (45, 0), (0, 45)])
def test_the_pages_of_a_common_word_hold_each_entry_once(titles: int, bodies: int) -> None:
    entries = [
        *(EntryFactory(title="Tutorat et bilan", date=dt.date(2020, 1, 1)) for _ in range(titles)),
        *(EntryFactory(body="Bilan du tutorat", date=dt.date(2025, 1, 1)) for _ in range(bodies)),
    ]
    found = [pk for page in (1, 2, 3) for pk in look_for("tutorat bilan", page=page).ids]
    assert sorted(found) == sorted(entry.pk for entry in entries)


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize(("page", "queries"), [(1, 3), (2, 4), (3, 4)])
def test_a_common_word_takes_four_queries_at_most(
    page: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    EntryFactory.create_batch(10, title="Tutorat")
    EntryFactory.create_batch(40, body="Tutorat")
    with django_assert_num_queries(queries):
        assert look_for("tutorat", page=page).total == 50


def test_indexing_twice_is_the_same_as_once() -> None:
    entry = EntryFactory(title="Tutorat")
    backend().index([entry])
    assert list(look_for("tutorat").ids) == [entry.pk]


def test_what_is_removed_is_not_found() -> None:
    entry = EntryFactory(title="Tutorat")
    backend().remove([entry.pk, entry.pk + 1000])
    assert look_for("tutorat").total == 0
    assert backend().suggest("tuto", "fr") == []


def test_a_rebuild_ends_with_a_tidy_index() -> None:
    entry = EntryFactory(title="Tutorat")
    backend().optimise()
    assert list(look_for("tutorat").ids) == [entry.pk]


@pytest.mark.parametrize(
    "typed",
    [
        "tr",
        "trans",
        "transmission",
        "transmissions ",
        "les trans",
        "savoirs tr",
        "TRANS",
        "l’transm",
        "tr'sav",
    ],
)
def test_titles_are_suggested_while_typing(typed: str) -> None:
    entry = EntryFactory(title="Transmission des savoirs")
    EntryFactory(title="Autre chose", body="Transmission des savoirs")
    assert backend().suggest(typed, "fr") == [entry.pk]


@pytest.mark.parametrize("typed", ["", " ", '"', "transmission 2", "savoirs autre", "\0"])
def test_nothing_is_suggested_for_what_no_title_has(typed: str) -> None:
    EntryFactory(title="Transmission des savoirs")
    assert backend().suggest(typed, "fr") == []


def test_suggestions_are_in_one_language() -> None:
    EntryFactory(title="Transmission")
    english = EntryFactory(title="Transmission", language="en")
    assert backend().suggest("trans", "en") == [english.pk]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(text=st.text() | st.text(alphabet="\"'*()-+:^&|<>!\\\0%_« »emploi NEAR"))
def test_no_text_is_an_error(text: str) -> None:
    results = look_for(text)
    assert results.total == len(results.ids)
    assert backend().suggest(text, "fr") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_is_two_queries(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    EntryFactory.create_batch(rows, title="Tutorat")
    with django_assert_num_queries(2):
        assert look_for("tutorat").total == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_suggestion_is_one_query(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    EntryFactory.create_batch(rows, title="Tutorat")
    with django_assert_num_queries(1):
        assert len(backend().suggest("tut", "fr")) == rows
