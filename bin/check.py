"""`make check`: everything that can be said of the code without running it for real.

Each check is a command; all are run, and what the failing ones printed is shown at the end.
`python bin/check.py lint types` runs those two.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
CHECKS: dict[str, list[str]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check"],
    "lint": [PYTHON, "-m", "ruff", "check"],
    "imports": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "types": [PYTHON, "-m", "mypy"],
    "django": [*MANAGE, "check", "--fail-level", "WARNING"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "templates": [*MANAGE, "check_templates"],
    "markup": [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
    "messages": [PYTHON, "bin/messages.py", "--check"],
}


def run(name: str, env: dict[str, str]) -> str | None:
    """Run one check; return what it printed when it failed."""
    begun = time.monotonic()
    result = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = "ok" if result.returncode == 0 else "FAILED"
    print(f"  {name:<12} {outcome:<7} {time.monotonic() - begun:5.1f} s", flush=True)
    return None if result.returncode == 0 else result.stdout


def main() -> int:
    """Run the checks named on the command line, or all; return the exit code."""
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    failures = {name: output for name in names if (output := run(name, env)) is not None}
    for name, output in failures.items():
        print(f"\n── {name} {'─' * (70 - len(name))}\n{output.strip()}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
