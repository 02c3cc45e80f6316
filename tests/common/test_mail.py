"""Letters: what a mail program makes of them, in whose language, and what cannot be slipped into them."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail as django_mail
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from common import bounces
from common import mail as letters
from common.mail import Item, Letter, absolute, compose, post, post_to
from common.models import Bounce, OutboxMessage

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db

UNSUBSCRIBE = "http://localhost:8000/espace/desabonnement/abc/"


def letter(**changes: Any) -> Letter:
    words: dict[str, Any] = {
        "subject": "Votre semaine",
        "paragraphs": ["Deux pratiques nouvelles vous attendent."],
        "reason": "Vous suivez la transmission.",
    }
    return Letter(**{**words, **changes})


def parsed(row: OutboxMessage | None = None) -> Any:
    """The one message of the outbox, as a mail program reads it."""
    row = row or OutboxMessage.objects.get()
    return message_from_bytes(bytes(row.source), policy=policy.default)


def body(message: Any, kind: str) -> str:
    return str(message.get_body((kind,)).get_content())


def test_a_letter_has_a_text_and_the_same_in_html() -> None:
    post(letter(), "a@example.org", language="fr")
    message = parsed()
    assert (message.get_content_type(), message["Subject"], message["To"], message.defects) == (
        "multipart/alternative",
        "Votre semaine",
        "a@example.org",
        [],
    )
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Deux pratiques nouvelles vous attendent." in body(message, "plain")
    assert "Deux pratiques nouvelles vous attendent." in body(message, "html")


def test_robots_and_mail_programs_are_told_that_a_robot_writes() -> None:
    post(letter(), "a@example.org", language="fr")
    message = parsed()
    assert (message["Auto-Submitted"], message["X-Auto-Response-Suppress"], message["Reply-To"]) == (
        "auto-generated",
        "All",
        None,
    )
    assert (message["Date"] is not None, message["From"].addresses[0].display_name) == (True, "Atout’âge")


def test_the_message_id_names_the_public_host(settings: Any) -> None:
    settings.PUBLIC_URL = "https://atout-age.example.org"
    post(letter(), "a@example.org", language="fr")
    row = OutboxMessage.objects.get()
    assert re.fullmatch(r"<[^<>@]+@atout-age\.example\.org>", row.message_id) is not None
    assert parsed(row)["Message-ID"] == row.message_id


def test_a_letter_that_can_be_stopped_says_how_twice() -> None:
    post(letter(unsubscribe=UNSUBSCRIBE), "a@example.org", language="fr")
    message = parsed()
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (
        f"<{UNSUBSCRIBE}>",
        "List-Unsubscribe=One-Click",
    )
    assert f'href="{UNSUBSCRIBE}"' in body(message, "html")
    assert UNSUBSCRIBE in body(message, "plain").splitlines()


def test_one_that_cannot_be_stopped_does_not() -> None:
    post(letter(), "a@example.org", language="fr")
    assert (parsed()["List-Unsubscribe"], parsed()["List-Unsubscribe-Post"]) == (None, None)


@pytest.mark.parametrize(
    ("language", "expected", "end"),
    [("nl", "nl", "nl"), ("en", "en", "en"), ("", "fr", "fr"), ("xx", "fr", "fr")],
)
def test_a_letter_is_built_and_dressed_in_the_language_of_its_reader(
    language: str, expected: str, end: str
) -> None:
    user = SimpleNamespace(email="a@example.org", language=language)
    post_to(user, lambda: letter(paragraphs=[f"in {translation.get_language()}"]))
    message = parsed()
    assert message["Content-Language"] == expected
    assert f'<html lang="{end}">' in body(message, "html")
    assert f"in {expected}" in body(message, "plain").splitlines()
    assert translation.get_language() == "fr"


def test_french_words_are_set_as_french_wants() -> None:
    post(letter(subject="L'heure a sonné !", greeting="Bonjour !"), "a@example.org", language="fr")
    assert parsed()["Subject"] == "L’heure a sonné\u202f!"
    assert "Bonjour\u202f!" in body(parsed(), "plain").splitlines()


def test_the_text_has_short_lines_and_addresses_alone_on_theirs() -> None:
    address = absolute("/espace/" + "tres-long-" * 12)
    post(
        letter(
            paragraphs=["Une phrase que l’on coupe. " * 10],
            action=("Ouvrir mon espace", address),
            items=[Item("Un titre qui dépasse la ligne " * 4, address, "Deux mots")],
        ),
        "a@example.org",
        language="fr",
    )
    lines = body(parsed(), "plain").splitlines()
    assert [line for line in lines if len(line) > 66 and line.strip() != address] == []
    assert [line.strip() for line in lines].count(address) == 2
    assert all(
        line.startswith("  ")
        for line in lines[lines.index("  Deux mots") - 1 : lines.index(f"  {address}") + 1]
    )


def test_a_message_is_seven_bits_wide_and_no_line_is_long() -> None:
    post(letter(paragraphs=["Éèà " * 500]), "a@example.org", language="fr")
    source = bytes(OutboxMessage.objects.get().source)
    assert (source.isascii(), b"\r" in source) == (True, False)
    assert max(len(line) for line in source.splitlines()) <= 100


def test_a_letter_ends_with_who_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_senders", [lambda: ("Une association", "1 rue d’Ici", "59000 Lille")])
    post(letter(), "a@example.org", language="fr")
    assert body(parsed(), "plain").splitlines()[-3:] == ["Une association", "1 rue d’Ici", "59000 Lille"]
    assert "<br>Une association<br>1 rue d’Ici<br>59000 Lille" in body(parsed(), "html")


def test_nothing_of_a_letter_is_fetched_from_elsewhere() -> None:
    """No picture, no font, no sheet: nobody learns that a letter was opened."""
    post(letter(code="482913", unsubscribe=UNSUBSCRIBE), "a@example.org", language="fr")
    assert re.findall(r"<(?:img|link|script|iframe)\b|\bsrc=|url\(|@import", body(parsed(), "html")) == []


# ---------------------------------------------------------------- what is slipped in
def test_a_line_end_in_a_name_does_not_begin_a_header() -> None:
    post(letter(subject="Une demande de Jo\r\nBcc: tous@example.org\u2028x"), "a@example.org", language="fr")
    assert (parsed()["Subject"], parsed()["Bcc"]) == ("Une demande de Jo Bcc: tous@example.org x", None)


@pytest.mark.parametrize(
    "to", ["a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org", "a@example.org\nb", "a", ""]
)
def test_one_letter_has_one_recipient(to: str) -> None:
    with pytest.raises(ValueError, match=r"mailbox|address"):
        post(letter(), to, language="fr")


def test_an_address_of_the_letter_cannot_begin_a_header() -> None:
    with pytest.raises(django_mail.BadHeaderError):
        post(letter(unsubscribe="https://a.example/\nBcc: b@example.org"), "a@example.org", language="fr")


def test_markup_in_any_text_is_shown_and_not_obeyed() -> None:
    bad = "<script>alert(1)</script>\"'"
    post(
        letter(
            subject=bad,
            greeting=bad,
            paragraphs=[bad],
            reason=bad,
            code=bad,
            action=(bad, 'https://a.example/?q="><b>'),
            items=[Item(bad, 'https://a.example/?q="><b>', bad)],
            closing=[bad],
        ),
        "a@example.org",
        language="fr",
    )
    html = body(parsed(), "html")
    assert re.findall(r"<script|<b>|q=\">", html) == []


class AnyWords(TestCase):
    """Whatever is written, by anybody."""

    @given(st.text(max_size=300), st.text(max_size=300))
    def test_the_headers_are_ours(self, subject: str, words: str) -> None:
        with translation.override("fr"):
            message = compose(letter(subject=subject, paragraphs=[words]), "a@example.org", "fr").message()
        source = message_from_bytes(message.as_bytes(linesep="\r\n"), policy=policy.default)
        assert source.keys() == [
            *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"),
            *("Content-Language", "MIME-Version", "Content-Type"),
        ]
        assert [part.get_content_type() for part in source.iter_parts()] == ["text/plain", "text/html"]


# ---------------------------------------------------------------- haste, and addresses that refuse
def test_a_code_leaves_when_the_transaction_commits(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post(letter(code="482913"), "a@example.org", language="fr")
        assert django_mail.outbox == []
    assert [message.to for message in django_mail.outbox] == [["a@example.org"]]
    assert OutboxMessage.objects.exclude(sent_at=None).count() == 1


def test_other_letters_wait_for_the_tick(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post(letter(), "a@example.org", language="fr")
    assert (django_mail.outbox, OutboxMessage.objects.due().count()) == ([], 1)


def test_a_letter_to_an_address_that_refuses_is_written_and_withheld() -> None:
    bounces.record("A@Example.org", Bounce.Kind.HARD, "550 5.1.1 no such user")
    post(letter(), "a@example.org", language="fr")
    row = OutboxMessage.objects.get()
    assert (row.skipped_at is not None, row.last_error) == (True, "Bounced: 550 5.1.1 no such user")
    assert OutboxMessage.objects.due().count() == 0


def test_a_code_goes_to_an_address_that_refuses() -> None:
    bounces.record("a@example.org", Bounce.Kind.HARD, "550 5.1.1 no such user")
    post(letter(code="482913"), "a@example.org", language="fr")
    assert OutboxMessage.objects.due().count() == 1


@pytest.mark.parametrize("cleared", [True, False])
def test_letters_go_on_where_the_refusal_passed_or_was_cleared(cleared: bool) -> None:
    bounces.record("a@example.org", Bounce.Kind.HARD if cleared else Bounce.Kind.SOFT, "refused")
    if cleared:
        bounces.clear("a@example.org")
    post(letter(), "a@example.org", language="fr")
    assert OutboxMessage.objects.due().count() == 1
