"""Serves the prepared site: web server, background worker and tick, until told to stop.

Started by `run.py` with the Python of `.venv`. Ctrl-C and SIGTERM stop everything; the exit code
is then 0.
"""

from __future__ import annotations

import os
import shlex
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from honcho.manager import SIGNALS, Manager
from honcho.printer import Printer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ["PORT"]
ASKED_TO_STOP = frozenset(action["rc"] for action in SIGNALS.values())
PATIENCE = 60


def has_ipv6() -> bool:
    """Whether `localhost` may also mean ::1 here."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def web() -> list[str]:
    """The web server. Threads let a film be sent while pages are served."""
    binds = [f"--bind=127.0.0.1:{PORT}"] + ([f"--bind=[::1]:{PORT}"] if has_ipv6() else [])
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket", "--preload"),
        *(f"--pythonpath={ROOT},{ROOT / 'site'}", *binds),
        *("--worker-class=gthread", "--workers=2", "--threads=4"),
        *("--graceful-timeout=3", "--log-level=warning"),
    ]


def background(*arguments: str) -> list[str]:
    """A management command that lets the web server go first."""
    return ["nice", "-n", "10", sys.executable, str(ROOT / "manage.py"), *arguments]


def announce() -> None:
    """Once the site answers, print its addresses and who can sign in."""
    address = os.environ["PUBLIC_URL"]
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    else:
        return
    logins = Path(os.environ["LOGINS"]).read_text(encoding="utf-8").rstrip()
    print(
        f"\n  Le site                 {address}/"
        f"\n  L’espace d’édition      {address}/admin/"
        f"\n  Les courriels envoyés   {address}/demo/courriels/"
        f"\n\n{logins}\n\n  Ctrl-C pour arrêter.\n",
        flush=True,
    )


@contextmanager
def own_terminal() -> Iterator[None]:
    """Receive Ctrl-C alone, without `make`, which would call it an error; give the terminal back after."""
    group = os.getpgrp()
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        yield
        return
    if group == os.getpid() or os.tcgetpgrp(terminal) != group:
        yield
        return
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpid())
    try:
        yield
    finally:
        os.tcsetpgrp(terminal, group)


def main() -> int:
    """Serve until asked to stop; return the exit code."""
    manager = Manager(Printer(sys.stdout))
    processes = {
        "web": web(),
        "worker": background("db_worker", "--interval=2", "--queue-name=*"),
        "tick": background("tick", "--every=60"),
    }
    for name, command in processes.items():
        manager.add_process(name, f"exec {shlex.join(command)}", cwd=str(ROOT))
    threading.Thread(target=announce, daemon=True).start()
    with own_terminal():
        manager.loop()
    return 0 if manager.returncode in ASKED_TO_STOP else int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
