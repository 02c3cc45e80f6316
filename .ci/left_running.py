"""Fails when a process still works in one of the folders named on the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def ancestors() -> set[int]:
    """This process and those that wait for it."""
    found, process = set(), os.getpid()
    while process:
        found.add(process)
        stat = Path(f"/proc/{process}/stat").read_text()
        process = int(stat.rpartition(")")[2].split()[1])
    return found


def working_in(folders: list[Path]) -> list[str]:
    """The command lines of processes whose working directory is in a folder, ours left out."""
    ours, found = ancestors(), []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) in ours:
            continue
        try:
            where = (entry / "cwd").readlink()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:  # it ended, or belongs to somebody else
            continue
        if any(where.is_relative_to(folder) for folder in folders):
            found.append(f"{entry.name} {command[:150]}")
    return found


if __name__ == "__main__":
    left = working_in([Path(folder).resolve() for folder in sys.argv[1:]])
    sys.exit("\n".join(["still running:", *left]) if left else 0)
