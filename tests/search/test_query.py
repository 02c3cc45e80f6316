"""What was typed, parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST, MOST_GROUPS, parse


def test_every_word_must_be_met() -> None:
    assert parse("emplois des seniors", "fr").groups == ((("emploi",),), (("senior",),))


def test_quoted_words_follow_each_other() -> None:
    assert parse('"fin de carrière" tutorat', "fr").groups == ((("fin", "carriere"),), (("tutorat",),))


def test_french_quotation_marks_quote_too() -> None:
    assert parse("« départ en retraite »", "fr").groups == ((("depart", "retraite"),),)


def test_a_word_asked_twice_is_one() -> None:
    assert parse("l’emploi EMPLOI emplois", "fr").groups == ((("emploi",),),)


@pytest.mark.parametrize("text", ["", " ", '"', '""', "le la les", "?!*()", "\0", "« »", '"de la"'])
def test_nothing_to_look_for_is_an_empty_query(text: str) -> None:
    assert not parse(text, "fr")


def test_long_questions_are_cut() -> None:
    assert len(parse(" ".join(f"mot{n}" for n in range(5_000)), "fr").groups) == MOST_GROUPS
    assert parse("x" * 10_000, "fr").groups == parse("x" * LONGEST, "fr").groups


def test_a_relaxed_query_is_met_by_any_of_its_groups() -> None:
    query = parse('"fin de carrière" tutorat', "fr")
    assert query.relaxed().groups == ((("fin", "carriere"), ("tutorat",)),)
    assert query.relaxed().stems == query.stems == {"fin", "carriere", "tutorat"}


@given(st.text())
def test_any_text_can_be_parsed(text: str) -> None:
    query = parse(text, "fr")
    assert bool(query) == bool(query.stems)
