"""The virus scanner, when there is one: clamd, asked by its own protocol (INSTREAM, clamd(8))."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from typing import IO

CHUNK = 64 * 1024
MOST_ANSWER = 4096
PORT = 3310


class ScannerSilent(Exception):  # noqa: N818 (it is no fault of ours)
    """The scanner did not answer, or did not answer the question: it is asked again later."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner says. `signature` names what it found; empty when it found nothing."""

    signature: str = ""


def connect() -> socket.socket:
    """A connection to the scanner of the settings. Raises ScannerSilent."""
    address = urlsplit(settings.CLAMD_URL)
    try:
        if address.scheme == "unix":
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            link.settimeout(settings.CLAMD_TIMEOUT)
            link.connect(address.path)
            return link
        place = (address.hostname or "localhost", address.port or PORT)
        return socket.create_connection(place, timeout=settings.CLAMD_TIMEOUT)
    except OSError as error:
        raise ScannerSilent(str(error)) from error


def scan(file: IO[bytes]) -> Scan:
    """Send a file to the scanner, piece by piece, from its beginning. Raises ScannerSilent."""
    file.seek(0)
    with connect() as link:
        try:
            link.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                link.sendall(struct.pack("!L", len(chunk)) + chunk)
            link.sendall(struct.pack("!L", 0))
            answer = _read_answer(link)
        except OSError as error:
            raise ScannerSilent(str(error)) from error
    if answer == "stream: OK":
        return Scan()
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Scan(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise ScannerSilent(answer or "no answer")


def _read_answer(link: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER:
        piece = link.recv(MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
