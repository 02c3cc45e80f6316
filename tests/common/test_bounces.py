"""Addresses that refuse our mail: what condemns one, what does not, and what nobody can forge."""

from __future__ import annotations

import io
import os
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common import bounces
from common.delivery_reports import LONGEST, read_report, record_report
from common.models import Bounce, OutboxMessage

OURS = "<180.1.42@atout-age.example.org>"
REPORT = """\
From: MAILER-DAEMON@example.org
To: ne-pas-repondre@atout-age.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Thu, 5 Mar 2026 09:00:00 +0100

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--edge
Content-Type: {kind}

{headers}
--edge--
"""
HEADERS = "From: ne-pas-repondre@atout-age.example.org\nMessage-ID: {message_id}\nSubject: Bonjour\n"


def report(message_id: str = OURS, *, whole: bool = True, **changes: str) -> bytes:
    """What a mail server sends back, as Postfix writes it."""
    fields = {
        "recipient": "a@example.org",
        "action": "failed",
        "status": "5.1.1",
        "diagnostic": "550 5.1.1 <a@example.org>: user unknown",
        "kind": "message/rfc822" if whole else "text/rfc822-headers",
        "headers": HEADERS.format(message_id=message_id) + ("\nBonjour.\n" if whole else ""),
    }
    return REPORT.format(**{**fields, **changes}).encode()


@pytest.fixture
def sent(db: None) -> OutboxMessage:
    """A message that left."""
    return OutboxMessage.objects.create(
        recipients=["a@example.org"], subject="Bonjour", source=b"", message_id=OURS, sent_at=timezone.now()
    )


# ---------------------------------------------------------------- which answers condemn an address
@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (550, "550 5.1.1 user unknown"),
        (550, "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
        (550, "550 5.2.1 mailbox disabled"),
        (553, "553 sorry, no mailbox here by that name"),
        (550, "550 no such user (host 10.5.7.1)"),
        (550, "5.0.0 550 5.1.1 user unknown"),
    ],
)
def test_an_address_that_does_not_exist_is_condemned(code: int, answer: str) -> None:
    assert bounces.kind_of(code, answer) == Bounce.Kind.HARD


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (450, "450 4.2.1 come back later"),
        (451, "greylisted"),
        (552, "552 5.2.2 mailbox full"),
        (554, "554 5.7.1 relay access denied"),
        (550, "550 relay not permitted"),
        (550, "550 5.7.26 unauthenticated sender"),
        (554, "554 your IP is on a blacklist"),
        (550, "550 5.4.4 unable to route"),
    ],
)
def test_an_address_does_not_pay_for_our_server_or_for_a_bad_hour(code: int, answer: str) -> None:
    assert bounces.kind_of(code, answer) == Bounce.Kind.SOFT


# ---------------------------------------------------------------- one row an address
@pytest.mark.django_db
def test_an_address_is_remembered_once_whatever_its_capitals() -> None:
    bounces.record("A@Example.org ", Bounce.Kind.SOFT, "un")
    bounces.record("a@example.org", Bounce.Kind.HARD, "deux")
    bounces.record("a@example.org", Bounce.Kind.SOFT, "trois")
    row = Bounce.objects.get()
    assert (row.address, row.kind, row.count, row.reason) == ("a@example.org", "hard", 3, "trois")
    assert bounces.refuses("A@EXAMPLE.ORG") is True


@pytest.mark.django_db
def test_a_cleared_address_begins_anew() -> None:
    bounces.record("a@example.org", Bounce.Kind.HARD, "un")
    bounces.record("a@example.org", Bounce.Kind.HARD, "deux")
    assert (bounces.clear("A@example.org"), bounces.clear("a@example.org")) == (1, 0)
    assert bounces.refuses("a@example.org") is False
    bounces.record("a@example.org", Bounce.Kind.SOFT, "trois")
    row = Bounce.objects.get()
    assert (row.kind, row.count, row.cleared_at) == ("soft", 1, None)


