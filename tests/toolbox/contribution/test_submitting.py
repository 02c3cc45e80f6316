"""Sending: whole or not at all, once, and nothing but rows in the request."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from common.models import OutboxMessage
from members.models import Case
from tests.members.companies.people import company, person
from tests.toolbox.contribution.telling import draft, member, ready, signed_in
from toolbox.contribution import notes, submitting
from toolbox.contribution.refusals import Incomplete, NotAllowed, NotNow
from toolbox.models import Contribution, ContributionNote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The background task, which is another part's: who was asked for is remembered."""
    asked: list[int] = []
    monkeypatch.setattr(submitting, "prepare", asked.append)
    return asked


def send(row: Contribution) -> Contribution:
    assert row.author is not None
    return submitting.submit(row, row.author, edits_allowed=True)


def test_what_is_missing_is_named_step_by_step_and_nothing_is_sent() -> None:
    row = draft(
        member(), title="Des binômes", year="1890", steps=[{"title": "Lister", "duration": "", "text": ""}]
    )
    with pytest.raises(Incomplete) as refused:
        send(row)
    found = [(problem.step.key, problem.key, problem.missing) for problem in refused.value.problems]
    assert found == [
        ("probleme", "context_text", True),
        ("actions", "actions_text", True),
        ("resultats", "results_text", True),
        ("vigilance", "pitfalls_text", True),
        ("reproduire", "steps", False),
        ("fiche", "summary", True),
        ("fiche", "themes", True),
        ("fiche", "sector", True),
        ("fiche", "size", True),
        ("fiche", "effort", True),
        ("fiche", "cost", True),
        ("fiche", "year", False),
    ]
    row.refresh_from_db()
    assert (row.state, Case.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("kind", ["practice", "tool"])
def test_sending_opens_a_case_and_asks_for_the_page(
    kind: str, prepared: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    row = ready(member(organisation=company()), kind)
    with django_capture_on_commit_callbacks(execute=True):
        row = send(row)
    case = Case.objects.get()
    assert (row.state, case.kind, case.target, case.title) == (
        "submitted",
        "contribution",
        row.public_id,
        row.title,
    )
    assert (prepared, [move.state for move in row.moves.all()]) == ([row.pk], ["draft", "submitted"])


def test_sending_twice_is_sending_once(prepared: list[int], django_capture_on_commit_callbacks: Any) -> None:
    row = ready(member())
    with django_capture_on_commit_callbacks(execute=True):
        first, second = send(row), send(row)
    assert (first.submitted_at, Case.objects.count(), prepared) == (second.submitted_at, 1, [row.pk])


def test_the_request_that_sends_writes_rows_only(prepared: list[int]) -> None:
    row = ready(member())
    assert row.author is not None
    client, before = signed_in(row.author), Page.objects.count()
    with CaptureQueriesContext(connection) as queries:
        response = client.post(f"/espace/partager/{row.public_id}/envoyer/", {"edits_allowed": "on"})
    written = {
        query["sql"].split('"')[1]
        for query in queries.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE"))
    }
    assert (response.status_code, OutboxMessage.objects.count(), Page.objects.count()) == (302, 0, before)
    assert written == {
        "toolbox_contribution",
        "toolbox_contributionmove",
        "toolbox_contributionnote",
        "members_case",
    }


def test_it_is_taken_back_as_long_as_nobody_is_on_it() -> None:
    row = send(ready(member()))
    assert row.author is not None
    with pytest.raises(NotAllowed):
        submitting.take_back(row, person("Une Autre"))
    later = timezone.now() + dt.timedelta(minutes=10)
    Case.objects.update(taken_by=person("Une Modératrice"), taken_at=timezone.now(), held_until=later)
    with pytest.raises(NotNow):
        submitting.take_back(row, row.author)
    Case.objects.update(held_until=timezone.now())
    assert submitting.take_back(row, row.author).state == "draft"
    assert [case.state for case in Case.objects.all()] == ["void"]


def test_answers_to_the_team_leave_with_the_next_sending() -> None:
    row = send(ready(member()))
    Contribution.objects.update(state="sent_back")
    ContributionNote.objects.create(
        contribution=row, field="cost", text="Combien ?", by_team=True, sent_at=timezone.now()
    )
    assert row.author is not None
    for words in ("Deux", "Deux mille euros", "Deux mille euros"):
        notes.answer(row, row.author, {"cost": words, "effort": "personne ne demande"})
    assert notes.exchanges(row)["cost"].answer == "Deux mille euros"
    send(row)
    assert [
        (note.text, note.sent_at is not None, note.resolved_at is not None) for note in row.notes.all()
    ] == [
        ("Combien ?", True, True),
        ("Deux mille euros", True, False),
    ]
