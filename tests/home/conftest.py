"""The small demonstration beside these tests, set up and loaded once for a whole module.

Each test works in a savepoint on top of what its module made, and on its own copy of the folder.
"""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import override_settings
from PIL import Image as Pixels

from tests.home.commands import load, rows, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

HERE = Path(__file__).parent
PICTURES = ("images/atelier.png", "videos/files/un-film.png")


@dataclass(frozen=True)
class Demonstration:
    """Where the files are, and how many rows there were before they were loaded."""

    folder: Path
    before: Counter[str]


@contextmanager
def until_the_end(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside stays for the tests of a module, and is rolled back after them."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_folder(folder: Path) -> Path:
    copy = shutil.copytree(HERE / "demo", folder / "demo")
    (copy / "images").mkdir()
    for name in PICTURES:
        Pixels.new("RGB", (1600, 9), "#2340b8").save(copy / name)
    return copy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


@pytest.fixture(scope="module")
def installed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A site that was set up, without content."""
    with until_the_end(django_db_blocker):
        set_up()
        yield


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """A site with the small demonstration, accounts included."""
    with until_the_end(django_db_blocker), override_settings(DEMO=True):
        set_up()
        before = rows()
        folder = make_folder(tmp_path_factory.mktemp("loaded"))
        load(folder)
        yield Demonstration(folder, before)


@pytest.fixture
def demo(loaded: Demonstration, db: None, tmp_path: Path) -> Path:
    """This test's own copy of the folder that was loaded."""
    return shutil.copytree(loaded.folder, tmp_path / "demo")
