"""Failed and abandoned tasks come back, a limited number of times."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from common import background
from common.background import ABANDONED_AFTER, RETRY_AFTER

pytestmark = pytest.mark.django_db

READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED


def task(status: str, attempts: int, ago: dt.timedelta) -> Any:
    moment = timezone.now() - ago
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="common.pictures.make_all_renditions",
        worker_ids=["worker"] * attempts,
        backend_name="default",
        run_after=moment,
        started_at=moment,
        finished_at=moment if status == FAILED else None,
    )


@pytest.mark.parametrize(
    ("attempts", "ago", "becomes"),
    [
        (1, RETRY_AFTER[0] / 2, FAILED),
        (1, RETRY_AFTER[0] * 2, READY),
        (2, RETRY_AFTER[0] * 2, FAILED),
        (2, RETRY_AFTER[1] * 2, READY),
        (len(RETRY_AFTER) + 1, RETRY_AFTER[-1] * 2, FAILED),
        (1, dt.timedelta(days=30), FAILED),
    ],
)
def test_a_failed_task_is_tried_again_after_a_wait_that_grows(
    attempts: int, ago: dt.timedelta, becomes: str
) -> None:
    result = task(FAILED, attempts, ago)
    background.requeue()
    result.refresh_from_db()
    assert result.status == becomes


@pytest.mark.parametrize(
    ("attempts", "ago", "becomes"),
    [
        (1, ABANDONED_AFTER / 2, RUNNING),
        (1, ABANDONED_AFTER * 2, READY),
        (len(RETRY_AFTER) + 1, ABANDONED_AFTER * 2, FAILED),
    ],
)
def test_a_task_whose_worker_died_is_taken_back(attempts: int, ago: dt.timedelta, becomes: str) -> None:
    result = task(RUNNING, attempts, ago)
    background.requeue()
    result.refresh_from_db()
    assert result.status == becomes


def test_it_says_how_many_came_back() -> None:
    assert background.requeue() == {}
    task(FAILED, 1, RETRY_AFTER[0] * 2)
    task(RUNNING, 1, ABANDONED_AFTER * 2)
    assert background.requeue() == {"retried": 1, "abandoned": 1}


def test_old_results_are_deleted_failures_later() -> None:
    kept = task(FAILED, 5, dt.timedelta(days=30))
    task(FAILED, 5, dt.timedelta(days=100))
    task(TaskResultStatus.SUCCESSFUL, 1, dt.timedelta(days=30))
    DBTaskResult.objects.filter(finished_at=None).update(finished_at=timezone.now() - dt.timedelta(days=30))
    background.prune()
    assert list(DBTaskResult.objects.all()) == [kept]
