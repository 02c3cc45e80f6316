"""Two people at the same moment."""

from __future__ import annotations

import pytest

from tests.factories.site import build_tree
from tests.members.companies.people import company, person
from tests.members.companies.test_at_once import together
from tests.toolbox.adopting.companies import DROPPED, IN_PLACE, PLANNED, colleague, practice, said
from toolbox.adopting.answering import Answer, Answered, answer
from toolbox.adopting.asking import ask
from toolbox.adopting.refusals import ChangedMeanwhile
from toolbox.adopting.saying import say, withdraw
from toolbox.adopting.tokens import token_for
from toolbox.models import Adoption, Rereading

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_of_one_company_who_adopt_at_once_write_one_row() -> None:
    facts, organisation = practice(build_tree()), company()
    one, other = colleague(organisation), colleague(organisation)
    outcomes = together(
        lambda: say(facts, organisation, one, said(IN_PLACE), seen=""),
        lambda: say(facts, organisation, other, said(PLANNED), seen=""),
    )
    assert outcomes == ["", ChangedMeanwhile.__name__]
    assert Adoption.objects.count() == 1


def test_one_who_changes_while_a_colleague_withdraws_is_told_or_comes_first() -> None:
    facts, organisation = practice(build_tree()), company()
    one, other = colleague(organisation), colleague(organisation)
    row = say(facts, organisation, one, said(PLANNED))
    outcomes = together(
        lambda: withdraw(row, one),
        lambda: say(facts, organisation, other, said(DROPPED), seen=row.updated_at.isoformat()),
    )
    assert outcomes in (["", ""], ["", ChangedMeanwhile.__name__])
    assert Adoption.objects.count() == 0


def test_a_link_used_twice_at_once_answers_once() -> None:
    facts = practice(build_tree(), organisation=None, author=person())
    row = ask(facts)
    assert row is not None
    token = token_for(row)
    outcomes = together(lambda: answer(token, Answer.HOLDS), lambda: answer(token, Answer.OUTDATED))
    assert outcomes == ["", Answered.__name__]
    facts.refresh_from_db()
    held = Rereading.objects.get().answer == Answer.HOLDS
    assert (facts.checked_on is not None) is held


def test_one_thing_asked_about_twice_at_once_is_one_question() -> None:
    facts = practice(build_tree(), organisation=None, author=person())
    assert together(lambda: ask(facts), lambda: ask(facts)) == ["", ""]
    assert Rereading.objects.count() == 1