@pytest.mark.django_db
def test_an_address_is_forgotten_when_it_refused_nothing_for_two_years() -> None:
    with time_machine.travel("2024-01-10"):
        bounces.record("a@example.org", Bounce.Kind.HARD, "un")
    with time_machine.travel("2025-02-10"):
        bounces.record("b@example.org", Bounce.Kind.HARD, "un")
    with time_machine.travel("2026-02-10"):
        assert bounces.forget_old() == 1
    assert [row.address for row in Bounce.objects.all()] == ["b@example.org"]


# ---------------------------------------------------------------- reports
@pytest.mark.parametrize("whole", [True, False], ids=["message given back", "headers given back"])
def test_a_report_about_our_message_condemns_its_recipient(sent: OutboxMessage, whole: bool) -> None:
    assert [row.address for row in record_report(report(whole=whole))] == ["a@example.org"]
    row = Bounce.objects.get()
    assert (row.kind, row.reason) == ("hard", "5.1.1 550 5.1.1 <a@example.org>: user unknown")
    sent.refresh_from_db()
    assert sent.last_error == "Returned: 5.1.1 550 5.1.1 <a@example.org>: user unknown"


def test_a_full_mailbox_is_not_condemned(sent: OutboxMessage) -> None:
    record_report(report(status="5.2.2", diagnostic="552 5.2.2 mailbox full"))
    assert Bounce.objects.get().kind == "soft"


def test_a_mailbox_that_forwards_condemns_the_address_we_know(sent: OutboxMessage) -> None:
    assert [row.address for row in record_report(report(recipient="elsewhere@example.net"))] == [
        "a@example.org"
    ]


def test_of_several_recipients_only_the_one_that_failed_is_condemned(sent: OutboxMessage) -> None:
    OutboxMessage.objects.update(recipients=["b@example.org", "A@example.org"])
    assert [row.address for row in record_report(report())] == ["a@example.org"]
    assert record_report(report(recipient="elsewhere@example.net")) == []


@pytest.mark.parametrize(
    "source",
    [
        report(message_id="<guessed@atout-age.example.org>"),
        report(message_id=""),
        report(action="delayed"),
        report(action="delivered"),
        report(kind="text/plain"),
        report().replace(b"multipart/report", b"multipart/mixed"),
        report().replace(b"message/delivery-status", b"text/plain"),
        b"Subject: absent until Monday\n\nI will answer then.",
        b"",
        b"\xff\xfe\x00" * 100,
    ],
)
def test_what_is_not_a_failure_of_ours_is_ignored(sent: OutboxMessage, source: bytes) -> None:
    assert (record_report(source), Bounce.objects.count()) == ([], 0)


def test_nobody_is_condemned_by_a_report_about_a_message_that_never_left(sent: OutboxMessage) -> None:
    OutboxMessage.objects.update(sent_at=None)
    assert record_report(report()) == []


def test_a_report_that_nests_without_end_is_not_read(db: None) -> None:
    nested = b"".join(
        b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (depth, depth) for depth in range(20_000)
    )
    assert read_report(nested) is None


@given(st.binary(max_size=400), st.integers(0, len(report())), st.integers(0, 60))
def test_whatever_arrives_is_read_or_left(noise: bytes, at: int, cut: int) -> None:
    source = report()
    mangled = read_report(source[:at] + noise + source[at + cut :])
    assert mangled is None or len(mangled.failures) >= 1


# ---------------------------------------------------------------- the command of a mail server's pipe
def pipe(monkeypatch: pytest.MonkeyPatch, source: bytes) -> str:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(source)))
    said = io.StringIO()
    call_command("record_bounce", stdout=said, stderr=said)
    return said.getvalue().strip()


def test_the_pipe_says_what_it_recorded(sent: OutboxMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pipe(monkeypatch, report()) == "a@example.org: hard, 1"


@pytest.mark.django_db
@pytest.mark.parametrize("source", [b"nothing", b"x" * (2 * LONGEST)])
def test_the_pipe_takes_whatever_arrives(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    assert pipe(monkeypatch, source).startswith("Nothing recorded")


def test_a_report_waits_at_the_mail_server_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_args: object) -> None:
        raise DatabaseError("no answer")

    monkeypatch.setattr("common.management.commands.record_bounce.record_report", away)
    with pytest.raises(SystemExit) as stopped:
        pipe(monkeypatch, report())
    assert stopped.value.code == os.EX_TEMPFAIL
