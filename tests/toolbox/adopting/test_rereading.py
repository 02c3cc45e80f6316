"""Asking whether it still holds: whom, how many a day, what follows when nobody answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from common.models import OutboxMessage
from members.models import User
from members.privacy.anonymising import anonymise
from tests.factories.pages import ToolPageFactory
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, manager_of, person
from tests.members.space.told import Received, letters
from tests.toolbox.adopting.companies import practice
from toolbox.adopting import asking
from toolbox.adopting.answering import Answer, Answered, ExpiredLink, UnknownLink, answer
from toolbox.adopting.tokens import hash_of, token_for
from toolbox.models import Practice, Rereading, Tool

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def old(tree: Tree, days: int = 400, **fields: object) -> Practice:
    """A practice published so many days ago."""
    facts = practice(tree, **{"organisation": None, **fields})
    facts.published_at = timezone.now() - days * DAY
    facts.save(update_fields=["published_at"])
    return facts


def posted() -> list[Received]:
    """The letters that left since one last looked."""
    found = letters()
    OutboxMessage.objects.all().delete()
    return found


def readers() -> list[str]:
    """To whom they go."""
    return sorted(letter.to for letter in posted())


def later(row: Rereading, days: int) -> None:
    """As if so many days had passed since the question, its link unchanged in what follows."""
    row.refresh_from_db()
    row.sent_at, row.expires_at = row.sent_at - days * DAY, row.expires_at - days * DAY
    row.token_hash = hash_of(token_for(row))
    row.save()


def test_a_year_after_its_publication_or_its_last_reading_its_author_is_asked(tree: Tree) -> None:
    author = person()
    asked, read = old(tree, author=author), old(tree, author=person())
    Practice.objects.filter(pk=read.pk).update(checked_on=timezone.localdate() - 200 * DAY)
    old(tree, days=300, author=person())
    assert (asking.ask_due(), asking.ask_due()) == (1, 0)
    row = Rereading.objects.get()
    [letter] = posted()
    assert (row.practice, row.reader, letter.to) == (asked, author, author.email)
    assert f"/relecture/{token_for(row)}/" in letter.text
    assert token_for(row) not in row.token_hash


def test_tools_are_asked_about_too_and_the_letter_is_in_the_reader_s_language(tree: Tree) -> None:
    tool = ToolPageFactory(parent=tree.tools, title="La grille").facts
    author = person(language="en")
    Tool.objects.filter(pk=tool.pk).update(author=author, published_at=timezone.now() - 400 * DAY)
    assert asking.ask_due() == 1
    [letter] = posted()
    assert (Rereading.objects.get().tool, letter.subject) == (tool, "Does “La grille” still hold?")
    assert (letter.to, "/en/relecture/" in letter.text) == (author.email, True)


def test_once_the_author_has_left_sleeps_or_is_erased_the_managers_are_asked(tree: Tree) -> None:
    organisation = company()
    boss = manager_of(organisation)
    sleeper, gone, left = person(dormancy_notices=1), person(), person()
    for user in (sleeper, gone):
        belonging(user, organisation)
    for user in (sleeper, gone, left):
        old(tree, organisation=organisation, author=user)
    anonymise(gone, contributions_stay=True, cause="asked")
    asking.ask_due()
    assert set(readers()) == {boss.email}
    assert set(Rereading.objects.values_list("reader", flat=True)) == {None}


def test_where_nobody_is_left_nobody_is_asked(tree: Tree) -> None:
    old(tree, author=None)
    old(tree, author=person(), organisation=company())
    assert asking.ask_due() == 0


def test_the_oldest_are_asked_about_first_a_few_a_day_and_two_a_person(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "A_DAY", 3)
    author = person()
    rows = [old(tree, days=500 - number, author=author) for number in range(3)]
    others = [old(tree, days=450 - number, author=person()) for number in range(2)]
    assert (asking.ask_due(), asking.ask_due()) == (3, 0)
    asked = Rereading.objects.order_by("sent_at").values_list("practice", flat=True)
    assert list(asked) == [rows[0].pk, rows[1].pk, others[0].pk]


def test_without_an_answer_a_reminder_holds_the_same_link(tree: Tree) -> None:
    old(tree, author=person())
    asking.ask_due()
    posted()
    row = Rereading.objects.get()
    assert asking.remind_due() == 0
    later(row, 21)
    assert (asking.remind_due(), asking.remind_due()) == (1, 0)
    [letter] = posted()
    assert f"/relecture/{token_for(row)}/" in letter.text


def test_after_sixty_days_the_managers_are_asked_by_another_link_then_the_editors_see_it(tree: Tree) -> None:
    organisation, author = company(), person()
    boss = manager_of(organisation)
    belonging(author, organisation)
    old(tree, organisation=organisation, author=author)
    asking.ask_due()
    posted()
    row = Rereading.objects.get()
    later(row, 61)
    first = token_for(row)
    assert (asking.hand_over_due(), asking.hand_over_due(), readers()) == (1, 0, [boss.email])
    row.refresh_from_db()
    assert (row.reader, token_for(row) == first) == (None, False)
    with pytest.raises(UnknownLink):
        answer(first, Answer.HOLDS)
    later(row, 61)
    assert (asking.hand_over_due(), readers()) == (0, [])


def test_a_year_after_a_question_without_an_answer_it_is_put_again(tree: Tree) -> None:
    old(tree, author=person())
    asking.ask_due()
    later(Rereading.objects.get(), 400)
    assert (asking.ask_due(), Rereading.objects.count()) == (1, 1)


# ---------------------------------------------------------------- answers
@pytest.fixture
def question(tree: Tree) -> Rereading:
    row = asking.ask(old(tree, author=person()))
    assert row is not None
    return row


def test_what_holds_is_dated_today_and_asked_about_in_a_year(question: Rereading) -> None:
    answer(token_for(question), Answer.HOLDS)
    facts = Practice.objects.get()
    assert (facts.checked_on, asking.ask_due()) == (timezone.localdate(), 0)


@pytest.mark.parametrize("said", [Answer.TO_REVISE, Answer.OUTDATED])
def test_any_other_answer_dates_nothing_and_is_not_asked_for_tomorrow(question: Rereading, said: str) -> None:
    row = answer(token_for(question), said, "  Le poste n’existe plus. ")
    assert (row.words, Practice.objects.get().checked_on, asking.ask_due()) == (
        "Le poste n’existe plus.",
        None,
        0,
    )


def test_a_link_serves_once_and_not_for_ever(question: Rereading) -> None:
    with pytest.raises(UnknownLink):
        answer("a" * 43, Answer.HOLDS)
    later(question, 60)
    with pytest.raises(ExpiredLink):
        answer(token_for(question), Answer.HOLDS)
    later(question, -59)
    answer(token_for(question), Answer.HOLDS)
    with pytest.raises(Answered):
        answer(token_for(question), Answer.OUTDATED)


def test_what_was_left_without_an_answer_by_an_erased_account_is_asked_anew(tree: Tree) -> None:
    organisation, author = company(), person()
    boss: User = manager_of(organisation)
    belonging(author, organisation)
    old(tree, organisation=organisation, author=author)
    asking.ask_due()
    anonymise(author, contributions_stay=True, cause="asked")
    posted()
    assert (asking.ask_due(), readers()) == (1, [boss.email])
