"""Second chances for background tasks.

django-tasks-db neither tries a failed task again nor takes back one whose worker was killed, so
tasks are idempotent and the tick puts both back in the queue.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("atoutage.tasks")

# Waits before the second, third… attempt.
RETRY_AFTER = [dt.timedelta(minutes=m) for m in (1, 5, 30, 120)]
# No task of ours takes this long: its worker is dead.
ABANDONED_AFTER = dt.timedelta(minutes=15)
KEPT = dt.timedelta(days=7)
FAILURES_KEPT = dt.timedelta(days=90)


def requeue() -> dict[str, int]:
    """Put failed and abandoned tasks back in the queue; return how many of each.

    After the last attempt a task stays failed, and visible to staff, for `FAILURES_KEPT`.
    """
    counts = {"retried": _retry_failed(), "abandoned": _retry_abandoned()}
    return counts if any(counts.values()) else {}


def _retry_failed() -> int:
    now = timezone.now()
    recent = now - RETRY_AFTER[-1] - dt.timedelta(days=1)
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=recent).only("worker_ids", "finished_at")
    retried = 0
    for result in failed:
        attempts = len(result.worker_ids)
        if attempts <= len(RETRY_AFTER) and result.finished_at + RETRY_AFTER[attempts - 1] <= now:
            retried += _put_back(result, TaskResultStatus.FAILED)
    return retried


def _retry_abandoned() -> int:
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - ABANDONED_AFTER)
    retried = 0
    for result in lost.only("worker_ids", "task_path"):
        if len(result.worker_ids) > len(RETRY_AFTER):
            result.set_failed(RuntimeError("the worker died, again and again"))
            logger.error("task given up", extra={"task": str(result.pk), "path": result.task_path})
        else:
            retried += _put_back(result, TaskResultStatus.RUNNING)
    return retried


def _put_back(result: DBTaskResult[..., object], status: str) -> int:
    """Make a task ready again, unless somebody changed its state meanwhile."""
    unchanged = DBTaskResult.objects.filter(pk=result.pk, status=status)
    return unchanged.update(status=TaskResultStatus.READY, started_at=None, finished_at=None)


def is_waiting(task_path: str) -> bool:
    """Whether the queue holds more of the same work."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task_path).exists()


def prune() -> int:
    """Delete the results nobody will read any more; return how many."""
    now = timezone.now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEPT)
    old |= Q(status=TaskResultStatus.FAILED, finished_at__lt=now - FAILURES_KEPT)
    return DBTaskResult.objects.filter(old).delete()[0]
