"""The demonstration, served for browsers: prepared as `make run` does, in a folder of its own."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("BROWSER_VAR_DIR") or ROOT / "var" / "browser")
PREPARE = [sys.executable, str(ROOT / "bin" / "run.py"), "prepare"]
PATIENCE = 60
# What the tests of Python, or whoever starts us, may have set for another installation.
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PAGE_CACHE", "PUBLIC_URL", "PORT"}
ENV = {name: value for name, value in os.environ.items() if name not in NOT_OURS} | {"VAR_DIR": str(VAR)}


@dataclass(frozen=True)
class LiveSite:
    """A server that listens at `origin`; `env` is the environment of its processes."""

    origin: str
    env: dict[str, str]

    def open(self, path: str) -> HTTPResponse:
        """The answer to a plain GET, whatever its status."""
        try:
            return urllib.request.urlopen(self.origin + path, timeout=30)
        except HTTPError as error:
            return error  # type: ignore[return-value]

    def read(self, path: str) -> str:
        """The text at an address."""
        with self.open(path) as response:
            return response.read().decode()

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        result = subprocess.run(
            command, env=self.env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return result.stdout.strip()


def prepare() -> None:
    """Bring the folder up to date, one process at a time. Where that fails, deleting it is always safe."""
    VAR.mkdir(parents=True, exist_ok=True)
    with VAR.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(PREPARE, env=ENV, cwd=ROOT, check=True)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Return once the address answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def serving() -> Iterator[LiveSite]:
    """A prepared site behind gunicorn, stopped at the end."""
    prepare()
    port = free_port()
    origin = f"http://localhost:{port}"
    env = {
        **ENV,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "PUBLIC_URL": origin,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket", "--log-level=warning"),
        *("--worker-class=gthread", "--threads=8", f"--bind=127.0.0.1:{port}"),
    ]
    process = subprocess.Popen(gunicorn, env=env, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield LiveSite(origin, env)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
