"""Backs up a running site: `python bin/backup.py FOLDER [--keep 14]`.

Makes `FOLDER/<moment>/` with the database, the files and a list of checksums. `DATABASE_URL` and
`VAR_DIR` say what to back up, as they do for the site. The keys of the installation (`SECRET_KEY`,
`MFA_ENCRYPTION_KEYS`) are not in it: keep them elsewhere.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("media", "private")
MANIFEST = "manifest.json"
SQLITE, DUMP, TAR = "database.sqlite3", "database.dump", "files.tar"


def var_folder() -> Path:
    """Where the site keeps what it writes."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var")


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for another database."""
    if not url:
        return var_folder() / "db.sqlite3"
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def copy_database(url: str, folder: Path) -> None:
    """A consistent copy of the database, while the site goes on writing."""
    path = sqlite_file(url)
    if path is None:
        command = ["pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}", url]
        subprocess.run(command, check=True)
        return
    if not path.exists():
        raise SystemExit(f"{path}: there is no database to back up")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(folder / SQLITE)) as target:
        source.backup(target)


def copy_files(folder: Path) -> None:
    """Public and private files. After the database: whatever it names is there already."""
    with tarfile.open(folder / TAR, "w") as archive:
        for name in FILES:
            if (var_folder() / name).exists():
                archive.add(var_folder() / name, arcname=name)


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def back_up(url: str, destination: Path) -> Path:
    """Make one backup; it only takes its name once it is whole."""
    moment = time.strftime("%Y-%m-%d-%H%M%S")
    draft = destination / f".{moment}.partial"
    draft.mkdir(parents=True, mode=0o700)
    try:
        copy_database(url, draft)
        copy_files(draft)
        sums = {path.name: checksum(path) for path in sorted(draft.iterdir())}
        (draft / MANIFEST).write_text(json.dumps({"made": moment, "sha256": sums}, indent=2) + "\n")
        return draft.rename(destination / moment)
    except BaseException:
        shutil.rmtree(draft)
        raise


def forget_old(destination: Path, keep: int) -> None:
    """Delete all but the latest backups."""
    made = sorted(path.parent for path in destination.glob(f"*/{MANIFEST}"))
    for folder in made[:-keep]:
        shutil.rmtree(folder)


def main() -> None:
    """Back up, then forget the oldest."""
    parser = argparse.ArgumentParser(description="Back up the database and the files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=int, default=0, help="how many backups to keep (all)")
    asked = parser.parse_args()
    try:
        made = back_up(os.environ.get("DATABASE_URL", ""), asked.folder)
    except (OSError, subprocess.CalledProcessError, sqlite3.Error) as error:
        sys.exit(f"no backup was made: {error}")
    if asked.keep > 0:
        forget_old(asked.folder, asked.keep)
    print(made)


if __name__ == "__main__":
    main()
