"""Reported messages in the queue."""

from __future__ import annotations

import pytest

from members.cases.deciding import carry_out, decide
from members.cases.reconciling import reconcile
from members.cases.refusals import CaseRefused
from members.models import Case, MessageReport
from members.moderation import decide as decide_on_report
from members.people.reports import report
from members.roles import Role
from tests.members.admin.team import reported, staff
from tests.members.cases.things import moderator, passes, state_of
from tests.members.people.members import conversation, member
from tests.members.test_oversight import letters

pytestmark = pytest.mark.django_db


def case_of(row: MessageReport) -> Case:
    reconcile()
    return Case.objects.standing().get(kind="message", target=str(row.message_id))


def test_a_report_opens_a_case_that_shows_no_word_of_the_message() -> None:
    sender, reader = member("Alix Exemple"), member("Sacha Exemple")
    message = conversation(sender, reader, "Achetez nos formations.").messages.get()
    row = report(message, reader, "De la publicité")
    case = Case.objects.get()
    assert (case.kind, case.title, case.author, case.opened_at) == (
        "message",
        "De la publicité",
        sender,
        row.created_at,
    )


def test_a_message_that_two_reported_waits_once_since_the_first() -> None:
    row = reported()
    MessageReport.objects.create(message=row.message, reporter=member(), reason="Insistant")
    assert case_of(row).opened_at == row.created_at
    assert Case.objects.count() == 1


def test_nobody_is_told_before_ten_minutes_are_over() -> None:
    row = reported()
    author = row.message.author
    case = decide(case_of(row), moderator(), "removed", "De la publicité")
    assert letters(author) == []
    passes(case)
    carry_out(case)
    row.refresh_from_db()
    assert (row.decision, row.note, state_of(case)) == ("removed", "De la publicité", "closed")
    assert ["De la publicité" in letter for letter in letters(author)] == [True]


def test_who_decides_on_the_reports_own_screen_ends_the_case() -> None:
    row = reported()
    case = case_of(row)
    decide_on_report(row, "kept", moderator(), "Rien")
    assert state_of(case) == "void"


def test_who_may_not_suspend_that_account_is_told_at_once() -> None:
    row = reported()
    row.message.author.groups.add(staff(Role.EDITOR).groups.get())
    with pytest.raises(CaseRefused):
        decide(case_of(row), moderator(), "suspended", "De la publicité")
    assert Case.objects.get().state == "waiting"
