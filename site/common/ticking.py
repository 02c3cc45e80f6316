"""Periodic work: a registry of jobs, and the tick that runs those that are due.

`manage.py tick` runs once (from cron) or for ever (`--every 60`). Several ticks may run on several
machines: a job is claimed in the database before it is run.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.utils import timezone

from common import background, bounces, outbox
from common.models import PeriodicJob

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger("atoutage.tick")

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
# Due times are compared with a tick that is itself not quite punctual.
SLACK = dt.timedelta(seconds=10)
LEASE = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """Something to run `every` so often.

    `run` is idempotent: it may be run again after a crash, or while another machine still runs it
    after `LEASE`. What it returns is logged when it is truthy.
    """

    name: str
    every: dt.timedelta
    run: Callable[[], object]


class JobRegistry:
    """All the periodic jobs; rooms add theirs in `AppConfig.ready`."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def register(self, job: Job) -> None:
        """Add a job; its name is `room.verb`."""
        self._jobs[job.name] = job

    def all(self) -> list[Job]:
        """In the order they were registered."""
        return list(self._jobs.values())


jobs = JobRegistry()


def publish_scheduled() -> None:
    """Put on line, and take off, the pages whose time has come."""
    call_command("publish_scheduled")


def deliver_mail() -> dict[str, int]:
    """Send the mail that is due."""
    sent, failed = outbox.deliver_due()
    return {"sent": sent, "failed": failed} if sent or failed else {}


def clear_sessions() -> None:
    """Forget the sessions that expired."""
    call_command("clearsessions")


jobs.register(Job("common.publish_scheduled", MINUTE, publish_scheduled))
jobs.register(Job("common.deliver_mail", MINUTE, deliver_mail))
jobs.register(Job("common.forget_sent_mail", DAY, outbox.forget_sent))
jobs.register(Job("common.forget_bounces", DAY, bounces.forget_old))
jobs.register(Job("common.requeue_tasks", MINUTE, background.requeue))
jobs.register(Job("common.prune_tasks", DAY, background.prune))
jobs.register(Job("common.clear_sessions", DAY, clear_sessions))


def run_due(registry: JobRegistry = jobs) -> list[str]:
    """Run the jobs that are due, one after the other; return the names of those that failed.

    A job that fails stops no other: its error is logged, kept in its row, and it is tried again
    when it is next due.
    """
    now = timezone.now()
    everything = registry.all()
    known = set(PeriodicJob.objects.values_list("name", flat=True))
    new = [PeriodicJob(name=job.name, due_at=now) for job in everything if job.name not in known]
    PeriodicJob.objects.bulk_create(new, ignore_conflicts=True)
    return [
        job.name
        for job in everything
        if PeriodicJob.objects.claim(job.name, now, job.every - SLACK, LEASE) and not _run(job)
    ]


def _run(job: Job) -> bool:
    begun = time.monotonic()
    try:
        outcome = job.run()
    except Exception as error:
        logger.exception("periodic job failed", extra={"job": job.name})
        PeriodicJob.objects.finish(job.name, error=f"{type(error).__name__}: {error}"[:2000])
        return False
    PeriodicJob.objects.finish(job.name)
    details = {"job": job.name, "seconds": round(time.monotonic() - begun, 3), "outcome": outcome}
    logger.log(logging.INFO if outcome else logging.DEBUG, "periodic job done", extra=details)
    return True
