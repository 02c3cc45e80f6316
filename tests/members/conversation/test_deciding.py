"""The team: what waits, what is reported, what is hidden; and thanks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import TestCase
from django.utils import timezone

from common.models import OutboxMessage
from members.cases import deciding
from members.cases.kinds import StaleError
from members.cases.refusals import DecidedElsewhere
from members.companies.refusals import NotAllowed
from members.conversation import refusals
from members.conversation.moderating import Moderation
from members.conversation.reporting import report
from members.conversation.showing import hide_at_once, show_at_once
from members.conversation.thanking import no_longer_thank, thank
from members.conversation.waiting import held_comments, reported_comments
from members.conversation.writing import delete, edit, write
from members.models import Case, Comment, CommentReport, Notification, Thanks
from members.people.blocking import block
from tests.members.people.members import member

from .talk import about, keys, moderated, moderator, practice, said, told, waiting

pytestmark = pytest.mark.django_db
State = Comment.State


def state_of(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.state


def case_of(comment: Comment) -> Case:
    return Case.objects.standing().get(target=comment.public_id)


def carried_out(case: Case) -> str:
    """Ten minutes later."""
    later = timezone.now() + dt.timedelta(minutes=11)
    with time_machine.travel(later), TestCase.captureOnCommitCallbacks(execute=True):
        deciding.carry_out_due()
    case.refresh_from_db()
    return case.state


# ---------------------------------------------------------------- what waits
def test_what_is_put_on_line_shows_at_once_and_is_told_once_it_can_no_longer_be_undone(tree: Any) -> None:
    author, anne, alix = member("Paul Petit"), member("Anne Martin"), moderator()
    comment = waiting(anne, practice(tree, author))
    case = deciding.decide(case_of(comment), alix, "show")
    assert (state_of(comment), told(author), told(anne)) == (State.VISIBLE, [], [])
    assert carried_out(case) == "closed"
    assert (keys(author), keys(anne)) == (
        [f"members.comment:{comment.pk}"],
        [f"members.comment_shown:{comment.pk}"],
    )


def test_a_decision_is_taken_back(tree: Any) -> None:
    alix = moderator()
    comment = waiting(member(), practice(tree))
    for choice in ("show", "hide"):
        case = deciding.decide(case_of(comment), alix, choice, "Publicité.")
        assert state_of(comment) == {"show": State.VISIBLE, "hide": State.HIDDEN}[choice]
        deciding.undo(case, alix)
        assert state_of(comment) == State.HELD


def test_whoever_is_not_shown_is_told_why_at_once_and_how_to_contest(tree: Any) -> None:
    anne, alix = member("Anne Martin"), moderator()
    comment = waiting(anne, practice(tree))
    case = deciding.decide(case_of(comment), alix, "hide", "Cela vante un produit.")
    assert OutboxMessage.objects.count() == 0
    carried_out(case)
    letter = bytes(OutboxMessage.objects.get().source).decode()
    assert ("Cela vante un produit." in letter, comment.text) == (True, "Première visite.")
    assert [row.told_at is None for row in Notification.objects.filter(user=anne)] == [False]


def test_a_comment_that_was_deleted_or_changed_is_not_decided_on(tree: Any) -> None:
    anne, alix, page = member("Anne Martin"), moderator(), practice(tree)
    comment = waiting(anne, page)
    former = case_of(comment)
    edit(comment, anne, "Autre chose.", "comment", "")
    with pytest.raises(DecidedElsewhere):
        deciding.decide(former, alix, "show")
    latest = case_of(comment)
    assert latest != former
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        delete(comment, anne)
        with pytest.raises((DecidedElsewhere, StaleError)):
            deciding.decide(latest, alix, "show")
    assert state_of(comment) == State.DELETED


def test_the_queue_can_be_rebuilt(tree: Any) -> None:
    anne, paul, page = member("Anne Martin"), member("Paul Petit"), practice(tree)
    moderated(Moderation.AFTER)
    shown = said(anne, page)
    report(shown, paul, "spam")
    held = waiting(anne, page)
    assert [[each.target for each in rows] for rows in (held_comments(), reported_comments())] == [
        [held.public_id],
        [shown.public_id],
    ]


# ---------------------------------------------------------------- what is reported
def test_a_storm_of_reports_is_one_case_and_hides_nothing(tree: Any) -> None:
    comment = said(member("Anne Martin"), practice(tree))
    for number in range(8):
        reader = member(f"Paul {number}")
        assert report(comment, reader, "rude", "Encore.") == report(comment, reader, "spam")
    assert (CommentReport.objects.count(), Case.objects.count(), state_of(comment)) == (8, 1, State.VISIBLE)


def test_ten_reports_a_day_and_never_ones_own(tree: Any) -> None:
    anne, paul, page = member("Anne Martin"), member("Paul Petit"), practice(tree)
    for number in range(10):
        report(said(anne, page, f"Numéro {number}."), paul, "spam")
    with pytest.raises(refusals.ReportedEnough):
        report(said(anne, page, "Le onzième."), paul, "spam")
    with pytest.raises(refusals.Gone):
        report(said(paul, page, "Le mien."), paul, "spam")


@pytest.mark.parametrize(
    ("choice", "upheld", "state"), [("keep", False, State.VISIBLE), ("hide", True, State.HIDDEN)]
)
def test_all_who_reported_are_told_what_became_of_it(
    choice: str, upheld: bool, state: str, tree: Any
) -> None:
    anne, alix = member("Anne Martin"), moderator()
    readers = [member("Paul Petit"), member("Luc Noir")]
    comment = said(anne, practice(tree))
    for reader in readers:
        report(comment, reader, "private")
    case = deciding.decide(case_of(comment), alix, choice, "Une personne est reconnaissable.")
    assert (state_of(comment), [told(reader) for reader in readers]) == (state, [[], []])
    carried_out(case)
    assert [len(told(reader)) for reader in readers] == [1, 1]
    assert set(CommentReport.objects.values_list("upheld", flat=True)) == {upheld}
    assert len(told(anne)) == (1 if upheld else 0)


def test_what_is_hidden_is_no_longer_told_and_is_told_again_when_it_comes_back(tree: Any) -> None:
    author, anne, alix = member("Paul Petit"), member("Anne Martin"), moderator()
    page = practice(tree, author)
    moderated(Moderation.AFTER)
    with TestCase.captureOnCommitCallbacks(execute=True):
        comment = write(anne, about(page), "Bonjour.")
    report(comment, author, "spam")
    case = deciding.decide(case_of(comment), alix, "hide", "Publicité.")
    assert told(author) == []
    with TestCase.captureOnCommitCallbacks(execute=True):
        deciding.undo(case, alix)
    assert (state_of(comment), keys(author)) == (State.VISIBLE, [f"members.comment:{comment.pk}"])


def test_what_its_author_deletes_is_decided_and_said(tree: Any) -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    comment = said(anne, practice(tree))
    report(comment, paul, "spam")
    delete(comment, anne)
    assert (len(told(paul)), Case.objects.standing().count()) == (1, 0)
    assert CommentReport.objects.get().upheld is True


# ---------------------------------------------------------------- from the list
def test_a_moderator_hides_and_shows_from_the_list_and_nobody_else_does(tree: Any) -> None:
    anne, alix = member("Anne Martin"), moderator()
    comment = said(anne, practice(tree))
    with pytest.raises(NotAllowed):
        hide_at_once(comment, anne, "Non.")
    hide_at_once(comment, alix, "Publicité.")
    with pytest.raises(refusals.NotHidden):
        hide_at_once(comment, alix, "Encore.")
    assert (state_of(comment), OutboxMessage.objects.count()) == (State.HIDDEN, 1)
    show_at_once(comment, alix, "Nous nous étions trompés.")
    assert (state_of(comment), len(told(anne))) == (State.VISIBLE, 2)


# ---------------------------------------------------------------- thanks
def test_thanks_are_grouped_by_day_and_counted_for_the_author_alone(tree: Any) -> None:
    author = member("Paul Petit")
    page = practice(tree, author)
    readers = [member(f"Anne {number}") for number in range(3)]
    for reader in readers:
        assert thank(reader, about(page))
        assert not thank(reader, about(page))
    assert (len(told(author)), told(author)[0][:1], Thanks.objects.count()) == (1, "3", 3)
    for reader in readers:
        no_longer_thank(reader, about(page))
    assert told(author) == []


def test_nobody_thanks_herself_nor_is_thanked_by_whom_she_blocked(tree: Any) -> None:
    author, paul = member("Anne Martin"), member("Paul Petit")
    page = practice(tree, author)
    comment = said(author, page)
    for what in (None, comment):
        with pytest.raises(refusals.Gone):
            thank(author, about(page), what)
    block(author, paul)
    thank(paul, about(page), comment)
    assert told(author) == []
