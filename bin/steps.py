"""Steps that prepare the site, each skipped while the files it depends on are the same."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LABEL_WIDTH = 34


@dataclass(frozen=True)
class Step:
    """A named piece of preparation.

    `inputs` are glob patterns under the repository; `facts` are other things the result depends
    on. `run` does the work; it raises `StepError` when it cannot.
    """

    name: str
    label: str
    run: Callable[[], object]
    inputs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def fingerprint(self) -> str:
        """A digest of the content of every input file, its name included."""
        digest = blake2b(repr(self.facts).encode(), digest_size=16)
        for path in files(self.inputs):
            digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()


class StepError(Exception):
    """A step did not come to its end; the message says what to look at."""


def files(patterns: Iterable[str]) -> list[Path]:
    """The files that match, sorted; compiled Python left out."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")


def french_seconds(seconds: float) -> str:
    """`1.26` → `1,3 s`."""
    return f"{seconds:.1f} s".replace(".", ",")


def say(label: str, outcome: str) -> None:
    """One line of progress."""
    print(f"  {label:<{LABEL_WIDTH}} {outcome}", flush=True)


def run_steps(steps: Iterable[Step], stamps: Path) -> None:
    """Run the steps whose inputs changed since they last came to their end."""
    stamps.mkdir(parents=True, exist_ok=True)
    for step in steps:
        stamp = stamps / step.name
        fingerprint = step.fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            continue
        begun = time.monotonic()
        step.run()
        stamp.write_text(fingerprint)
        say(step.label, french_seconds(time.monotonic() - begun))


def command(python: Path, log: Path, env: dict[str, str], *arguments: str) -> str:
    """Run a management command; return what it printed. Raises StepError with the end of its output."""
    result = subprocess.run(
        [str(python), str(ROOT / "manage.py"), *arguments],
        env={**os.environ, **env},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(result.stdout)
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-25:])
        raise StepError(f"{tail}\n\n« manage.py {' '.join(arguments)} » a échoué ; tout est dans {log}")
    return result.stdout
