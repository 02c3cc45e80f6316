"""`make run` as a newcomer types it: in a terminal, in a fresh copy, twice, stopped with Ctrl-C.

`python .ci/end_to_end.py FOLDER`. Fails when the site does not answer, when the second start takes
more than ten seconds, or when Ctrl-C leaves anything behind.
"""

from __future__ import annotations

import fcntl
import os
import pty
import socket
import subprocess
import sys
import termios
import threading
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from left_running import working_in

FIRST_START, SECOND_START, STOP = 480, 10, 15
PAGES = (
    "/",
    "/bonnes-pratiques/",
    "/evenements/",
    "/charte/signataires/",
    "/recherche/?q=tutorat",
    "/readyz",
)
CTRL_C = b"\x03"


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Terminal:
    """`make run` in a terminal of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.begun = time.monotonic()
        self.master, self.slave = pty.openpty()
        self.process = subprocess.Popen(
            ["make", "run"],
            cwd=folder,
            env={**os.environ, "PORT": str(port)},
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            preexec_fn=self.own,  # noqa: PLW1509 (no thread runs yet)
        )
        os.close(self.slave)
        threading.Thread(target=self.show, daemon=True).start()

    def own(self) -> None:
        """In the child: become the session that the terminal belongs to."""
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)

    def show(self) -> None:
        """Print what the site prints, until it ends."""
        while True:
            try:
                printed = os.read(self.master, 4096)
            except OSError:
                return
            sys.stdout.write(printed.decode(errors="replace").replace("\r\n", "\n"))
            sys.stdout.flush()

    def wait_for(self, address: str, seconds: float) -> float:
        """The time to a first answer. Raises SystemExit when there is none in time."""
        while self.process.poll() is None and time.monotonic() - self.begun < seconds:
            try:
                urllib.request.urlopen(address, timeout=10).close()
            except (URLError, OSError):
                time.sleep(0.05)
            else:
                return time.monotonic() - self.begun
        self.stop()
        raise SystemExit(f"{address} did not answer within {seconds} s")

    def stop(self) -> int:
        """Type Ctrl-C; the exit code of `make`."""
        if self.process.poll() is None:
            os.write(self.master, CTRL_C)
        try:
            return self.process.wait(STOP)
        finally:
            self.process.kill()


def start_and_stop(folder: Path, port: int, seconds: float) -> float:
    """One start to its end; the time to a first answer."""
    terminal = Terminal(folder, port)
    origin = f"http://localhost:{port}"
    answered = terminal.wait_for(f"{origin}/", seconds)
    try:
        for path in PAGES:
            urllib.request.urlopen(origin + path, timeout=30).close()
    finally:
        code = terminal.stop()
    left = working_in([folder])
    if code or left:
        raise SystemExit(f"Ctrl-C: exit code {code}; still running: {left or 'nothing'}")
    return answered


def main() -> None:
    """Start twice, say how long it took."""
    folder = Path(sys.argv[1]).resolve()
    port = free_port()
    first = start_and_stop(folder, port, FIRST_START)
    second = start_and_stop(folder, port, FIRST_START)
    print(
        f"make run: first answer after {first:.1f} s, at the second start after {second:.1f} s; stopped clean"
    )
    if second > SECOND_START:
        raise SystemExit(f"the second start took more than {SECOND_START} s")


if __name__ == "__main__":
    main()
