"""The search page and its suggestions, as visitors meet them."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale

from common.models import Theme
from search.models import Entry
from tests.factories.pages import SignatoryIndexPageFactory
from tests.factories.shared import ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.search.entries import EntryFactory

SEARCH = "/recherche/"
SUGGESTIONS = "/recherche/suggestions/"


@pytest.fixture
def transmission(tree: Tree) -> Theme:
    """A theme, on a small published site."""
    theme: Theme = ThemeFactory(slug="transmission", names={"fr": "Transmission", "en": "Passing on"})
    return theme


def titles(response: Any) -> list[str]:
    return [unescape(re.sub(r"<[^>]+>", "", hit.title)) for hit in response.context["listing"].items]


def counts(response: Any, name: str) -> dict[str, int]:
    facets = {facet.name: facet for facet in response.context["listing"].facets}
    return {option.value: option.count for option in facets[name].options}


def test_a_result_says_what_it_is(client: StrictClient, transmission: Theme) -> None:
    EntryFactory(
        title="Un tutorat croisé",
        summary="Le tutorat en deux mots.",
        themes=["transmission"],
        date=dt.date(2025, 3, 12),
        example=True,
    )
    html = client.get(SEARCH, {"q": "tutorats"}).content.decode()
    assert "Un <mark>tutorat</mark> croisé</a></h3>" in html
    assert "<p>Le <mark>tutorat</mark> en deux mots.</p>" in html
    assert '<time datetime="2025-03-12">12 mars 2025</time>' in html
    assert html.count('<span class="badge badge-example">') == 1
    assert html.count("Transmission</span>") == 2


def test_all_types_come_together_the_best_first(client: StrictClient, tree: Tree) -> None:
    EntryFactory(kind="tool", title="Grille", body="Pour le tutorat.")
    EntryFactory(kind="event", title="Atelier", summary="Le tutorat.")
    EntryFactory(kind="practice", title="Tutorat")
    assert titles(client.get(SEARCH, {"q": "tutorat"})) == ["Tutorat", "Atelier", "Grille"]


def test_filters_narrow_and_count(client: StrictClient, transmission: Theme) -> None:
    EntryFactory(kind="practice", title="Tutorat", themes=["transmission"])
    EntryFactory(kind="tool", title="Tutorat", themes=["transmission"])
    EntryFactory(kind="tool", title="Tutorat")
    response = client.get(SEARCH, {"q": "tutorat", "kind": "tool"})
    assert response.context["listing"].total == 2
    assert counts(response, "kind") == {"practice": 1, "tool": 2}
    assert counts(response, "theme") == {"transmission": 1}
    assert [chip.query for chip in response.context["listing"].chips] == ["q=tutorat"]


def test_choices_that_would_find_nothing_are_left_out(client: StrictClient, transmission: Theme) -> None:
    EntryFactory(kind="practice", title="Tutorat")
    response = client.get(SEARCH, {"q": "tutorat", "theme": "transmission"})
    assert counts(response, "theme") == {"transmission": 0}
    assert [facet.name for facet in response.context["listing"].facets] == ["theme"]


def test_filters_work_without_words(client: StrictClient, transmission: Theme) -> None:
    EntryFactory(title="Ancienne", themes=["transmission"], date=dt.date(2020, 1, 1))
    EntryFactory(title="Récente", themes=["transmission"], date=dt.date(2025, 1, 1))
    EntryFactory(title="Autre")
    assert titles(client.get(SEARCH, {"theme": "transmission"})) == ["Récente", "Ancienne"]


def test_without_a_question_themes_are_proposed(client: StrictClient, transmission: Theme) -> None:
    EntryFactory(title="Tutorat", themes=["transmission"])
    response = client.get(SEARCH)
    assert response.context["listing"].total == 0
    assert f'href="{SEARCH}?theme=transmission"' in response.content.decode()


@pytest.mark.parametrize("words", ["le la les", "xylophone", '"', "?"])
def test_when_nothing_is_found_themes_are_proposed(
    client: StrictClient, transmission: Theme, words: str
) -> None:
    EntryFactory(title="Tutorat", themes=["transmission"])
    response = client.get(SEARCH, {"q": words})
    assert response.context["listing"].total == 0
    assert f'href="{SEARCH}?theme=transmission"' in response.content.decode()


def test_when_nothing_has_all_the_words_some_will_do(client: StrictClient, tree: Tree) -> None:
    EntryFactory(title="Tutorat")
    response = client.get(SEARCH, {"q": "tutorat xylophone"})
    assert titles(response) == ["Tutorat"]
    assert response.context["listing"].extra == {"relaxed": True}


def test_a_filter_that_leaves_nothing_does_not_relax_the_words(client: StrictClient, tree: Tree) -> None:
    EntryFactory(kind="practice", title="Tutorat croisé")
    EntryFactory(kind="tool", title="Tutorat")
    response = client.get(SEARCH, {"q": "tutorat croisé", "kind": "tool"})
    assert (titles(response), counts(response, "kind")) == ([], {"practice": 1, "tool": 0})


def test_results_come_by_twenty(client: StrictClient, tree: Tree) -> None:
    EntryFactory.create_batch(21, title="Tutorat")
    first, second = (client.get(SEARCH, {"q": "tutorat", "page": page}) for page in (1, 2))
    assert (len(titles(first)), len(titles(second))) == (20, 1)
    assert f'href="{SEARCH}?q=tutorat&amp;page=2"' in first.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"'},
        {"q": "\0"},
        {"q": "emploi\0"},
        {"q": "a" * 10_000},
        {"q": "a " * 5_000},
        {"q": '"' * 500},
        {"q": "NEAR(a b) AND NOT * OR ("},
        {"q": "'; DROP TABLE search_entry; --"},
        {"q": "<script>alert(1)</script>"},
        {"q": "%"},
        {"q": "🂡 ♠"},
        {"q": "\u202e\u200b\ufeff"},
        {"q": "tutorat", "page": "-1"},
        {"q": "tutorat", "page": "abc"},
        {"q": "tutorat", "page": "9" * 5_000},
        {"q": "tutorat", "page": "٣"},
        {"q": "tutorat", "page": "²"},
        {"q": "tutorat", "kind": "\0", "theme": "'"},
        {"kind": "nothing"},
        {"unknown": "x"},
    ],
)
def test_no_question_is_an_error(client: StrictClient, tree: Tree, query: dict[str, str]) -> None:
    EntryFactory(title="Tutorat")
    assert client.get(SEARCH, query).status_code == 200
    assert client.get(SUGGESTIONS, query).status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    q=st.text() | st.text(alphabet="\"'*()-+:^&|<>!\\\0%_« »emploi"),
    kind=st.text(max_size=5),
    page=st.text(max_size=8) | st.integers().map(str),
)
def test_nothing_that_is_typed_is_an_error(tree: Tree, q: str, kind: str, page: str) -> None:
    client = StrictClient()
    assert client.get(SEARCH, {"q": q, "kind": kind, "page": page}).status_code == 200
    assert client.get(SUGGESTIONS, {"q": q}).status_code == 200


def test_bytes_that_are_not_text_are_no_error(client: StrictClient, tree: Tree) -> None:
    assert client.get(f"{SEARCH}?q=%FF%FE%00%ED%A0%80&kind=%FF").status_code == 200


def test_what_was_typed_is_shown_escaped(client: StrictClient, tree: Tree) -> None:
    EntryFactory(title="<b>Tutorat</b>", summary="<script>alert(1)</script>")
    html = client.get(SEARCH, {"q": "<script>alert(1)</script> tutorat"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;<mark>Tutorat</mark>&lt;/b&gt;" in html
    assert "&lt;<mark>script</mark>&gt;<mark>alert</mark>(<mark>1</mark>)" in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt; tutorat"' in html


def test_drafts_of_the_index_are_not_shown_to_anybody_else(client: StrictClient, tree: Tree) -> None:
    entry = EntryFactory(title="Tutorat")
    Entry.objects.filter(pk=entry.pk).update(audience="members")
    assert titles(client.get(SEARCH, {"q": "tutorat"})) == []


def test_each_language_has_its_own_search(client: StrictClient, tree: Tree) -> None:
    EntryFactory(title="Transmission")
    EntryFactory(title="Transmission of skills", language="en", url="/en/bonnes-pratiques/skills/")
    assert titles(client.get("/recherche/", {"q": "transmission"})) == ["Transmission"]
    assert titles(client.get("/en/recherche/", {"q": "transmission"})) == ["Transmission of skills"]


def test_a_company_leads_to_the_directory_in_the_visitor_s_language(client: StrictClient, tree: Tree) -> None:
    EntryFactory(
        kind="signatory",
        language="",
        title="Ateliers de la Lys",
        url=f"{tree.signatories.path_on_site}?sector=industrie#lys",
    )
    there = client.get("/en/recherche/", {"q": "lys"}).context["listing"].items[0]
    assert (there.url, there.language) == ("/charte/signataires/?sector=industrie#lys", "fr")
    english = Locale.objects.create(language_code="en")
    tree.home.copy_for_translation(english).save_revision().publish()
    charter = tree.charter.copy_for_translation(english)
    charter.save_revision().publish()
    SignatoryIndexPageFactory(parent=charter, title="Signataires", locale=english)
    there = client.get("/en/recherche/", {"q": "lys"}).context["listing"].items[0]
    assert there.url == "/en/charte/signataires/?sector=industrie#lys"


def test_an_answer_is_never_kept(client: StrictClient, tree: Tree) -> None:
    response = client.get(SEARCH, {"kind": "practice"})
    assert response["Cache-Control"] == "private, no-cache"


def test_the_empty_page_may_be_kept(client: StrictClient, tree: Tree) -> None:
    assert not client.get(SEARCH).has_header("Cache-Control")


def test_only_reading_is_allowed(client: StrictClient, tree: Tree) -> None:
    assert client.post(SEARCH).status_code == client.post(SUGGESTIONS).status_code == 405


def test_suggestions_are_links_to_what_they_name(client: StrictClient, tree: Tree) -> None:
    EntryFactory(title="Tutorat <croisé>", url="/bonnes-pratiques/croise/")
    html = client.get(SUGGESTIONS, {"q": "tuto"}).content.decode()
    assert 'href="/bonnes-pratiques/croise/"><span>Tutorat &lt;croisé&gt;</span>' in html
    assert html.count('role="option"') == 1


@pytest.mark.parametrize("typed", ["", "t", " ", "xylo"])
def test_no_suggestion_is_an_empty_answer(client: StrictClient, tree: Tree, typed: str) -> None:
    EntryFactory(title="Tutorat")
    assert client.get(SUGGESTIONS, {"q": typed}).content.strip() == b""


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_takes_the_same_number_of_queries_whatever_it_finds(
    rows: int,
    client: StrictClient,
    transmission: Theme,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    EntryFactory.create_batch(rows, title="Tutorat", themes=["transmission"])
    client.get(SEARCH, {"q": "tutorat"})
    with django_assert_num_queries(3):
        client.get(SEARCH, {"q": "tutorat"})


@pytest.mark.parametrize("rows", [1, 3])
def test_suggestions_take_the_same_number_of_queries_whatever_they_are(
    rows: int, client: StrictClient, tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    EntryFactory.create_batch(rows, title="Tutorat")
    client.get(SUGGESTIONS, {"q": "tut"})
    with django_assert_num_queries(2):
        client.get(SUGGESTIONS, {"q": "tut"})


def test_the_form_keeps_what_was_asked(client: StrictClient, transmission: Theme) -> None:
    EntryFactory(title="Tutorat", themes=["transmission"])
    html = client.get(SEARCH, {"q": "tutorat", "theme": "transmission"}).content.decode()
    assert '<input type="hidden" name="q" value="tutorat">' in html
    assert 'value="transmission" id="f-theme-transmission" checked>' in html
