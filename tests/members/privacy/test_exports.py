"""Copies of one's data: asked, prepared, shown to their owner, gone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone

from members.models import DataExport, DataRequest, User
from members.privacy import archive, exports
from tests.harness.client import StrictClient
from tests.members.companies.people import person
from tests.members.privacy.people import letters_to, reauthenticated

pytestmark = pytest.mark.django_db


def asked(user: User) -> DataExport:
    """A copy, asked for and prepared."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        export = exports.ask(user)
    export.refresh_from_db()
    return export


def failing(*_args: Any) -> None:
    raise OSError("the disk is full")


def test_a_copy_is_prepared_told_and_written_in_the_register() -> None:
    user = person()
    export = asked(user)
    assert export.state == "ready"
    assert export.size == default_storage.size(export.file) > 1000
    assert (export.expires_at - export.ready_at).days == 7  # type: ignore[operator]
    assert len(letters_to(user.email)) == 1
    row = DataRequest.objects.get()
    assert (row.kind, row.state, row.user) == ("access", "answered", user)


def test_one_copy_at_a_time_is_in_the_making() -> None:
    user = person()
    assert exports.ask(user) == exports.ask(user)
    assert DataExport.objects.count() == 1


def test_a_new_copy_takes_the_place_of_the_old_one() -> None:
    user = person()
    first, second = asked(user), asked(user)
    first.refresh_from_db()
    assert (first.state, first.file, second.state) == ("expired", "", "ready")


def test_only_some_copies_a_day_are_made() -> None:
    user = person()
    for _time in range(exports.MOST_A_DAY):
        asked(user)
    with pytest.raises(exports.TooManyExportsError):
        exports.ask(user)


def test_the_file_is_for_its_owner_alone() -> None:
    user, stranger = person(), person("Sacha Petit")
    export = asked(user)
    url = default_storage.url(export.file)
    answer: Any = client_of(user).get(url)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert [client_of(one).get(url).status_code for one in (stranger, None)] == [404, 404]


def client_of(user: User | None) -> StrictClient:
    client = StrictClient()
    if user is not None:
        client.force_login(user)
    return client


def test_the_file_is_gone_after_seven_days() -> None:
    user = person()
    export = asked(user)
    name = export.file
    with time_machine.travel(timezone.now() + dt.timedelta(days=6, hours=23)):
        assert exports.expire_old() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, hours=1)):
        assert not exports.may_see(user, name)
        assert exports.expire_old() == 1
    export.refresh_from_db()
    assert (export.state, export.file, default_storage.exists(name)) == ("expired", "", False)


def test_a_failure_is_tried_again_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    user = person()
    with monkeypatch.context() as patch:
        patch.setattr(archive, "write", failing)
        export = asked(user)
        assert (export.state, export.attempts) == ("asked", 1)
        for _time in range(exports.MOST_ATTEMPTS - 1):
            prepare(export)
    export.refresh_from_db()
    assert (export.state, export.attempts, len(letters_to(user.email))) == ("failed", 3, 1)
    assert DataRequest.objects.get(state="open").kind == "access"


def prepare(export: DataExport) -> None:
    """Run the task as the worker does when the queue puts it back."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        exports.prepare.enqueue(export.pk)


def test_a_second_attempt_makes_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    user = person()
    with monkeypatch.context() as patch:
        patch.setattr(archive, "write", failing)
        export = asked(user)
    prepare(export)
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("ready", 2)


def test_a_task_that_runs_twice_changes_nothing() -> None:
    export = asked(person())
    prepare(export)
    again = DataExport.objects.get()
    assert (again.file, again.attempts) == (export.file, 1)


def test_a_copy_lost_with_its_worker_is_given_up() -> None:
    user = person()
    DataExport.objects.create(user=user, asked_at=timezone.now() - dt.timedelta(hours=7))
    assert exports.expire_old() == 1
    assert DataExport.objects.get().state == "failed"


def test_a_copy_for_an_account_closed_meanwhile_leaves_no_file() -> None:
    user = person()
    before = files()
    with TestCase.captureOnCommitCallbacks(execute=True):
        exports.ask(user)
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert files() == before


def files() -> set[str]:
    root = Path(default_storage.path("private/exports/x")).parent
    return {str(path) for path in root.rglob("*.zip")}


# ---------------------------------------------------------------- pages
def test_a_copy_is_asked_for_with_the_password() -> None:
    user = person()
    client = client_of(user)
    answer = client.post("/espace/donnees/copie/")
    assert answer["Location"].startswith("/compte/reauthenticate/")
    assert DataExport.objects.count() == 0
    answer = client.post(answer["Location"], {"password": "un mot de passe assez long"})
    assert answer["Location"] == "/espace/donnees/"
    assert DataExport.objects.get().user == user


def test_a_copy_is_downloaded_with_the_password() -> None:
    user = person()
    export = asked(user)
    path = f"/espace/donnees/copie/{export.public_id}/"
    assert client_of(user).get(path)["Location"].startswith("/compte/reauthenticate/")
    assert reauthenticated(user).get(path)["Location"] == default_storage.url(export.file)
    assert reauthenticated(person("Sacha Petit")).get(path).status_code == 404


def test_opening_the_address_by_itself_asks_for_nothing() -> None:
    user = person()
    assert reauthenticated(user).get("/espace/donnees/copie/")["Location"] == "/espace/donnees/"
    assert DataExport.objects.count() == 0
