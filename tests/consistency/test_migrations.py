"""Migrations can be read, undone, and say the same as the models."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.migrations import Migration

MIGRATIONS = sorted(
    path
    for folder in ("charters", "events", "home", "members", "search", "toolbox", "site/common")
    for path in (settings.ROOT / folder / "migrations").glob("[0-9]*.py")
)


def migration_in(path: Path) -> Any:
    migration: type[Migration] = import_module(f"{path.parent.parent.name}.migrations.{path.stem}").Migration
    return migration(path.stem, path.parent.parent.name)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parent.parent.name}.{path.stem}")
def test_a_migration_can_be_undone_and_says_what_it_does(path: Path) -> None:
    migration = migration_in(path)
    assert [operation for operation in migration.operations if not operation.reversible] == []
    assert re.search(r"_auto(_|$)|_alter_.*_and_more$", path.stem) is None


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_blocks_stay_out_of_migrations() -> None:
    assert [path.name for path in MIGRATIONS if "block_lookup" in path.read_text()] == []
