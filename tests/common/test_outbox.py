"""Mail is written in the transaction, sent by the tick or at once, retried, never lost, never sent twice."""

import datetime as dt
from email import message_from_bytes
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from common.models import Bounce, OutboxMessage
from common.outbox import (
    PATIENCE,
    RETRY_AFTER,
    StoredMessage,
    deliver_due,
    deliver_urgent,
    forget_address,
    forget_sent,
    send_again,
    send_all_again,
)
from tests.harness.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db


def write(subject: str = "Bonjour\u202f!", to: str = "b@example.org", **marks: Any) -> None:
    message = EmailMultiAlternatives(subject, "Texte accentué", "a@example.org", [to])
    message.attach_alternative("<p>Texte</p>", "text/html")
    for name, value in marks.items():
        setattr(message, name, value)
    message.send()


def subjects() -> list[str]:
    return [str(message.subject) for message in mail.outbox]


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


# ---------------------------------------------------------------- at once
def test_what_is_urgent_goes_first() -> None:
    write("après")
    write("avant", urgent=True)
    deliver_due()
    assert subjects() == ["avant", "après"]


def test_what_the_worker_sent_the_tick_does_not_send_again() -> None:
    write(urgent=True)
    deliver_urgent.func([OutboxMessage.objects.get().pk])
    assert (len(mail.outbox), deliver_due()) == (1, (0, 0))
    deliver_urgent.func([OutboxMessage.objects.get().pk])
    assert len(mail.outbox) == 1


def test_what_one_sender_has_taken_another_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    write(urgent=True)
    usual = StoredMessage.message

    def meanwhile(self: StoredMessage, **options: Any) -> Any:
        monkeypatch.setattr(StoredMessage, "message", usual)
        assert deliver_due() == (0, 0)
        deliver_urgent.func([OutboxMessage.objects.get().pk])
        return usual(self, **options)

    monkeypatch.setattr(StoredMessage, "message", meanwhile)
    assert (deliver_due(), len(mail.outbox)) == ((1, 0), 1)


@pytest.mark.usefixtures("broken_server")
def test_the_tick_takes_over_what_the_worker_could_not_send(monkeypatch: pytest.MonkeyPatch) -> None:
    write(urgent=True)
    deliver_urgent.func([OutboxMessage.objects.get().pk])
    row = OutboxMessage.objects.get()
    assert (row.attempts, row.send_after < timezone.now() + dt.timedelta(minutes=2)) == (1, True)
    monkeypatch.undo()
    OutboxMessage.objects.update(send_after=timezone.now())
    assert deliver_due() == (1, 0)


def test_one_round_sends_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.outbox.BATCH", 2)
    for number in range(5):
        write(str(number))
    assert deliver_due() == (5, 0)


def test_a_round_that_lasts_leaves_the_rest_to_the_next() -> None:
    write()
    assert (deliver_due(seconds=0), OutboxMessage.objects.due().count()) == ((0, 0), 1)


# ---------------------------------------------------------------- servers that fail, addresses that refuse
def failing(monkeypatch: pytest.MonkeyPatch, error: Exception, only: str = "") -> None:
    from django.core.mail.backends.locmem import EmailBackend  # noqa: PLC0415

    usual = EmailBackend.send_messages

    def send(self: Any, messages: list[Any]) -> int:
        if not only or messages[0].to == [only]:
            raise error
        return int(usual(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", send)


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError("no"), SMTPServerDisconnected("gone"), TimeoutError()]
)
def test_a_server_that_is_down_is_not_asked_for_each_message(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    failing(monkeypatch, error)
    for number in range(PATIENCE + 2):
        write(str(number))
    assert deliver_due() == (0, PATIENCE)
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 0, *[1] * PATIENCE]


@pytest.mark.parametrize(
    "error",
    [
        SMTPDataError(554, b"5.7.1 looks like spam"),
        SMTPRecipientsRefused({"bad@example.org": (451, b"4.7.1 come back later")}),
        ValueError("unreadable"),
    ],
)
def test_one_message_that_cannot_leave_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    failing(monkeypatch, error, only="bad@example.org")
    for _ in range(PATIENCE + 1):
        write(to="bad@example.org")
    write("bon")
    assert (deliver_due(), subjects()) == ((1, PATIENCE + 1), ["bon"])


@pytest.fixture
def server(settings: Any) -> Any:
    """A real mail server: it knows nobody called `gone`, and is busy for `busy`."""
    with mail_server(gone="550 5.1.1 no such user", busy="450 4.2.1 come back later") as running:
        settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def test_mail_leaves_by_smtp_through_one_connection(server: MailServer) -> None:
    write("un")
    write("deux")
    assert (deliver_due(), len(server.taken), server.connections) == ((2, 0), 2, 1)
    assert server.taken[0].count(b"\n") == server.taken[0].count(b"\r\n")


def test_an_address_that_does_not_exist_is_given_up_at_once_and_remembered(server: MailServer) -> None:
    write("un", to="gone@example.org")
    write("deux")
    assert deliver_due() == (1, 1)
    row = OutboxMessage.objects.failed().get()
    assert (row.attempts, row.last_error) == (1, "SMTPRecipientsRefused: 550 5.1.1 no such user")
    bounce = Bounce.objects.get()
    assert (bounce.address, bounce.kind, bounce.count, bounce.reason) == (
        "gone@example.org",
        "hard",
        1,
        "550 5.1.1 no such user",
    )


def test_an_address_that_is_busy_is_tried_again(server: MailServer) -> None:
    write(to="busy@example.org")
    assert deliver_due() == (0, 1)
    row = OutboxMessage.objects.get()
    assert (row.given_up_at, row.attempts, Bounce.objects.get().kind) == (None, 1, "soft")
    del server.answers["busy@example.org"]
    OutboxMessage.objects.update(send_after=timezone.now())
    assert (deliver_due(), OutboxMessage.objects.get().last_error) == ((1, 0), "")


# ---------------------------------------------------------------- what staff and time do
def ended(**fields: Any) -> OutboxMessage:
    return OutboxMessage.objects.create(recipients=["a@example.org"], subject="x", source=b"", **fields)


def test_everything_that_failed_is_sent_again() -> None:
    now = timezone.now()
    rows = [
        ended(given_up_at=now, attempts=7),
        ended(given_up_at=now),
        ended(sent_at=now),
        ended(skipped_at=now),
    ]
    assert {row.pk for row in send_all_again()} == {rows[0].pk, rows[1].pk}
    assert set(OutboxMessage.objects.due().values_list("pk", "attempts")) == {
        (rows[0].pk, 0),
        (rows[1].pk, 0),
    }


def test_what_was_withheld_leaves_when_staff_ask() -> None:
    write(skip_reason="Bounced: 550")
    assert deliver_due() == (0, 0)
    send_again(OutboxMessage.objects.get())
    assert deliver_due() == (1, 0)


def test_what_was_withheld_is_forgotten_after_a_month_too() -> None:
    ended(skipped_at=timezone.now() - dt.timedelta(days=31))
    ended(skipped_at=timezone.now() - dt.timedelta(days=29))
    assert (forget_sent(), OutboxMessage.objects.count()) == (1, 1)


def test_what_was_written_to_an_address_is_forgotten_with_it() -> None:
    write(to="Anne@example.org")
    write(to="marianne@example.org")
    write(to="anne@élan.example")
    assert (forget_address("anne@Example.org"), forget_address("anne@élan.example")) == (1, 1)
    assert [row.recipients for row in OutboxMessage.objects.all()] == [["marianne@example.org"]]
