"""Background work."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class OnCommitImmediateBackend(ImmediateBackend):
    """Runs a task in the process that asked for it, once its transaction has committed.

    Stock `ImmediateBackend` runs inside `post_save`, before the children of a page are saved, and
    so indexes the old ones.
    """

    def _execute_task(self, task_result: Any) -> None:
        run = super()._execute_task
        transaction.on_commit(lambda: run(task_result))
