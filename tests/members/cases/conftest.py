"""The made-up kind of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.members.cases.things import Things, things


@pytest.fixture
def thing() -> Iterator[Things]:
    with things() as made:
        yield made
