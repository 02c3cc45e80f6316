"""What is remembered is forgotten when public content changes, and only then."""

from pathlib import Path

import pytest
from django.db import transaction

from common import generation
from common.models import OutboxMessage, Theme


@pytest.fixture
def calls() -> list[int]:
    return []


def test_a_result_is_remembered_until_the_next_generation(calls: list[int]) -> None:
    @generation.per_generation
    def double(number: int) -> int:
        calls.append(number)
        return 2 * number

    assert [double(2), double(2), double(3)] == [4, 4, 6]
    generation.bump()
    assert double(2) == 4
    assert calls == [2, 3, 2]


def test_every_process_sees_a_bump(tmp_path: Path) -> None:
    one, other = (generation.FileStamp(str(tmp_path / "stamp")) for _ in range(2))
    before = one.read()
    other.bump()
    assert one.read() != before
    assert one.read() == other.read()


@pytest.mark.django_db(transaction=True)
def test_saving_public_content_bumps_on_commit_and_silent_rows_do_not() -> None:
    before = generation.stamp().read()
    OutboxMessage.objects.create(recipients=["a@example.org"], subject="x", source=b"")
    assert generation.stamp().read() == before
    with transaction.atomic():
        Theme.objects.create(
            slug="t", family="recruter", position=90, names={"fr": "T"}, descriptions={"fr": "T"}
        )
        assert generation.stamp().read() == before
    assert generation.stamp().read() != before
