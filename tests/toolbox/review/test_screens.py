"""What a moderator sees and sends."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from members.cases import deciding
from members.models import User
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in
from toolbox.models import Contribution, ContributionNote, PracticePage
from toolbox.review import notes, tasks
from toolbox.review.differences import difference
from toolbox.review.screen import Screen

from .sent import author, case_of, decided, draft, edited, moderator, published, revision, send, sent


@pytest.fixture
def team(client: StrictClient, tree: Tree) -> User:
    return sign_in(client, moderator())


def case_url(row: Contribution) -> str:
    return reverse("admin_cases:case", args=[case_of(row).public_id])


def url(name: str, row: Contribution) -> str:
    return reverse(f"admin_contributions:{name}", args=[row.public_id])


def test_what_changed_is_said_to_eyes_and_ears() -> None:
    with override("en"):
        html = difference("Onze gestes sur <b>quatorze</b>.", "Douze gestes sur <b>quatorze</b>.")
    assert html == (
        '<del><span class="w-sr-only">[removed: </span>Onze <span class="w-sr-only">]</span></del> '
        '<ins><span class="w-sr-only">[added: </span>Douze <span class="w-sr-only">]</span></ins> '
        "gestes sur &lt;b&gt;quatorze&lt;/b&gt;."
    )


@pytest.mark.parametrize(("one", "other"), [("a " * 10_000, "a b " * 5_000), ("", "x" * 20_000)])
def test_comparing_huge_texts_ends(one: str, other: str) -> None:
    assert "<ins>" in difference(one, other)


def test_whoever_opens_it_before_the_task_makes_the_page(client: StrictClient, team: User) -> None:
    row = sent(prepared=False)
    response = client.get(case_url(row))
    assert response.status_code == 200
    assert PracticePage.objects.count() == 1
    html = response.content.decode()
    assert "<li>huit régleurs</li>" in html.replace(' data-block-key="', ' x="').replace(
        '<li x="', "<li "
    ) or ("huit régleurs" in html)


def test_a_revision_shows_what_it_changes_and_folds_the_rest(
    client: StrictClient, team: User, tree: Tree
) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Le savoir est parti."))
    tasks.prepare.func(row.pk)
    row.refresh_from_db()
    screen = Screen(case_of(row), row, team)
    assert [field.key for field in screen.changed] == ["results_text"]
    html = client.get(case_url(row)).content.decode()
    assert html.count("<del>") == html.count("<ins>") == 1


def test_a_note_is_saved_at_once_and_can_be_taken_back(client: StrictClient, team: User) -> None:
    row = sent()
    sending = {"field": "results_text", "text": "Depuis quand ?", "next": case_url(row)}
    response = client.post(url("note", row), sending)
    assert response["Location"] == f"{case_url(row)}#field-results_text"
    note = ContributionNote.objects.get()
    assert (note.field, note.by_team, note.sent_at) == ("results_text", True, None)
    assert "Depuis quand" in client.get(case_url(row)).content.decode()
    client.post(url("note", row), {"field": "results_text", "remove": note.pk})
    assert not ContributionNote.objects.exists()


def test_a_note_about_no_question_is_refused(client: StrictClient, team: User) -> None:
    row = sent()
    client.post(url("note", row), {"field": "nope", "text": "x"})
    client.post(url("note", row), {"field": "title", "text": "   "})
    assert not ContributionNote.objects.exists()


def test_corrections_are_saved_from_the_form_and_conflicts_keep_what_was_typed(
    client: StrictClient, team: User
) -> None:
    row = sent()
    page = client.get(url("correct", row))
    assert page.status_code == 200
    typed = {"version": row.version, "title": "Un titre", "next": case_url(row)}
    assert client.post(url("correct", row), typed)["Location"] == case_url(row)
    row.refresh_from_db()
    assert (row.title, row.version) == ("Un titre", 2)
    again = client.post(url("correct", row), {**typed, "title": "Un autre titre"})
    assert again.status_code == 409
    assert "Un autre titre" in again.content.decode()
    row.refresh_from_db()
    assert row.title == "Un titre"


def test_the_choice_between_versions_is_sent_from_the_page(
    client: StrictClient, team: User, tree: Tree
) -> None:
    by = author()
    page = published(tree, by)
    row = send(revision(page, by, results_text="Mieux encore."))
    edited(page, results_text="<p>Ce que dit l’équipe.</p>").get_latest_revision().publish()
    html = client.get(case_url(row)).content.decode()
    assert 'name="pick-results_text" value="mine"' in html
    client.post(url("choose", row), {"pick-results_text": "theirs", "version": row.version})
    row.refresh_from_db()
    assert row.answers["results_text"] == "Ce que dit l’équipe."
    assert 'name="pick-results_text"' not in client.get(case_url(row)).content.decode()


def test_only_those_who_moderate_come_here(client: StrictClient, tree: Tree) -> None:
    row = sent()
    sign_in(client, author())
    for name in ("correct", "note", "choose"):
        assert client.post(url(name, row), {"text": "x"}).status_code in {302, 403}
    assert not ContributionNote.objects.exists()


def test_a_draft_is_nobody_s_business(client: StrictClient, team: User) -> None:
    assert client.get(url("correct", draft())).status_code == 404


def test_an_author_answers_what_was_noted(tree: Tree) -> None:
    row, by = sent(), moderator()
    notes.write_note(row, "results_text", "Depuis quand ?", by)
    decided(row, "send_back", by, "")
    notes.answer_note(row, "results_text", "Depuis mars.", row.author)
    exchanged = notes.notes_for(row)["results_text"]
    assert [(note.text, note.resolved_at is not None) for note in exchanged] == [
        ("Depuis quand ?", True),
        ("Depuis mars.", False),
    ]


def test_notes_cost_no_query_each(client: StrictClient, team: User) -> None:
    row = sent()
    client.get(case_url(row))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(case_url(row))
        return len(captured)

    notes.write_note(row, "title", "Un.", team)
    with_one = queries()
    for field in ("title", "results_text"):
        notes.write_note(row, field, "Encore.", team)
    assert queries() == with_one


def test_a_decided_case_is_read_only(client: StrictClient, team: User) -> None:
    row = sent()
    deciding.decide(case_of(row), team, "accept")
    html = client.get(case_url(row)).content.decode()
    assert url("note", row) not in html
    assert url("correct", row) not in html
