"""Writing, changing, deleting: the rules at the verbs."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from members.conversation import refusals
from members.conversation.moderating import is_held
from members.conversation.subscribing import followers_of
from members.conversation.writing import delete, edit, version_of, write
from members.models import Case, Comment, Membership
from members.people.blocking import block
from tests.members.companies.people import belonging, company
from tests.members.people.members import member, unverify

from .talk import Moderation, about, keys, moderated, moderator, practice, said, told, waiting

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture(autouse=True)
def _after() -> None:
    moderated(Moderation.AFTER)


def committed(verb: Any, *args: Any, **given: Any) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return verb(*args, **given)


# ---------------------------------------------------------------- writing
def test_a_known_member_is_read_at_once_and_follows(tree: Any) -> None:
    page, anne = practice(tree), member("Anne Martin")
    comment = write(anne, about(page), "Bonjour,\r\n\r\n\r\n\u200bnous aussi.  ")
    assert (comment.state, comment.text) == (State.VISIBLE, "Bonjour,\n\nnous aussi.")
    assert followers_of(about(page)) == [anne]


def test_an_answer_to_an_answer_stands_under_the_same_comment(tree: Any) -> None:
    page, anne, paul = practice(tree), member("Anne Martin"), member("Paul Petit")
    first = write(anne, about(page), "Combien de temps ?", Comment.Sort.QUESTION)
    answer = write(paul, about(page), "Deux heures.", answered=first)
    again = write(anne, about(page), "Merci.", answered=answer)
    assert (answer.parent, again.parent) == (first, first)


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\u2800\u3164", "\x07"])
def test_what_nobody_can_see_is_not_a_comment(text: str, tree: Any) -> None:
    with pytest.raises(refusals.Empty):
        write(member(), about(practice(tree)), text)


def test_three_thousand_characters_at_most(tree: Any) -> None:
    page, anne = practice(tree), member()
    assert len(write(anne, about(page), "é" * 3000).text) == 3000
    with pytest.raises(refusals.TooLong):
        write(anne, about(page), "a" * 3001)


def test_only_members_write(tree: Any) -> None:
    anne = member()
    unverify(anne)
    with pytest.raises(refusals.NotAMember):
        write(anne, about(practice(tree)), "Bonjour.")


def test_a_button_pressed_twice_writes_once_and_the_same_words_elsewhere_are_refused(tree: Any) -> None:
    page, other, anne = practice(tree), practice(tree), member()
    assert write(anne, about(page), "Bonjour.") == write(anne, about(page), "Bonjour. ")
    with pytest.raises(refusals.SaidAlready):
        write(anne, about(other), "Bonjour.")


def test_three_a_minute_and_twenty_a_day_even_when_deleted(tree: Any) -> None:
    page, anne = practice(tree), member()
    start = timezone.now()
    for number in range(20):
        with time_machine.travel(start + dt.timedelta(minutes=number // 3), tick=False):
            delete(write(anne, about(page), f"Numéro {number}."), anne)
            if number % 3 == 2:
                with pytest.raises(refusals.TooFast):
                    write(anne, about(page), "Encore.")
    with time_machine.travel(start + dt.timedelta(hours=2)), pytest.raises(refusals.TooMany):
        write(anne, about(page), "Le vingt et unième.")
    with time_machine.travel(start + dt.timedelta(hours=25)):
        assert write(anne, about(page), "Demain.").state == State.VISIBLE


def test_what_was_deleted_meanwhile_is_not_answered(tree: Any) -> None:
    page, anne, paul = practice(tree), member("Anne Martin"), member("Paul Petit")
    comment = said(anne, page)
    delete(comment, anne)
    with pytest.raises(refusals.Gone):
        write(paul, about(page), "D’accord.", answered=comment)


def test_a_company_is_named_once_proved_and_the_one_concerned_first(tree: Any) -> None:
    ours, other = company(), company()
    page, anne = practice(tree, organisation=ours), member()
    belonging(anne, company(), confirmed=False)
    assert write(anne, about(page), "Un.").organisation is None
    belonging(anne, other, joined_at=timezone.now() - dt.timedelta(days=9))
    assert write(anne, about(page), "Deux.").organisation == other
    belonging(anne, ours, role=Membership.Role.MEMBER)
    assert write(anne, about(page), "Trois.").organisation == ours


# ---------------------------------------------------------------- waiting for the team
def test_first_comments_wait_and_those_of_the_team_and_of_the_author_never_do(tree: Any) -> None:
    moderated(Moderation.AFTER, first_held=1)
    anne, author = member("Anne Martin"), member("Paul Petit")
    page = practice(tree, author)
    assert (is_held(anne), is_held(moderator())) == (True, False)
    assert write(anne, about(page), "Bonjour.").state == State.HELD
    assert write(author, about(page), "Merci.").state == State.VISIBLE
    assert write(moderator("Sacha Relecture"), about(page), "Bienvenue.").state == State.VISIBLE
    assert list(Case.objects.values_list("kind", "state")) == [("comment", "waiting")]


def test_whoever_was_read_once_is_known(tree: Any) -> None:
    moderated(Moderation.AFTER, first_held=1)
    anne, page = member(), practice(tree)
    said(anne, page)
    assert write(anne, about(page), "Encore un mot.").state == State.VISIBLE


def test_links_of_a_newcomer_wait(tree: Any) -> None:
    page = practice(tree)
    newcomer, known = member("Anne Martin", date_joined=timezone.now()), member("Paul Petit")
    links = "http://a.example http://b.example www.c.example"
    assert write(newcomer, about(page), links).state == State.HELD
    assert write(known, about(page), f"{links} ").state == State.VISIBLE


def test_what_waits_is_told_to_nobody(tree: Any) -> None:
    author, anne = member("Paul Petit"), member("Anne Martin")
    page = practice(tree, author)
    moderated(Moderation.BEFORE)
    committed(write, anne, about(page), "Bonjour.")
    assert told(author) == []


# ---------------------------------------------------------------- who is told
def test_the_author_of_the_thing_is_told_once_and_can_stop(tree: Any) -> None:
    author, anne = member("Paul Petit"), member("Anne Martin")
    page = practice(tree, author)
    first = committed(write, anne, about(page), "Bonjour.")
    second = committed(write, anne, about(page), "Encore.")
    assert keys(author) == [f"members.comment:{first.pk}", f"members.comment:{second.pk}"]
    author.follows.filter(kind="conversation").delete()
    committed(write, anne, about(page), "Toujours.")
    assert len(keys(author)) == 2


def test_whoever_answers_is_told_of_answers_and_never_of_her_own(tree: Any) -> None:
    anne, paul, luc = member("Anne Martin"), member("Paul Petit"), member("Luc Noir")
    page = practice(tree)
    question = committed(write, anne, about(page), "Combien ?", Comment.Sort.QUESTION)
    committed(write, luc, about(page), "Je me le demande aussi.")
    committed(write, paul, about(page), "Deux.", answered=question)
    assert [len(told(user)) for user in (anne, luc, paul)] == [2, 1, 0]


def test_nobody_hears_from_whom_she_blocked(tree: Any) -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    page = practice(tree, anne)
    block(anne, paul)
    committed(write, paul, about(page), "Bonjour.")
    assert told(anne) == []


def test_when_the_author_has_gone_the_managers_of_the_company_are_told(tree: Any) -> None:
    firm, author, manager = company(), member("Paul Petit"), member("Anne Martin")
    belonging(manager, firm)
    page = practice(tree, author, organisation=firm)
    author.is_active = False
    author.save()
    committed(write, member("Luc Noir"), about(page), "Bonjour.")
    assert (len(told(manager)), told(author)) == (1, [])


# ---------------------------------------------------------------- changing one's mind
def test_thirty_minutes_by_the_clock_of_the_server(tree: Any) -> None:
    page, anne = practice(tree), member()
    comment = write(anne, about(page), "Bonjour.")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=29)):
        assert edit(comment, anne, "Bonsoir.", "question", "").text == "Bonsoir."
    comment.refresh_from_db()
    seen = version_of(comment)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)), pytest.raises(refusals.TooLate):
        edit(comment, anne, "Bonne nuit.", "comment", seen)


def test_of_two_edits_begun_together_the_second_is_refused(tree: Any) -> None:
    page, anne = practice(tree), member()
    comment = write(anne, about(page), "Bonjour.")
    edit(comment, anne, "D’un onglet.", "comment", "")
    with pytest.raises(refusals.ChangedMeanwhile):
        edit(comment, anne, "De l’autre.", "comment", "")
    comment.refresh_from_db()
    assert comment.text == "D’un onglet."


def test_nobody_changes_the_words_of_another(tree: Any) -> None:
    comment = said(member("Anne Martin"), practice(tree))
    paul = member("Paul Petit")
    with pytest.raises(refusals.Gone):
        edit(comment, paul, "Moi.", "comment", "")
    with pytest.raises(refusals.Gone):
        delete(comment, paul)


def test_what_was_read_first_waits_again_when_it_changes(tree: Any) -> None:
    author, anne = member("Paul Petit"), member("Anne Martin")
    page = practice(tree, author)
    comment = committed(write, anne, about(page), "Bonjour.")
    moderated(Moderation.BEFORE)
    edit(comment, anne, "Achetez.", "comment", "")
    comment.refresh_from_db()
    assert (comment.state, told(author)) == (State.HELD, [])
    assert Case.objects.open().filter(kind="comment", target=comment.public_id).count() == 1


def test_the_first_comment_of_a_new_member_waits_again_when_it_changes(tree: Any) -> None:
    moderated(Moderation.AFTER, first_held=1)
    page, anne = practice(tree), member()
    comment = said(anne, page, created_at=timezone.now())
    assert edit(comment, anne, "Achetez.", "comment", "").state == State.HELD


def test_a_deleted_comment_keeps_no_word_and_leaves_the_queue(tree: Any) -> None:
    page, anne = practice(tree), member()
    comment = waiting(anne, page)
    delete(comment, anne)
    comment.refresh_from_db()
    assert (comment.state, comment.text) == (State.DELETED, "")
    assert not Case.objects.standing().exists()


@pytest.mark.django_db(transaction=True)
def test_two_answers_and_a_deletion_at_once_end_well(tree: Any) -> None:
    page, anne = practice(tree), member("Anne Martin")
    comment = said(anne, page)
    others = [member("Paul Petit"), member("Luc Noir")]
    moderated(Moderation.AFTER)
    outcomes: list[str] = []

    def run(verb: Any, *args: Any, **given: Any) -> None:
        try:
            verb(*args, **given)
            outcomes.append("done")
        except refusals.Gone:
            outcomes.append("gone")
        finally:
            connection.close()

    topic = about(page)
    threads = [threading.Thread(target=run, args=(delete, comment, anne))]
    threads += [
        threading.Thread(target=run, args=(write, other, topic, "D’accord."), kwargs={"answered": comment})
        for other in others
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = Comment.objects.filter(parent=comment).count()
    assert (len(outcomes), answers) == (3, outcomes.count("done") - 1)
