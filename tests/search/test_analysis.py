"""From texts to stems."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LONGEST, analyse, fold, stems, surfaces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("emploi", "EMPLOIS"),
        ("l'emploi", "emploi"),
        ("l’emploi", "emploi"),
        ("Qu’un aîné", "aines"),
        ("œuvre", "oeuvre"),
        ("salariée", "salariés"),
        ("re\u0301gional", "régionaux"),
        ("niveaux", "niveau"),
        ("trans\u00admission", "transmissions"),
        ("savoir-faire", "savoir faire"),
        ("Re‑Uz", "re-uz"),
    ],
)
def test_french_spellings_of_one_thing_have_the_same_stems(one: str, other: str) -> None:
    assert stems(one, "fr") == stems(other, "fr")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "company’s", "companies"),
        ("en", "the workers", "worker"),
        ("en", "businesses", "business"),
        ("nl", "werknemers", "werknemer"),
        ("nl", "bedrijven", "bedrijf"),
        ("nl", "ervaringen", "ervaring"),
    ],
)
def test_other_languages_have_their_own_plurals(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_different_words_stay_different() -> None:
    assert len({tuple(stems(word, "fr")) for word in ("emploi", "employeur", "cours", "course", "bus")}) == 5


def test_stop_words_are_left_out() -> None:
    assert stems("Comment est-ce que l’on les garde ?", "fr") == ["garde"]


def test_an_apostrophe_inside_a_word_elides_nothing() -> None:
    assert stems("aujourd’hui", "fr") == ["aujourd", "hui"]


def test_tokens_know_where_they_stand_in_the_original() -> None:
    text = "Jusqu’à l’Œuvre re\u0301ussie (50+)"
    assert [text[token.start : token.end] for token in analyse(text, "fr")] == [
        "Œuvre",
        "re\u0301ussie",
        "50",
    ]


def test_an_unknown_language_is_folded_and_no_more() -> None:
    assert stems("Les Emplois", "de") == ["les", "emplois"]


def test_surfaces_keep_what_is_being_typed() -> None:
    assert surfaces("La Charte des aînés", "fr") == ["la", "charte", "des", "aines"]


def test_endless_words_are_cut() -> None:
    assert len(fold("a" * 10_000)) == LONGEST


@given(text=st.text(), language=st.sampled_from(["fr", "en", "nl", ""]))
def test_any_text_gives_stems_of_letters_and_digits_in_order(text: str, language: str) -> None:
    tokens = analyse(text, language)
    assert all(token.stem.isalnum() for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert [token.stem for token in tokens] == stems(text, language)
