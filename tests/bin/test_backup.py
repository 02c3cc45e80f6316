"""A backup is made while the site writes, and put back whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

BIN = settings.ROOT / "bin"
POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def script(name: str, *arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if key not in ("VAR_DIR", "DATABASE_URL")}
    command = [sys.executable, str(BIN / name), *map(str, arguments)]
    return subprocess.run(command, env={**known, **env}, check=False, capture_output=True, text=True)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A site of one row, one picture and one private file; its last change is still in the journal."""
    folder = tmp_path / "un site"
    for name in ("media/a.webp", "private/originals/a.png", "run/secret-key", "run/generation"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def say(var: Path, word: str) -> None:
    with closing(sqlite3.connect(var / "db.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        database.execute("DELETE FROM words")
        database.execute("INSERT INTO words VALUES (?)", (word,))
        database.commit()


def word(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        return str(database.execute("SELECT word FROM words").fetchone()[0])


def test_what_was_backed_up_comes_back(var: Path, tmp_path: Path) -> None:
    say(var, "before")
    with closing(sqlite3.connect(var / "db.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM words").fetchall()
        made = script("backup.py", tmp_path / "backups", VAR_DIR=str(var)).stdout.strip()
    say(var, "after")
    (var / "media" / "a.webp").write_text("changed")
    shutil.rmtree(var / "private")
    restored = script("restore.py", made, VAR_DIR=str(var))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert word(var / "db.sqlite3") == "before"
    assert (var / "media" / "a.webp").read_text() == "media/a.webp"
    assert (var / "private" / "originals" / "a.png").read_text() == "private/originals/a.png"
    assert not (var / "run" / "generation").exists()


def test_what_was_replaced_is_kept_beside(var: Path, tmp_path: Path) -> None:
    say(var, "before")
    made = script("backup.py", tmp_path / "backups", VAR_DIR=str(var)).stdout.strip()
    say(var, "after")
    (var / "media" / "a.webp").write_text("changed")
    for _twice in range(2):
        assert script("restore.py", made, VAR_DIR=str(var)).returncode == 0
        say(var, "after")
    assert word(var / "db.sqlite3.before-restore") == "after"
    assert sorted(path.name for path in var.iterdir() if path.is_dir()) == [
        "media",
        "media.before-restore",
        "private",
        "private.before-restore",
        "run",
    ]


def test_the_keys_are_not_in_a_backup(var: Path, tmp_path: Path) -> None:
    say(var, "before")
    made = Path(script("backup.py", tmp_path / "backups", VAR_DIR=str(var)).stdout.strip())
    assert sorted(path.name for path in made.iterdir()) == ["database.sqlite3", "files.tar", "manifest.json"]
    assert b"secret-key" not in (made / "files.tar").read_bytes()


def test_a_damaged_backup_is_refused_and_nothing_is_touched(var: Path, tmp_path: Path) -> None:
    say(var, "before")
    made = Path(script("backup.py", tmp_path / "backups", VAR_DIR=str(var)).stdout.strip())
    with (made / "database.sqlite3").open("ab") as file:
        file.write(b"\0")
    say(var, "after")
    refused = script("restore.py", made, VAR_DIR=str(var))
    assert refused.returncode == 1
    assert "damaged: database.sqlite3" in refused.stderr
    assert word(var / "db.sqlite3") == "after"


def test_the_oldest_backups_are_forgotten(var: Path, tmp_path: Path) -> None:
    say(var, "before")
    folder = tmp_path / "backups"
    for old in ("2020-01-01-000000", "2021-01-01-000000"):
        (folder / old).mkdir(parents=True)
        (folder / old / "manifest.json").write_text("{}")
    made = script("backup.py", folder, "--keep", 2, VAR_DIR=str(var)).stdout.strip()
    assert sorted(path.name for path in folder.iterdir()) == ["2021-01-01-000000", Path(made).name]


def test_a_site_without_database_is_not_backed_up(tmp_path: Path) -> None:
    refused = script("backup.py", tmp_path / "backups", VAR_DIR=str(tmp_path))
    assert refused.returncode == 1
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.skipif(not POSTGRESQL, reason="needs a PostgreSQL server")
def test_a_postgresql_database_comes_back(var: Path, tmp_path: Path) -> None:
    import psycopg  # noqa: PLC0415 (only where it is tested)

    own = settings.DATABASES["default"]
    server = f"postgres://{own['USER']}@{own['HOST']}:{own['PORT']}"
    name = f"backup_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    url = f"{server}/{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE words AS SELECT 'before' AS word")
    made = script("backup.py", tmp_path / "backups", VAR_DIR=str(var), DATABASE_URL=url).stdout.strip()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE words SET word = 'after'")
    restored = script("restore.py", made, VAR_DIR=str(var), DATABASE_URL=url)
    assert (restored.returncode, restored.stderr) == (0, "")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM words").fetchone() == ("before",)
