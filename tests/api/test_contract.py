"""The API keeps the promises of its own OpenAPI document, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from common.open_data import answering
from config.wsgi import application
from tests.factories.site import Tree

EXAMPLES = 20
OPERATIONS = 9


def load() -> Any:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


@pytest.fixture
def _connection_stays_open() -> Iterator[None]:
    """As Django's own client has it: the transaction of the test is on this connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_stays_open")
def test_every_operation_answers_as_its_schema_says(site: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering.limit, "most", 10**9)
    operations = [result.ok() for result in load().get_all_operations()]
    assert len(operations) == OPERATIONS
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            ask(operation, mode)


def ask(operation: Any, mode: GenerationMode) -> None:
    """Ask an operation for what its schema allows, or for what it forbids, and judge every answer."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_it(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    try_it()
