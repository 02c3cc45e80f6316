"""A file brought in: checked, then read by batches in the background, taken up again where it stood."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import LogContext

from common.gathering import gathered, quietly
from toolbox.models import ImportLine, ImportRun

from .columns import columns_of
from .lines import understand
from .reading import open_table
from .refusals import UnreadableFile
from .writing import Outcome, Written, parent_of, said, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from members.models import User

    from .columns import Column
    from .lines import Line
    from .reading import Record

    Say = Callable[[ImportRun], object]

logger = logging.getLogger("atoutage.importing")

BATCH = 200
State = ImportRun.State
# A run that says nothing for so long is taken up by another worker.
SILENT_AFTER = dt.timedelta(minutes=10)


def count_lines(path: Path, kind: str) -> int:
    """How many lines the file has. Raises UnreadableFile when it cannot be read, or wants a column."""
    table = open_table(path)
    _meant, _unknown, missing = columns_of(kind, table.headers)
    if missing:
        raise UnreadableFile(
            _("The file wants these columns: %(columns)s. Its first line names: %(headers)s.")
            % {"columns": ", ".join(missing), "headers": ", ".join(table.headers)[:300] or "–"}
        )
    return sum(1 for _record in table.records)


def bring(path: Path, name: str, kind: str, by: User | None, *, publish: bool, trial: bool) -> ImportRun:
    """Check a file and keep it for a run. Raises UnreadableFile."""
    total = count_lines(path, kind)
    if not total:
        raise UnreadableFile(_("The file has no line below its headers."))
    run = ImportRun(kind=kind, name=name[:200], publish=publish, trial=trial, started_by=by, total=total)
    with path.open("rb") as file:
        run.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        run.file.save(f"import{path.suffix.lower()}", File(file), save=False)
    run.save()
    return run


def carry_out(run: ImportRun, say: Say = lambda _run: None) -> ImportRun:
    """Read the whole file, batch by batch; safe to call again after a crash, or twice at once.

    A batch and its report are one transaction: nothing is half-written, nothing is written twice.
    """
    if not _claim(run):
        return run
    try:
        with _local(run) as path, LogContext(user=run.started_by):
            _read(run, Path(path), say)
    except UnreadableFile as error:
        _end(run, State.FAILED, str(error))
    except Exception as error:
        logger.exception("an import failed", extra={"run": run.public_id})
        _end(run, State.FAILED, f"{type(error).__name__}: {error}"[:500])
    return run


def stop(run: ImportRun) -> None:
    """Ask a run to stop after the batch it is at; what was written stays."""
    ImportRun.objects.filter(pk=run.pk, state__in=[State.WAITING, State.RUNNING]).update(
        state=State.STOPPED, finished_at=timezone.now()
    )
    run.refresh_from_db()


def silent_runs() -> Iterable[ImportRun]:
    """Runs whose worker died, or that no worker took."""
    limit = timezone.now() - SILENT_AFTER
    return ImportRun.objects.filter(state=State.RUNNING, beat_at__lt=limit)


def _claim(run: ImportRun) -> bool:
    now = timezone.now()
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        busy = locked.state == State.RUNNING and locked.beat_at and locked.beat_at > now - SILENT_AFTER
        if busy or locked.state not in {State.WAITING, State.RUNNING}:
            return False
        run.state, run.started_at, run.beat_at = State.RUNNING, locked.started_at or now, now
        run.save(update_fields=["state", "started_at", "beat_at"])
    run.refresh_from_db()
    return True


def _local(run: ImportRun) -> AbstractContextManager[str]:
    """The file on this machine, whatever the storage."""
    copy = NamedTemporaryFile(suffix=Path(str(run.file.name)).suffix)  # noqa: SIM115 (its caller closes it)
    with run.file.open("rb") as source:
        for chunk in source.chunks():
            copy.write(chunk)
    copy.flush()

    class Copy:
        def __enter__(self) -> str:
            return copy.name

        def __exit__(self, *_error: object) -> None:
            copy.close()

    return Copy()


def _read(run: ImportRun, path: Path, say: Say) -> None:
    with override(run.started_by.language if run.started_by else None):
        table = open_table(path)
        meant, _unknown, _missing = columns_of(run.kind, table.headers)
        seen = dict(run.lines.exclude(slug="").values_list("slug", "number"))
        records = iter(islice(table.records, run.done, None))
        while batch := list(islice(records, BATCH)):
            if not _goes_on(run):
                return
            _write_batch(run, batch, meant, seen)
            say(run)
    _end(run, State.DONE)


def _goes_on(run: ImportRun) -> bool:
    run.refresh_from_db(fields=["state"])
    return run.state == State.RUNNING


def _write_batch(
    run: ImportRun, batch: list[Record], meant: Mapping[str, Column], seen: dict[str, int]
) -> None:
    """One transaction for the pages of a batch and what the report says of them; then its indexing."""
    with gathered() as work, quietly():
        with transaction.atomic():
            parent = parent_of(run.kind)
            # Nobody else adds a page to the list meanwhile.
            parent = type(parent).objects.select_for_update(of=("self",)).get(pk=parent.pk)
            if run.trial:
                lines = _tried(run, batch, meant, seen, parent)
            else:
                lines = [_line(run, record, meant, seen, parent) for record in batch]
            ImportLine.objects.bulk_create(lines)
            _count(run, lines)
        if run.trial:
            work.waiting.clear()
        else:
            work.run_in_bulk()


def _tried(
    run: ImportRun, batch: list[Record], meant: Mapping[str, Column], seen: dict[str, int], parent: Any
) -> list[ImportLine]:
    """What the lines would become; what was written to know it is undone."""
    with transaction.atomic():
        lines = [_line(run, record, meant, seen, parent) for record in batch]
        transaction.set_rollback(True)
    for line in lines:
        if line.outcome == Outcome.CREATED:
            line.page = None
    return lines


def _line(
    run: ImportRun, record: Record, meant: Mapping[str, Column], seen: dict[str, int], parent: Any
) -> ImportLine:
    line = understand(record, meant, run.kind)
    first = seen.setdefault(line.slug, record.number) if line.slug else record.number
    if first != record.number:
        line.problems.append(_("line %(number)s has the same slug") % {"number": first})
    written = Written(Outcome.REFUSED, None, line.problems) if line.problems else _attempt(run, line, parent)
    return ImportLine(
        run=run,
        number=record.number,
        outcome=written.outcome,
        slug=line.slug[:255],
        messages=[str(text) for text in written.messages],
        page=written.page,
    )


def _attempt(run: ImportRun, line: Line, parent: Any) -> Written:
    """Write a line whole or not at all."""
    children = parent.numchild
    try:
        with transaction.atomic():
            return write(line, run.kind, parent, run.started_by, publish=run.publish)
    except ValidationError as error:
        messages = said(error)
    except IntegrityError:
        logger.exception("a line could not be written", extra={"run": run.public_id, "line": line.number})
        messages = [_("the database refuses it")]
    parent.numchild = children
    return Written(Outcome.REFUSED, None, messages)


COUNTERS = {
    Outcome.CREATED: "created",
    Outcome.UPDATED: "updated",
    Outcome.UNCHANGED: "unchanged",
    Outcome.REFUSED: "refused",
}


def _count(run: ImportRun, lines: list[ImportLine]) -> None:
    run.done += len(lines)
    for outcome, name in COUNTERS.items():
        setattr(run, name, getattr(run, name) + sum(line.outcome == outcome for line in lines))
    run.beat_at = timezone.now()
    run.save(update_fields=["done", "beat_at", *COUNTERS.values()])


def _end(run: ImportRun, state: str, error: str = "") -> None:
    run.state, run.error, run.finished_at = state, error, timezone.now()
    run.save(update_fields=["state", "error", "finished_at"])
