"""An author revises while somebody else edits the page."""

from __future__ import annotations

import pytest

from members.cases import deciding
from members.cases.refusals import CaseRefused
from members.models import Case
from tests.factories.site import Tree
from toolbox.models import Contribution, Practice, PracticePage
from toolbox.review import correcting, kind, meanwhile, tasks, workflow
from toolbox.review.correcting import ChangedMeanwhile, CorrectionRefused
from toolbox.review.words import plain

from .sent import State, author, case_of, decided, edited, moderator, published, revision, send, sent


def live(page: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=page.pk)


def both(row: Contribution) -> tuple[str, ...]:
    versions = meanwhile.look(row)
    assert versions is not None
    return versions.both


def test_the_page_stays_as_it_is_until_its_revision_is_accepted(tree: Tree) -> None:
    by = author()
    page = published(tree, by, title="Pratique")
    row = send(revision(page, by, title="Pratique revue", results_text="Mieux encore."))
    tasks.prepare.func(row.pk)
    assert (live(page).title, plain(live(page).results_text)) == ("Pratique", "Le savoir est resté.")
    decided(row, kind.ACCEPT)
    assert (live(page).title, plain(live(page).results_text)) == ("Pratique revue", "Mieux encore.")
    assert (live(page).slug, Practice.objects.get().author) == ("pratique", by)


def test_what_others_changed_elsewhere_stays(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Mieux encore."))
    edited(page, summary="Une autre phrase.").get_latest_revision().publish()
    tasks.prepare.func(row.pk)
    decided(row, kind.ACCEPT)
    assert (live(page).summary, plain(live(page).results_text)) == ("Une autre phrase.", "Mieux encore.")


def test_an_editor_who_publishes_over_her_words_does_not_accept_them(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    stale = live(page)
    row = send(revision(page, by, results_text="Mieux encore."))
    tasks.prepare.func(row.pk)
    stale.results_text = "<p>Ce que dit l’équipe.</p>"
    stale.save_revision().publish()
    row.refresh_from_db()
    assert (row.state, case_of(row).state) == (State.SUBMITTED, Case.State.WAITING)
    assert both(row) == ("results_text",)


@pytest.mark.parametrize(("pick", "words"), [("mine", "Mieux encore."), ("theirs", "Ce que dit l’équipe.")])
def test_where_both_changed_a_field_somebody_chooses(tree: Tree, pick: str, words: str) -> None:
    by, team = author(), moderator()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Mieux encore.", question="Et vous ?"))
    edited(
        page, team, results_text="<p>Ce que dit l’équipe.</p>", summary="Autre."
    ).get_latest_revision().publish()
    tasks.prepare.func(row.pk)
    row.refresh_from_db()
    assert not workflow.is_prepared(row)
    with pytest.raises(CaseRefused):
        deciding.decide(case_of(row), team, kind.ACCEPT)
    with pytest.raises(CorrectionRefused):
        correcting.choose(row, {}, row.version, team)
    row = correcting.choose(row, {"results_text": pick}, row.version, team)
    assert both(row) == ()
    decided(row, kind.ACCEPT, team)
    page = live(page)
    assert (plain(page.results_text), page.question, page.summary) == (words, "Et vous ?", "Autre.")


def test_a_conflict_that_comes_in_the_ten_minutes_is_decided_again(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Mieux encore."))
    tasks.prepare.func(row.pk)
    stale = live(page)
    deciding.decide(case_of(row), moderator(), kind.ACCEPT)
    stale.results_text = "<p>Ce que dit l’équipe.</p>"
    stale.save_revision().publish()
    first = deciding.carry_out(case_of(row), now=True)
    row.refresh_from_db()
    assert (first.state, row.state) == (Case.State.CLOSED, State.SUBMITTED)
    assert case_of(row).state == Case.State.WAITING
    assert plain(live(page).results_text) == "Ce que dit l’équipe."


def test_a_draft_of_the_team_made_after_hers_is_taken_along(tree: Tree) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Mieux encore."))
    tasks.prepare.func(row.pk)
    edited(page, moderator(), summary="Une phrase de l’équipe.")
    decided(row, kind.ACCEPT)
    assert (live(page).summary, plain(live(page).results_text)) == (
        "Une phrase de l’équipe.",
        "Mieux encore.",
    )


def test_corrections_are_a_revision_by_who_made_them_and_shown_to_the_author(tree: Tree) -> None:
    row, team = sent(), moderator()
    corrected = {**row.answers, "results_text": "Douze gestes sur quatorze."}
    correcting.correct(row, corrected, row.version, team)
    row.refresh_from_db()
    assert row.revision.user == team
    assert "Douze gestes" in row.page.specific.get_latest_revision_as_object().results_text
    note = row.notes.get()
    assert (note.field, note.text, note.sent_at) == (
        "results_text",
        "We corrected this. It said: “Onze gestes sur quatorze.”",
        None,
    )
    decided(row, kind.ACCEPT, team)
    assert "Douze gestes" in PracticePage.objects.get().results_text
    assert row.notes.get().sent_at is not None


def test_two_moderators_do_not_overwrite_each_other(tree: Tree) -> None:
    row, one, other = sent(), moderator(), moderator()
    version = row.version
    correcting.correct(row, {**row.answers, "title": "Un titre"}, version, one)
    with pytest.raises(ChangedMeanwhile):
        correcting.correct(row, {**row.answers, "title": "Un autre"}, version, other)
    row.refresh_from_db()
    assert row.answers["title"] == "Un titre"


def test_nothing_is_corrected_without_agreement_or_by_who_does_not_hold_it(tree: Tree) -> None:
    row, one, other = sent(), moderator(), moderator()
    deciding.take(case_of(row), one)
    with pytest.raises(CorrectionRefused):
        correcting.correct(row, {"title": "Autre"}, row.version, other)
    row.edits_allowed = False
    row.save()
    with pytest.raises(CorrectionRefused):
        correcting.correct(row, {"title": "Autre"}, row.version, one)
    row.refresh_from_db()
    assert row.answers["title"] == "L’œuvre d’une équipe"


def test_corrections_one_after_the_other_keep_what_the_team_drafted(tree: Tree) -> None:
    by, team = author(), moderator()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Mieux encore."))
    tasks.prepare.func(row.pk)
    row.refresh_from_db()
    edited(page, team, summary="Une phrase de l’équipe.")
    for title in ("Premier", "Second"):
        row = correcting.correct(row, {"title": title}, row.version, team)
    decided(row, kind.ACCEPT, team)
    page = live(page)
    assert (page.title, page.summary, plain(page.results_text)) == (
        "Second",
        "Une phrase de l’équipe.",
        "Mieux encore.",
    )
