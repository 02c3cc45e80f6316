"""Puts a backup back: `python bin/restore.py BACKUP`, the site being stopped.

`DATABASE_URL` and `VAR_DIR` say where to. What stands there is replaced; with SQLite, and for files,
it is kept beside under the name it had with `.before-restore` added.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from backup import DUMP, FILES, MANIFEST, SQLITE, TAR, checksum, sqlite_file, var_folder

NOT_OURS = "{0}: this backup was made from another kind of database (it has no {1})"


def check(folder: Path) -> None:
    """Refuse a backup that is not whole. Raises SystemExit."""
    try:
        sums: dict[str, str] = json.loads((folder / MANIFEST).read_text())["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise SystemExit(f"{folder}: this is no backup ({error})") from error
    wrong = [name for name, value in sums.items() if checksum(folder / name) != value]
    if wrong:
        raise SystemExit(f"{folder}: damaged: {', '.join(wrong)}")


def set_aside(path: Path, suffix: str = "") -> None:
    """Keep what stands at a path (and this suffix) under another name."""
    there, aside = path.with_name(path.name + suffix), path.with_name(f"{path.name}.before-restore{suffix}")
    if aside.is_dir():
        shutil.rmtree(aside)
    aside.unlink(missing_ok=True)
    if there.exists():
        there.rename(aside)


def restore_database(folder: Path, url: str) -> None:
    """The database as it was."""
    path = sqlite_file(url)
    needed = folder / (SQLITE if path else DUMP)
    if not needed.exists():
        raise SystemExit(NOT_OURS.format(folder, needed.name))
    if path is None:
        flags = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        subprocess.run(["pg_restore", *flags, f"--dbname={url}", str(needed)], check=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        set_aside(path, suffix)
    shutil.copyfile(needed, path)


def restore_files(folder: Path) -> None:
    """The files as they were."""
    var = var_folder()
    for name in FILES:
        set_aside(var / name)
    with tarfile.open(folder / TAR) as archive:
        # Older Pythons know no filter; the archive is ours, its checksum was checked.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        archive.extractall(var)  # noqa: S202
    # Pages and look-ups remembered before are of another time.
    (var / "run" / "generation").unlink(missing_ok=True)


def main() -> None:
    """Check, then restore."""
    if len(sys.argv) != 2:  # noqa: PLR2004 (the script and the folder)
        sys.exit("usage: restore.py BACKUP")
    folder = Path(sys.argv[1])
    check(folder)
    try:
        restore_database(folder, os.environ.get("DATABASE_URL", ""))
        restore_files(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"not restored: {error}")
    print("Restored. Now: manage.py migrate, then start the site.")


if __name__ == "__main__":
    main()
