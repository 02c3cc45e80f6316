"""Background: a page is made of what was sent, never inside the request that sends it."""

from __future__ import annotations

import logging

from django.db.models import F, Q
from django_tasks import task

from common.ticking import MINUTE, Job, jobs
from toolbox.models import Contribution

from . import workflow

logger = logging.getLogger("atoutage.review")

# As many in one tick as fit well into a minute.
MOST = 50


@task()
def prepare(contribution_pk: int) -> None:
    """Write the page of a contribution and start its workflow. Idempotent; what has gone is nothing to do."""
    if Contribution.objects.filter(pk=contribution_pk).exists():
        workflow.prepare(contribution_pk)


@task()
def withdraw(contribution_pk: int) -> None:
    """End the workflow of what its author took back. Idempotent; nothing happens if she sent it again."""
    row = Contribution.objects.filter(pk=contribution_pk).first()
    if row is not None and row.may_be_written:
        workflow.withdraw(row, row.author)


def prepare_forgotten() -> dict[str, int]:
    """What waits and is no page yet: a worker was stopped, or a file was still being checked."""
    unprepared = Q(page=None) | Q(revision=None) | Q(revision__created_at__lt=F("submitted_at"))
    done = failed = 0
    for key in (
        Contribution.objects.waiting().filter(unprepared).order_by("pk").values_list("pk", flat=True)[:MOST]
    ):
        try:
            done += workflow.is_prepared(workflow.prepare(key))
        except Exception:
            logger.exception("contribution not prepared", extra={"contribution": key})
            failed += 1
    return {"prepared": done, "failed": failed} if done or failed else {}


def register() -> None:
    """Look every five minutes."""
    jobs.register(Job("toolbox.prepare_contributions", 5 * MINUTE, prepare_forgotten))
