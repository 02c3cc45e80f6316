"""What becomes of a reported message."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry

from members.companies.refusals import AlreadyDecided, NotAllowed
from members.models import MessageReport, Notification
from members.moderation import decide
from members.roles import Role
from tests.members.admin.team import account, reported, staff
from tests.members.test_oversight import letters, traces

pytestmark = pytest.mark.django_db
NOTE = "De la publicité, contraire aux conditions"


def test_a_message_with_nothing_to_hold_against_it_stays() -> None:
    report, by = reported(), staff(Role.MODERATOR)
    decide(report, "kept", by, NOTE)
    report.refresh_from_db()
    assert (report.decision, report.note, report.decided_by, report.message.removed_at) == (
        "kept",
        NOTE,
        by,
        None,
    )
    assert letters(report.message.author) == []


def test_a_removed_message_is_told_to_its_author_with_the_reason() -> None:
    report = reported()
    decide(report, "removed", staff(Role.MODERATOR), NOTE)
    report.message.refresh_from_db()
    author = report.message.author
    assert (report.message.removed_at is not None, author.is_active) == (True, True)
    assert [NOTE in letter for letter in letters(author)] == [True]


def test_an_author_who_is_suspended_gets_one_letter() -> None:
    report, by = reported(), staff(Role.MODERATOR)
    decide(report, "suspended", by, NOTE)
    author = report.message.author
    author.refresh_from_db()
    assert (author.is_active, traces(author), len(letters(author))) == (
        False,
        [("members.suspend", by.pk)],
        1,
    )


@pytest.mark.parametrize("decision", ["kept", "removed", "suspended"])
def test_who_reported_is_told_that_somebody_looked_and_nothing_more(decision: str) -> None:
    report = reported()
    assert report.reporter is not None
    decide(report, decision, staff(Role.MODERATOR), NOTE)
    told = Notification.objects.get(user=report.reporter)
    assert NOTE not in told.text
    assert letters(report.reporter) == []


def test_every_report_of_a_message_is_decided_at_once() -> None:
    report = reported()
    other = MessageReport.objects.create(message=report.message, reporter=account(), reason="Insistant")
    decide(other, "removed", staff(Role.MODERATOR), NOTE)
    assert list(MessageReport.objects.values_list("decision", flat=True)) == ["removed", "removed"]
    assert list(ModelLogEntry.objects.values_list("action", flat=True)) == ["members.decide_report"] * 2


def test_what_was_decided_is_not_decided_again() -> None:
    report, by = reported(), staff(Role.MODERATOR)
    decide(report, "kept", by, NOTE)
    with pytest.raises(AlreadyDecided):
        decide(report, "removed", by, NOTE)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FACILITATOR])
def test_nobody_else_decides(role: Role) -> None:
    with pytest.raises(NotAllowed):
        decide(reported(), "kept", staff(role), NOTE)


def test_a_moderator_does_not_suspend_who_works_here_and_nothing_is_half_done() -> None:
    report = reported()
    report.message.author.groups.set(staff(Role.ADMINISTRATOR).groups.all())
    with pytest.raises(NotAllowed):
        decide(report, "suspended", staff(Role.MODERATOR), NOTE)
    report.refresh_from_db()
    report.message.refresh_from_db()
    assert (report.decision, report.message.removed_at) == ("", None)
