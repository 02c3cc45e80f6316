"""Background work of a whole load: each piece once, at the end, in this process."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from modelsearch.backends import get_search_backends
from modelsearch.tasks import insert_or_update_object_task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

# Work that nobody waits for and that takes long: the queue's.
SLOW = {"common.web.sharing.make_share_images"}
# Tasks whose one argument is a list: those of a batch become one.
LISTS = {
    "search.indexing.index_rows",
    "common.pictures.make_all_renditions",
    "common.web.sharing.make_share_images",
}
ADMIN_INDEX = insert_or_update_object_task.module_path


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

    def run_in_bulk(self) -> None:
        """The same, with the tasks of one kind as one: for hundreds of rows of a few models."""
        pages: dict[type[Model], list[Any]] = {}
        lists: dict[str, tuple[Any, list[Any]]] = {}
        for name, result in list(self.waiting.items()):
            path = result.task.module_path
            if path == ADMIN_INDEX:
                app, model, pk = result.args
                pages.setdefault(apps.get_model(app, model), []).append(pk)
            elif path in LISTS:
                lists.setdefault(path, (result.task, []))[1].extend(result.args[0])
            else:
                continue
            del self.waiting[name]
        for model, pks in pages.items():
            index_for_staff(model, pks)
        for task, rows in lists.values():
            self.enqueue(task, [_once(rows)], {})
        self.run()


def _once(rows: list[Any]) -> list[Any]:
    return list({str(row): row for row in rows}.values())


def index_for_staff(model: type[Model], pks: list[Any]) -> None:
    """Write many rows of one model into the index of the admin's own search."""
    indexed: Any = model
    rows = list(indexed.get_indexed_objects().filter(pk__in=pks))
    if rows:
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, rows)


_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Within, what is published is listed and told to nobody: it comes with hundreds of others."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_quiet() -> bool:
    """Whether publications of this moment are told to nobody."""
    return _quiet.get()


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
