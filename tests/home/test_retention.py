import datetime as dt

import pytest
from django.utils import timezone

from common.models import OutboxMessage
from common.outbox import forget_sent
from home.models import ContactMessage
from home.retention import forget_messages

pytestmark = pytest.mark.django_db


def test_messages_are_forgotten_after_a_year() -> None:
    now = timezone.now()
    for days in (10, 364, 366):
        ContactMessage.objects.create(
            subject="other",
            name=str(days),
            email="a@example.org",
            message="…",
            created_at=now - dt.timedelta(days=days),
        )
    assert forget_messages() == 1
    assert sorted(ContactMessage.objects.values_list("name", flat=True)) == ["10", "364"]


def test_sent_mail_is_forgotten_after_a_month_and_failed_mail_waits() -> None:
    long_ago = timezone.now() - dt.timedelta(days=31)
    for fields in ({"sent_at": long_ago}, {"given_up_at": long_ago}, {}):
        OutboxMessage.objects.create(recipients=["a@example.org"], subject="x", source=b"", **fields)
    assert forget_sent() == 1
    assert OutboxMessage.objects.filter(sent_at=None).count() == 2
