"""Excerpts, and the words marked in them."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search.highlighting import EXCERPT, cut, excerpt, find, mark

LONG = "Rien de tel ici. " * 40


def test_words_found_are_marked_whatever_their_spelling() -> None:
    assert mark("L’emploi des Aînés", {"emploi", "aine"}, "fr") == (
        "L’<mark>emploi</mark> des <mark>Aînés</mark>"
    )


def test_what_looks_like_mark_up_is_escaped_first() -> None:
    assert mark("<b>emploi</b> & co", {"emploi"}, "fr") == ("&lt;b&gt;<mark>emploi</mark>&lt;/b&gt; &amp; co")
    assert mark("<mark>", {"mark"}, "fr") == "&lt;<mark>mark</mark>&gt;"


def test_the_summary_is_shown_when_it_has_the_words() -> None:
    assert excerpt("", "Un tutorat.", "Le tutorat, en long.", {"tutorat"}, "fr") == "Un <mark>tutorat</mark>."


def test_the_summary_is_shown_when_the_title_has_the_words() -> None:
    assert excerpt("Tutorat", "Résumé.", "Le tutorat, en long.", {"tutorat"}, "fr") == "Résumé."


def test_the_body_is_shown_from_the_sentence_of_the_first_word_found() -> None:
    body = f"{LONG}Alors le tutorat commence. {LONG}"
    shown = excerpt("Titre", "Résumé.", body, {"tutorat"}, "fr")
    assert shown.startswith("Alors le <mark>tutorat</mark> commence. Rien de tel ici.")
    assert shown.endswith("…")


def test_a_long_sentence_is_entered_midway() -> None:
    body = f"{'encore et ' * 60}puis le tutorat commence"
    assert excerpt("", "", body, {"tutorat"}, "fr") == (
        "… encore et encore et encore et encore et encore et encore et encore et puis le "
        "<mark>tutorat</mark> commence"
    )


def test_without_summary_the_body_begins() -> None:
    assert excerpt("", "", "Un corps.", frozenset(), "fr") == "Un corps."


def test_the_first_of_several_words_is_found() -> None:
    assert find("Rien, puis un emploi, puis le tutorat", {"tutorat", "emploi"}, "fr") == 14
    assert find("Rien", {"tutorat"}, "fr") is None


def test_texts_are_cut_between_words() -> None:
    assert cut("mot " * 100) == ("mot " * 60).rstrip() + "…"
    assert cut("court") == "court"


@given(text=st.text(), wanted=st.frozensets(st.sampled_from(["a", "e", "mark", "amp", "lt"])))
def test_marking_loses_and_adds_no_character(text: str, wanted: frozenset[str]) -> None:
    marked = mark(text, wanted, "de")
    assert unescape(re.sub(r"</?mark>", "", marked)) == unescape(str(mark(text, frozenset(), "de")))


@given(body=st.text(max_size=2000), found=st.integers(0, 2000))
def test_an_excerpt_is_never_much_longer_than_wanted(body: str, found: int) -> None:
    shown = excerpt("", "", f"{body[:found]} tutorat {body[found:]}", {"tutorat"}, "de")
    assert len(unescape(re.sub(r"</?mark>", "", shown))) <= EXCERPT + 4
