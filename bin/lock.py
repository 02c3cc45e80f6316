"""Compiles `requirements/*.in` into `*.txt`: exact versions and hashes, no address of any index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each one is constrained by the one before it.
SETS = ("base", "production", "dev")
FLAGS = (
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--quiet",
)


def main() -> None:
    """Lock the three sets; arguments (`--upgrade`…) go to pip-compile."""
    for name in SETS:
        target = f"{name}.txt"
        command = [
            sys.executable,
            "-m",
            "piptools",
            "compile",
            *FLAGS,
            *sys.argv[1:],
            "-o",
            target,
            f"{name}.in",
        ]
        subprocess.run(command, cwd=ROOT / "requirements", check=True)
        print(f"requirements/{target}")


if __name__ == "__main__":
    main()
