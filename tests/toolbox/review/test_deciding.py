"""What becomes of what was sent: published, sent back, refused; in our queue or in Wagtail's own editor."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page, WorkflowState

from common.models import OutboxMessage
from members.cases import deciding
from members.cases.kinds import StaleError
from members.cases.refusals import CaseRefused
from members.models import Case, Notification
from tests.factories.site import Tree
from toolbox.models import Contribution, ContributionMove, Practice, PracticePage
from toolbox.review import kind, notes, tasks, workflow

from .sent import State, author, case_of, decided, draft, edited, moderator, published, revision, send, sent


def told(row: Contribution) -> list[str]:
    return list(Notification.objects.filter(user=row.author).order_by("pk").values_list("text", flat=True))


def letters() -> int:
    return OutboxMessage.objects.count() + len(mail.outbox)


# ---------------------------------------------------------------- preparing
def test_a_page_is_made_in_the_french_tree_and_waits_in_the_workflow(tree: Tree) -> None:
    row = sent()
    page = PracticePage.objects.get(pk=row.page_id)
    assert (page.slug, page.live, page.owner, page.locale.language_code) == (
        "l-oeuvre-d-une-equipe",
        False,
        None,
        "fr",
    )
    assert page.get_parent().specific == tree.practices
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert page.current_workflow_state.requested_by == row.author
    assert row.revision == page.latest_revision
    assert letters() == 0


def test_preparing_twice_makes_one_page_and_one_revision(tree: Tree) -> None:
    row = sent()
    tasks.prepare.func(row.pk)
    workflow.prepare(row)
    assert PracticePage.objects.count() == 1
    assert PracticePage.objects.get().revisions.count() == 1


def test_a_second_title_gets_a_slug_of_its_own(tree: Tree) -> None:
    sent()
    assert sent().page.slug == "l-oeuvre-d-une-equipe-2"


def test_the_job_makes_what_a_worker_left(tree: Tree) -> None:
    row = sent(prepared=False)
    assert tasks.prepare_forgotten() == {"prepared": 1, "failed": 0}
    assert tasks.prepare_forgotten() == {}
    row.refresh_from_db()
    assert workflow.is_prepared(row)


def test_what_was_taken_back_ends_its_workflow(tree: Tree) -> None:
    row = sent()
    row.state = State.DRAFT
    row.save()
    ContributionMove.objects.create(contribution=row, state=State.DRAFT, by=row.author)
    tasks.withdraw.func(row.pk)
    page = PracticePage.objects.get()
    assert page.current_workflow_state is None
    send(row)
    tasks.prepare.func(row.pk)
    assert PracticePage.objects.get().current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


# ---------------------------------------------------------------- publishing
def test_accepting_publishes_and_says_whose_it_is(tree: Tree) -> None:
    row, by = sent(), moderator()
    deciding.decide(case_of(row), by, kind.ACCEPT)
    assert not PracticePage.objects.get().live
    assert told(row) == []
    case = deciding.carry_out(case_of(row), now=True)
    row.refresh_from_db()
    facts = Practice.objects.get()
    assert (row.state, case.state, case.outcome) == (State.ACCEPTED, Case.State.CLOSED, gettext("Published"))
    assert (facts.author, facts.organisation, facts.checked_on) == (
        row.author,
        row.organisation,
        timezone.localdate(),
    )
    assert row.moves.latest("pk").by == by
    assert PracticePage.objects.get().current_workflow_state is None
    assert told(row) == ["“L’œuvre d’une équipe” is published: thank you for telling it."]
    notification = Notification.objects.get(user=row.author)
    assert notification.url == "/bonnes-pratiques/l-oeuvre-d-une-equipe/"
    assert letters() == 0


def test_carrying_out_twice_does_no_harm(tree: Tree) -> None:
    row = sent()
    case = decided(row, kind.ACCEPT)
    assert kind.apply(case) == gettext("Published")
    assert PracticePage.objects.get().revisions.count() == 1
    assert len(told(row)) == 1


def test_a_decision_that_is_undone_leaves_nothing_changed(tree: Tree) -> None:
    row, by = sent(), moderator()
    for choice in (kind.ACCEPT, kind.SEND_BACK, kind.REFUSE):
        deciding.decide(case_of(row), by, choice, "Parce que.")
        deciding.undo(case_of(row), by)
    row.refresh_from_db()
    assert (row.state, case_of(row).state) == (State.SUBMITTED, Case.State.WAITING)
    assert not PracticePage.objects.get().live
    assert (told(row), letters()) == ([], 0)


def test_approving_in_the_editor_of_wagtail_does_the_same(tree: Tree) -> None:
    row, by = sent(), moderator()
    task = row.page.specific.current_workflow_state.current_task_state.specific
    task.approve(user=by)
    row.refresh_from_db()
    assert (row.state, case_of(row).state) == (State.ACCEPTED, Case.State.VOID)
    assert Practice.objects.get().author == row.author
    assert (len(told(row)), letters()) == (1, 0)


def test_publishing_in_the_editor_of_wagtail_does_the_same(tree: Tree) -> None:
    row = sent()
    edited(row.page, summary="Corrigé par l’équipe.").get_latest_revision().publish(user=moderator())
    row.refresh_from_db()
    assert (row.state, case_of(row).state) == (State.ACCEPTED, Case.State.VOID)


def test_nothing_is_published_in_the_name_of_a_company_to_confirm(tree: Tree) -> None:
    row = sent()
    row.organisation.confirmed_at = None
    row.organisation.save()
    with pytest.raises(CaseRefused):
        deciding.decide(case_of(row), moderator(), kind.ACCEPT)
    assert case_of(row).state == Case.State.WAITING


# ---------------------------------------------------------------- sending back
def test_sending_back_sends_the_notes_and_she_may_send_again(tree: Tree) -> None:
    row, by = sent(), moderator()
    notes.write_note(row, "results_text", "Depuis quand ?", by)
    assert notes.notes_for(row) == {}
    decided(row, kind.SEND_BACK, by, "")
    assert row.state == State.SENT_BACK
    assert [note.text for note in notes.notes_for(row)["results_text"]] == ["Depuis quand ?"]
    assert told(row) == [
        "“L’œuvre d’une équipe” came back to you: a few things to complete before it is published."
    ]
    page = PracticePage.objects.get()
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    row.answers["results_text"] = "Depuis mars."
    send(row)
    tasks.prepare.func(row.pk)
    page = PracticePage.objects.get()
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert "Depuis mars." in page.get_latest_revision_as_object().results_text
    decided(row, kind.ACCEPT, by)
    assert "Depuis mars." in PracticePage.objects.get().results_text
    assert letters() == 0


def test_a_reason_is_wanted_unless_notes_say_it(tree: Tree) -> None:
    row, by = sent(), moderator()
    wanted = {choice.key: choice.needs_reason for choice in kind.choices(case_of(row))}
    assert wanted == {kind.ACCEPT: False, kind.SEND_BACK: True, kind.REFUSE: True}
    notes.write_note(row, "", "Deux choses.", by)
    wanted = {choice.key: choice.needs_reason for choice in kind.choices(case_of(row))}
    assert wanted == {kind.ACCEPT: False, kind.SEND_BACK: False, kind.REFUSE: True}


def test_rejecting_in_the_editor_of_wagtail_sends_back_with_its_comment(tree: Tree) -> None:
    row, by = sent(), moderator()
    task = row.page.specific.current_workflow_state.current_task_state.specific
    task.reject(user=by, comment="Un chiffre, s’il vous plaît.")
    row.refresh_from_db()
    move = row.moves.latest("pk")
    assert (row.state, move.reason, move.by) == (State.SENT_BACK, "Un chiffre, s’il vous plaît.", by)
    assert (case_of(row).state, letters()) == (Case.State.VOID, 0)


# ---------------------------------------------------------------- refusing
def test_refusing_deletes_the_page_and_keeps_her_words(tree: Tree) -> None:
    row = sent()
    decided(row, kind.REFUSE, reason="C’est une publicité.")
    assert (row.state, row.page, PracticePage.objects.count()) == (State.REFUSED, None, 0)
    assert row.answers["results_text"] == "Onze gestes sur quatorze."
    assert row.moves.latest("pk").reason == "C’est une publicité."
    assert told(row) == [
        "“L’œuvre d’une équipe” was not kept. The reason, and how to contest it, are in your space."
    ]


def test_refusing_a_revision_leaves_the_page_as_it_was(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Autre chose."))
    tasks.prepare.func(row.pk)
    decided(row, kind.REFUSE)
    page = PracticePage.objects.get()
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert page.get_latest_revision_as_object().results_text == "<p>Le savoir est resté.</p>"


# ---------------------------------------------------------------- what has gone
def test_deleting_the_page_gives_the_words_back(tree: Tree) -> None:
    row = sent()
    Page.objects.get(pk=row.page_id).specific.delete()
    row.refresh_from_db()
    assert (row.state, row.page, case_of(row).state) == (State.SENT_BACK, None, Case.State.VOID)
    assert row.answers["title"] == "L’œuvre d’une équipe"


def test_deleting_a_page_that_is_being_revised_leaves_a_draft_of_a_new_one(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    row = revision(page, by, results_text="Autre chose.")
    Practice.objects.get().delete()
    page.delete()
    row.refresh_from_db()
    assert (row.state, row.page, row.base_revision) == (State.DRAFT, None, None)
    assert len(told(row)) == 1
    send(row)
    tasks.prepare.func(row.pk)
    row.refresh_from_db()
    assert row.page is not None


def test_a_page_taken_off_line_meanwhile_comes_back_when_its_revision_is_accepted(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Autre chose."))
    tasks.prepare.func(row.pk)
    PracticePage.objects.get().unpublish()
    decided(row, kind.ACCEPT)
    assert PracticePage.objects.get().live
    assert Practice.objects.get().live


def test_a_case_ends_when_there_is_nothing_left_to_decide(tree: Tree) -> None:
    row = sent()
    Contribution.objects.filter(pk=row.pk).update(state=State.DRAFT)
    with pytest.raises(StaleError):
        deciding.decide(case_of(row), moderator(), kind.ACCEPT)
    assert case_of(row).state == Case.State.VOID


def test_letters_of_wagtail_still_go_for_what_the_team_writes(tree: Tree) -> None:
    editor, by = moderator(), moderator()
    page = published(tree, author())
    page.save_revision(user=editor)
    workflow.workflow_for(page).start(page, editor)
    before = letters()
    assert before > 0
    page.current_workflow_state.current_task_state.specific.reject(user=by, comment="Non.")
    assert letters() > before


def test_the_author_may_be_gone(tree: Tree) -> None:
    row = sent()
    Contribution.objects.filter(pk=row.pk).update(author=None)
    row.refresh_from_db()
    decided(row, kind.ACCEPT)
    assert (row.state, Practice.objects.get().author) == (State.ACCEPTED, None)


def test_drafts_of_others_are_not_touched(tree: Tree) -> None:
    kept = draft()
    decided(sent(), kind.ACCEPT)
    kept.refresh_from_db()
    assert kept.state == State.DRAFT
