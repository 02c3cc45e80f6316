"""Messages as bytes (RFC 5322).

A digest is ten thousand letters of one shape: writing it straight takes a tenth of what the general
machinery of `email` does, and what is written here can be checked at a glance.
"""

from __future__ import annotations

import binascii
import functools
import re
import secrets
from email.header import Header
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.mail.message import sanitize_address

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_LENGTH = 76
# An address that stands in a header as it is, like nearly all (RFC 5322, dot-atom).
PLAIN = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(\.[\w-]+)*", re.ASCII)
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class StoredSource:
    """The bytes of a message, as Django's mail backends ask for them."""

    def __init__(self, source: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.source = source.replace(b"\r\n", b"\n")
        self.headers = headers or {}

    def __getitem__(self, name: str) -> str | None:
        """A header among those known without reading the bytes again."""
        return self.headers.get(name)

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        """The message with the line ends asked for (RFC 5321 wants CRLF)."""
        return self.source.replace(b"\n", linesep.encode())

    def get_charset(self) -> None:
        """The console backend asks; the headers of the message say it already."""


class LeanMessage(EmailMultiAlternatives):
    """One recipient, a plain text, the same in HTML, no attachment."""

    def message(self, **_policy: Any) -> Any:
        headers = {
            "Subject": self.subject,
            "From": mailbox(self.extra_headers.get("From", self.from_email)),
            "To": mailbox(*self.to),
            **({"Reply-To": mailbox(*self.reply_to)} if self.reply_to else {}),
            "Date": formatdate(),
            **self.extra_headers,
        }
        html = next(str(content) for content, _subtype in self.alternatives)
        return StoredSource(multipart(headers, str(self.body), html), headers)


@functools.lru_cache(maxsize=64)
def mailbox(address: str | tuple[str, str]) -> str:
    """A mailbox, or a name and an address, as a header holds it. Raises ValueError for anything else."""
    words = address if isinstance(address, str) else " ".join(address)
    if "@" not in words or CONTROLS.search(words):
        raise ValueError(f"not one mailbox: {words!r}")
    if isinstance(address, str) and PLAIN.fullmatch(address):
        return address
    return sanitize_address(address, "utf-8").replace("\n", "")


def header(name: str, value: str) -> bytes:
    """One header, folded and encoded (RFC 2047). Raises BadHeaderError for what would begin another."""
    if CONTROLS.search(value):
        raise BadHeaderError(f"Header values can't contain newlines (got {value!r} for header {name!r})")
    return f"{name}: {value if value.isascii() else encoded(name, value)}\n".encode()


@functools.lru_cache(maxsize=256)
def encoded(name: str, value: str) -> str:
    """The words of a header in ASCII; those of a digest's subject are the same for everybody."""
    return Header(value, "utf-8", LINE_LENGTH, name).encode()


def part(subtype: str, text: str) -> bytes:
    """A text part that any server carries: no line is long, no byte has its eighth bit."""
    head = f"Content-Type: text/{subtype}; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    return head.encode() + binascii.b2a_qp(text.encode(), istext=True)


def multipart(headers: Mapping[str, str], text: str, html: str) -> bytes:
    """A whole message: the best of its two versions comes last (RFC 2046)."""
    boundary = f"=_{secrets.token_hex(16)}"
    written = {**headers, "MIME-Version": "1.0"}
    head = b"".join(header(name, value) for name, value in written.items())
    edge = f"\n--{boundary}".encode()
    return b"".join(
        (
            head,
            f'Content-Type: multipart/alternative; boundary="{boundary}"\n'.encode(),
            edge, b"\n", part("plain", text),
            edge, b"\n", part("html", html),
            edge, b"--\n",
        )
    )  # fmt: skip
