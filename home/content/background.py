"""Background work of a whole load: each piece once, at the end, in this process."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.immediate import ImmediateBackend

if TYPE_CHECKING:
    from collections.abc import Iterator


# Work that nobody waits for and that takes long: the queue's.
SLOW = {"common.web.sharing.make_share_images"}


class GatheringBackend(ImmediateBackend):
    """Keeps what is asked for, each task with its arguments once, until `run`.

    A page saved ten times while it is loaded is indexed once. All tasks are idempotent.
    """

    def __init__(self) -> None:
        super().__init__(DEFAULT_TASK_BACKEND_ALIAS, {"QUEUES": []})
        self.waiting: dict[str, Any] = {}
        self.slow: list[Any] = []

    def _execute_task(self, task_result: Any) -> None:
        name = f"{task_result.task.module_path}{task_result.args}{task_result.kwargs}"
        # The last one asked for: it comes after everything it depends on.
        self.waiting.pop(name, None)
        self.waiting[name] = task_result

    def run(self) -> int:
        """Do what was asked for, save what is slow; return how many tasks were done."""
        done = 0
        while self.waiting:
            result = self.waiting.pop(next(iter(self.waiting)))
            if result.task.module_path in SLOW:
                self.slow.append(result)
                continue
            super()._execute_task(result)
            done += 1
        return done


@contextmanager
def gathered() -> Iterator[GatheringBackend]:
    """Within, tasks are kept instead of queued. The caller runs them; what is left goes to the queue."""
    usual = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    gathering = GatheringBackend()
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = gathering
    try:
        yield gathering
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = usual
        for result in (*gathering.slow, *gathering.waiting.values()):
            usual.enqueue(result.task, result.args, result.kwargs)
