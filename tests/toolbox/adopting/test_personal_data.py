"""What goes and what stays with an account."""

from __future__ import annotations

import pytest

from tests.factories.site import Tree
from tests.members.companies.people import person
from tests.toolbox.adopting.companies import adoption, practice
from toolbox.adopting import asking, personal_data
from toolbox.adopting.answering import Answer, answer
from toolbox.adopting.tokens import token_for
from toolbox.models import Practice, Rereading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("stays", "left"), [(True, "Cela tient."), (False, "")])
def test_the_company_keeps_what_it_took_up_and_her_words_if_she_leaves_them(
    tree: Tree, stays: bool, left: str
) -> None:
    user = person()
    row = adoption(practice(tree, title="Le tutorat"), author=user, experience="Cela tient.")
    [exported] = personal_data.export_adoptions(user)
    assert (exported["practice"], exported["experience"]) == ("Le tutorat", "Cela tient.")
    assert len(personal_data.erase_adoptions(user, stays)) == 1
    row.refresh_from_db()
    assert (row.author, row.experience) == (None, left)


def test_her_words_to_the_team_go(tree: Tree) -> None:
    user = person()
    facts = practice(tree, organisation=None, author=user)
    row = asking.ask(facts)
    assert row is not None
    answer(token_for(row), Answer.OUTDATED, "Le poste n’existe plus.")
    assert [each["words"] for each in personal_data.export_rereadings(user)] == ["Le poste n’existe plus."]
    personal_data.erase_rereadings(user, True)
    row = Rereading.objects.get()
    assert (row.reader, row.words, row.answer) == (None, "", Answer.OUTDATED)
    assert Practice.objects.count() == 1
