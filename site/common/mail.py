"""The letters that the site writes to people: one look, text and HTML, in the language of who reads.

A room says what a letter holds (`Letter`); the outbox sees to its way (`common.outbox`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import make_msgid
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import override

from common import bounces
from common.addresses import absolute
from common.mime import LeanMessage, mailbox
from common.templatetags.french import typeset

__all__ = ["Item", "Letter", "absolute", "compose", "known_language", "post", "post_to", "register_sender"]

SUBJECT_LENGTH = 200
# What ends a line somewhere, and what turns the direction of writing round: neither has a place in a subject.
_BREAKS = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Item:
    """A line of a list in a letter."""

    title: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Letter:
    """What a letter says. Every text is plain; addresses (`action`, `url`) are absolute.

    `reason` says why one receives it, `action` is a label and an address, and `code` something to
    type. `unsubscribe` is the address that stops such letters with one POST (RFC 8058); with it
    come the two headers and a link in the foot.
    """

    subject: str
    paragraphs: Sequence[str]
    reason: str
    greeting: str = ""
    code: str = ""
    action: tuple[str, str] | None = None
    items: Sequence[Item] = ()
    closing: Sequence[str] = ()
    unsubscribe: str = ""
    reply_to: str = ""


class Reader(Protocol):
    """Somebody with an account: their address, and the language they chose."""

    email: Any
    language: Any


_senders: list[Callable[[], Sequence[str]]] = []


def register_sender(lines: Callable[[], Sequence[str]]) -> None:
    """Say who writes: the lines (name, postal address) that end every letter."""
    _senders[:] = [lines]


def one_line(text: str) -> str:
    """A text that cannot begin a second header: line ends and controls become spaces."""
    return _BREAKS.sub(" ", text).strip()[:SUBJECT_LENGTH]


def post(letter: Letter, to: str, *, language: str, urgent: bool = False) -> None:
    """Put a letter in the outbox, within the caller's transaction; nothing is sent from here.

    What is urgent, or holds a code, leaves as soon as the transaction has committed, whatever is
    known of the address. The rest waits for the next tick, and is kept without being sent when the
    address refused an earlier letter for good. Raises ValueError when `to` is not one address.
    """
    mailbox(to)
    urgent = urgent or bool(letter.code)
    with override(known_language(language)):
        message: Any = compose(letter, to, known_language(language))
    message.urgent = urgent
    message.skip_reason = "" if urgent else bounces.refusal_of(to)
    message.send()


def post_to(user: Reader, build: Callable[[], Letter], *, urgent: bool = False) -> None:
    """Build a letter in the language of a person, and post it to them."""
    language = known_language(user.language)
    with override(language):
        letter = build()
    post(letter, user.email, language=language, urgent=urgent)


def known_language(language: str) -> str:
    """A language of the site: the one asked for, or French."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@functools.lru_cache(maxsize=1024)
def line(item: Item, template: str, _language: str) -> SafeString:
    """An item of a list, in the active language: a line of a digest is in many letters."""
    return SafeString(get_template(template).render({"item": item}))


def compose(letter: Letter, to: str, language: str) -> LeanMessage:
    """The message of a letter, in the active language, which is `language`."""
    subject = one_line(str(typeset(letter.subject)))
    context = {
        "text_lines": [line(item, "mail/item.txt", language) for item in letter.items],
        "html_lines": [line(item, "mail/item.html", language) for item in letter.items],
        "letter": letter,
        "subject": subject,
        "language": language,
        "home": absolute("/"),
        "sender": _senders[0]() if _senders else (),
    }
    message = LeanMessage(
        subject=subject,
        body=get_template("mail/letter.txt").render(context).strip() + "\n",
        to=[to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers(letter, language),
    )
    message.attach_alternative(get_template("mail/letter.html").render(context), "text/html")
    return message


def headers(letter: Letter, language: str) -> dict[str, str]:
    """What tells mail programs that a robot writes (RFC 3834), and how to make it stop (RFC 8058)."""
    known = {
        "Message-ID": make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname or "localhost"),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": language,
    }
    if letter.unsubscribe:
        known["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        known["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return known
