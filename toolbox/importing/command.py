"""What the two import commands have in common."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from members.models import User
from toolbox.models import ImportLine, ImportRun

from .refusals import UnreadableFile
from .running import bring, carry_out

if TYPE_CHECKING:
    from argparse import ArgumentParser


class ImportCommand(BaseCommand):
    """Brings a file in, in this process; safe to run twice. Exits with 1 when a line was refused."""

    kind: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV or XLSX file; its first line names the columns")
        parser.add_argument("--publish", action="store_true", help="put what is brought on line")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="the account that the history names")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"no such file: {path}")
        by = User.objects.filter(email__iexact=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"no account has the address {options['by']}")
        try:
            run = bring(path, path.name, self.kind, by, publish=options["publish"], trial=options["dry_run"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        self.report(run, options)

    def report(self, run: ImportRun, options: dict[str, Any]) -> None:
        """Carry out the run, saying how far it is, then each line that wants to be looked at."""
        begun = time.monotonic()
        carry_out(run, lambda run: self.stderr.write(f"{run.done} / {run.total}"))
        for line in run.lines.exclude(messages=[]):
            self.stdout.write(f"{line.number}: {line.outcome} {line.slug} – {'; '.join(line.messages)}")
        if options["verbosity"] > 1:
            for line in run.lines.filter(messages=[]):
                self.stdout.write(f"{line.number}: {line.outcome} {line.slug}")
        if run.state != ImportRun.State.DONE:
            raise CommandError(run.error or f"the import is {run.state}")
        self.stdout.write(
            f"{run.total} lines: {run.created} created, {run.updated} updated, {run.unchanged} unchanged, "
            f"{run.refused} refused, in {time.monotonic() - begun:.1f} s"
            f"{' (nothing was written)' if run.trial else ''}"
        )
        if run.lines.filter(outcome=ImportLine.Outcome.REFUSED).exists():
            raise CommandError(f"{run.refused} lines were refused", returncode=1)
