"""Mail is written in the transaction, sent by the tick, retried, never lost."""

from email import message_from_bytes

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from common.models import OutboxMessage
from common.outbox import RETRY_AFTER, StoredMessage, deliver_due, send_again

pytestmark = pytest.mark.django_db


def write(subject: str = "Bonjour\u202f!") -> None:
    message = EmailMultiAlternatives(subject, "Texte accentué", "a@example.org", ["b@example.org"])
    message.attach_alternative("<p>Texte</p>", "text/html")
    message.send()


@pytest.fixture
def broken_server(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> int:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_nothing_leaves_before_the_tick() -> None:
    write()
    assert mail.outbox == []
    assert deliver_due() == (1, 0)
    assert [message.subject for message in mail.outbox] == ["Bonjour\u202f!"]
    assert deliver_due() == (0, 0)


def test_what_leaves_is_what_was_written_with_the_line_ends_of_smtp() -> None:
    write()
    source = StoredMessage(OutboxMessage.objects.get()).message().as_bytes(linesep="\r\n")
    assert source.count(b"\n") == source.count(b"\r\n")
    assert message_from_bytes(source)["To"] == "b@example.org"


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_sends_nothing() -> None:
    def fail_after_writing() -> None:
        with transaction.atomic():
            write()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert OutboxMessage.objects.count() == 0


@pytest.mark.usefixtures("broken_server")
def test_a_failing_server_loses_nothing() -> None:
    write()
    assert deliver_due() == (0, 1)
    row = OutboxMessage.objects.get()
    assert (row.attempts, row.sent_at, row.last_error) == (1, None, "ConnectionRefusedError: no mail server")
    assert row.send_after > timezone.now()


@pytest.mark.usefixtures("broken_server")
def test_it_gives_up_after_the_last_wait_and_staff_can_send_again() -> None:
    write()
    for _ in range(len(RETRY_AFTER) + 1):
        OutboxMessage.objects.update(send_after=timezone.now())
        deliver_due()
    row = OutboxMessage.objects.failed().get()
    send_again(row)
    assert OutboxMessage.objects.due().count() == 1


def test_a_header_cannot_be_injected() -> None:
    with pytest.raises(ValueError, match="newlines"):
        write("Bonjour\nBcc: everybody@example.org")
