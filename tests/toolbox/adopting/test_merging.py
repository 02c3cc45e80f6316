"""Two organisations that become one, and both took up the same practice."""

from __future__ import annotations

import datetime as dt

import pytest

from members.merging import merge
from members.models import Organisation, Step
from tests.factories.shared import UserFactory
from tests.factories.site import Tree
from tests.members.companies.people import company
from tests.toolbox.adopting.companies import DROPPED, IN_PLACE, PLANNED, adoption, practice
from toolbox.models import Adoption

pytestmark = pytest.mark.django_db
EARLY, LATE = dt.date(2025, 3, 1), dt.date(2026, 3, 1)


def merged(kept: Organisation, gone: Organisation) -> Adoption:
    merge(kept, gone, by=UserFactory(admin=True))
    return Adoption.objects.get()


@pytest.mark.parametrize(
    ("kept", "gone", "left"),
    [(PLANNED, IN_PLACE, IN_PLACE), (DROPPED, IN_PLACE, IN_PLACE), (DROPPED, PLANNED, DROPPED)],
)
def test_the_further_state_stays(tree: Tree, kept: str, gone: str, left: str) -> None:
    facts, one, other = practice(tree), company(), company()
    adoption(facts, kept, organisation=one)
    adoption(facts, gone, organisation=other)
    assert merged(one, other).state == left


def test_the_earliest_dates_and_both_lines_stay_and_the_one_kept_decides_who_is_named(tree: Tree) -> None:
    facts, one, other = practice(tree), company(), company()
    adoption(facts, organisation=one, in_place_on=LATE, planned_on=LATE, experience="Une.")
    adoption(facts, organisation=other, in_place_on=EARLY, experience="Deux.", shown=True, held=True)
    row = merged(one, other)
    assert (row.organisation, row.in_place_on, row.planned_on) == (one, EARLY, LATE)
    assert (row.experience, row.shown, row.held) == ("Une. – Deux.", False, True)


def test_lines_too_long_to_stand_together_are_kept_in_the_timeline(tree: Tree) -> None:
    facts, one, other = practice(tree), company(), company()
    adoption(facts, organisation=one, experience="a" * 300)
    adoption(facts, organisation=other, experience="b" * 300)
    assert merged(one, other).experience == "a" * 300
    assert Step.objects.filter(organisation=one, text__contains="b" * 300).count() == 1


def test_what_only_one_took_up_moves_as_it_is(tree: Tree) -> None:
    one, other = company(), company()
    row = adoption(practice(tree), PLANNED, organisation=other, experience="Deux.")
    assert merged(one, other).pk == row.pk
