"""A gunicorn on the loopback interface, and what its workers cost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
PATIENCE = 60
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def cpu(self) -> float:
        """Seconds that the workers have computed so far, in user space and in the kernel."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in children]
        return sum(int(row[11]) + int(row[12]) for row in fields) / TICKS_A_SECOND

    def get(self, path: str, accept: str = "br") -> bytes:
        """The bytes of an answer, as they are sent."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": accept}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            body: bytes = response.read()
        return body

    def wait(self) -> None:
        """Return once it answers, be it an error."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.get("/healthz")
            except HTTPError:
                return
            except (URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server does not answer")


@contextmanager
def serving(application: str, env: dict[str, str]) -> Iterator[Server]:
    """Serve a WSGI application, as `make run` does, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--no-control-socket", "--log-level=warning"),
        *(f"--bind=127.0.0.1:{port}", f"--workers={WORKERS}", "--worker-class=gthread", "--threads=4"),
        *("--preload", f"--pythonpath={ROOT},{ROOT / 'site'}"),
    ]
    process = subprocess.Popen(command, env={**os.environ, **env}, cwd=ROOT)
    server = Server(process, port)
    try:
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
