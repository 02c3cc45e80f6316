"""Reading a file in the background."""

from __future__ import annotations

from django_tasks import task

from toolbox.models import ImportRun

from .running import carry_out, silent_runs


@task()
def run_import(pk: int) -> None:
    """Carry out a run, or take it up again (idempotent)."""
    run = ImportRun.objects.filter(pk=pk).select_related("started_by").first()
    if run is not None:
        carry_out(run)


def take_up_silent() -> int:
    """Ask again for the runs whose worker died; return how many."""
    runs = list(silent_runs())
    for run in runs:
        run_import.enqueue(run.pk)
    return len(runs)
