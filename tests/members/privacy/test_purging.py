"""What time takes away, and what it leaves."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from members.models import (
    ContactRequest,
    DataExport,
    DataRequest,
    DomainCode,
    Erasure,
    Invitation,
    Message,
    MessageReport,
    Notification,
)
from members.privacy import purging, register
from members.privacy.months import add_months
from tests.members.companies.people import belonging, company, person

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 22, 12))


def ago(months: int = 0, days: int = 0) -> dt.datetime:
    day = add_months(NOW.date(), -months) - dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def test_invitations_go_a_year_after_they_ended() -> None:
    organisation = company()
    for number, (expires, accepted) in enumerate(
        [(ago(13), None), (ago(11), None), (ago(24), ago(13)), (ago(24), ago(11))]
    ):
        Invitation.objects.create(
            token_hash=str(number),
            organisation=organisation,
            email=f"{number}@example.org",
            expires_at=expires,
            accepted_at=accepted,
        )
    assert purging.forget_old(NOW) == {"invitations": 2}
    assert sorted(Invitation.objects.values_list("token_hash", flat=True)) == ["1", "3"]


def test_codes_go_after_thirty_days() -> None:
    membership = belonging(person(), company())
    for days in (29, 31):
        DomainCode.objects.create(
            membership=membership,
            email="a@example.org",
            code_hash="",
            expires_at=NOW,
            created_at=ago(days=days),
        )
    assert purging.forget_old(NOW) == {"domain_codes": 1}


def test_only_what_was_read_a_year_ago_is_forgotten() -> None:
    user = person()
    for key, read in (("a", ago(13)), ("b", ago(11)), ("c", None)):
        Notification.objects.create(
            user=user, kind="company", key=key, text="…", url="/", read_at=read, created_at=ago(20)
        )
    assert purging.forget_old(NOW) == {"notifications": 1}
    assert sorted(Notification.objects.values_list("key", flat=True)) == ["b", "c"]


def test_conversations_go_after_three_silent_years_unless_staff_must_look() -> None:
    one, other = person(), person("Sacha Petit")
    rows = [
        ContactRequest.objects.create(
            sender=one, recipient=other, subject=name, state="closed", last_message_at=at
        )
        for name, at in (("old", ago(37)), ("reported", ago(37)), ("recent", ago(35)))
    ]
    message = Message.objects.create(request=rows[1], author=one, text="…")
    report = MessageReport.objects.create(message=message, reporter=other, reason="…")
    assert purging.forget_old(NOW) == {"conversations": 1}
    report.decision, report.decided_at = "kept", NOW
    report.save()
    assert purging.forget_old(NOW) == {"conversations": 1}
    assert list(ContactRequest.objects.values_list("subject", flat=True)) == ["recent"]


def test_the_register_and_erasures_are_kept_three_years() -> None:
    user = person()
    for months in (35, 37):
        row = register.record_answered("access", user, "…")
        DataRequest.objects.filter(pk=row.pk).update(answered_at=ago(months))
        Erasure.objects.create(user=user, asked_at=ago(months), execute_at=ago(months), done_at=ago(months))
    DataRequest.objects.create(kind="access", received_at=ago(40), due_on=ago(39).date())
    assert purging.forget_old(NOW) == {"requests": 1, "erasures": 1}
    assert DataRequest.objects.filter(state="open").count() == 1


def test_copies_are_remembered_for_a_year() -> None:
    user = person()
    for months in (11, 13):
        DataExport.objects.create(user=user, state="expired", asked_at=ago(months))
    assert purging.forget_old(NOW) == {"exports": 1}


def test_addresses_of_sessions_that_are_over_are_forgotten() -> None:
    user = person()
    Session.objects.create(session_key="open", session_data="", expire_date=NOW)
    for key, seen in (("open", ago(days=5)), ("over", ago(days=5)), ("beginning", NOW)):
        UserSession.objects.create(
            user=user, ip="192.0.2.1", session_key=key, user_agent="…", last_seen_at=seen
        )
    assert purging.forget_old(NOW) == {"sessions": 1}
    assert sorted(UserSession.objects.values_list("session_key", flat=True)) == ["beginning", "open"]


def test_it_goes_by_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    user = person()
    monkeypatch.setattr(purging, "BATCH", 2)
    for number in range(5):
        Notification.objects.create(
            user=user, kind="company", key=str(number), text="", url="/", read_at=ago(13)
        )
    assert purging.forget_old(NOW) == {"notifications": 5}
    assert purging.forget_old(NOW) == {}
