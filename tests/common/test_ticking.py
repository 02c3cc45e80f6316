"""The tick runs what is due, once, and one job's failure is nobody else's."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from common import ticking
from common.models import PeriodicJob
from common.ticking import LEASE, MINUTE, Job, JobRegistry, run_due

pytestmark = pytest.mark.django_db


def registry_of(*jobs: Job) -> JobRegistry:
    registry = JobRegistry()
    for job in jobs:
        registry.register(job)
    return registry


def fail() -> None:
    raise RuntimeError("broken")


def test_a_job_runs_when_it_is_due_and_not_again_before() -> None:
    runs: list[int] = []
    registry = registry_of(Job("test.run", MINUTE, lambda: runs.append(1)))
    run_due(registry)
    run_due(registry)
    assert runs == [1]
    PeriodicJob.objects.update(due_at=timezone.now())
    run_due(registry)
    assert runs == [1, 1]


def test_a_job_that_fails_stops_no_other_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    runs: list[int] = []
    registry = registry_of(Job("test.fail", MINUTE, fail), Job("test.run", MINUTE, lambda: runs.append(1)))
    assert run_due(registry) == ["test.fail"]
    assert runs == [1]
    assert PeriodicJob.objects.get(name="test.fail").last_error == "RuntimeError: broken"
    assert [(record.levelno, record.job) for record in caplog.records] == [(logging.ERROR, "test.fail")]  # type: ignore[attr-defined]


def test_a_success_clears_the_error() -> None:
    run_due(registry_of(Job("test.job", MINUTE, fail)))
    PeriodicJob.objects.update(due_at=timezone.now())
    run_due(registry_of(Job("test.job", MINUTE, lambda: None)))
    row = PeriodicJob.objects.get(name="test.job")
    assert (row.last_error, row.running_since, row.last_success_at is None) == ("", None, False)


@pytest.mark.parametrize(("since", "runs"), [(LEASE / 2, []), (LEASE * 2, [1])])
def test_a_job_that_another_machine_runs_is_left_to_it_until_its_lease_ends(
    since: dt.timedelta, runs: list[int]
) -> None:
    done: list[int] = []
    now = timezone.now()
    PeriodicJob.objects.create(name="test.run", due_at=now, running_since=now - since)
    run_due(registry_of(Job("test.run", MINUTE, lambda: done.append(1))))
    assert done == runs


def test_the_command_runs_every_registered_job_and_fails_when_one_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call_command("tick")
    assert sorted(PeriodicJob.objects.exclude(last_success_at=None).values_list("name", flat=True)) == sorted(
        job.name for job in ticking.jobs.all()
    )
    monkeypatch.setattr(ticking, "run_due", lambda: ["test.fail"])
    with pytest.raises(CommandError, match=r"test\.fail"):
        call_command("tick")
