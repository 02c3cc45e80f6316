"""The strict harness: what passes here holds in production.

- an unknown variable in one of our templates is an error;
- rows come back shuffled unless an order was asked for;
- the client runs on-commit callbacks and refuses inline script and style;
- nothing remembered by one test is seen by the next;
- warnings are errors (pyproject.toml).
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.template import engines
from django.utils import translation

from common import generation
from tests.factories.site import Tree, build_tree, ensure_reference
from tests.harness import ordering
from tests.harness.client import StrictClient
from tests.harness.memory import MemoryStamp
from tests.harness.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-access", action="store_true", help="write the access table as it is found")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits leaves the tables empty: have Django put back what migrations wrote."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            if marker.kwargs.get("transaction"):
                item.add_marker(
                    pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
                )
                break


@pytest.fixture(scope="session", autouse=True)
def _strict_templates() -> None:
    engines["django"].engine.string_if_invalid = Undefined("%s")  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _mail_goes_through_the_outbox(django_test_environment: None) -> None:
    """Django's test environment puts its own backend first; ours delivers to that one."""
    settings.EMAIL_BACKEND = "common.outbox.OutboxBackend"


@pytest.fixture(scope="session", autouse=True)
def _clean_files() -> None:
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Adds to the migrated database what every installation has: themes, communes, languages."""
    with django_db_blocker.unblock():
        ensure_reference()


@pytest.fixture(autouse=True)
def _shuffle(monkeypatch: pytest.MonkeyPatch) -> None:
    ordering.install(monkeypatch)


@pytest.fixture(autouse=True)
def _forget(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start from an empty memory, in French; notice changes at once where nothing ever commits."""
    stamp = MemoryStamp()
    monkeypatch.setattr(generation, "stamp", lambda: stamp)
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        monkeypatch.setattr(generation, "bump_on_commit", bump_now_and_on_commit)
    for cache in caches.all():
        cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    generation.unpin()
    translation.deactivate()


def bump_now_and_on_commit() -> None:
    generation.bump()
    transaction.on_commit(generation.bump)


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def tree(db: None) -> Tree:
    """A small published site: a home page and one index page of each kind."""
    return build_tree()
