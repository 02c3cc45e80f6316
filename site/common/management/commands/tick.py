"""`manage.py tick`: run the periodic jobs that are due."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from common import ticking

if TYPE_CHECKING:
    from argparse import ArgumentParser

# Seconds between two looks at whether to stop.
NAP = 0.25


class Command(BaseCommand):
    """Once, for cron; or for ever, with `--every`. A signal lets the job at hand come to its end."""

    stopping: bool = False
    help = "Runs the periodic jobs that are due (see common.ticking)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="run again and again")

    def handle(self, *_args: Any, every: float | None = None, **_options: Any) -> None:
        if every is None:
            failed = ticking.run_due()
            if failed:
                raise CommandError(f"failed: {', '.join(failed)}")
            return
        self.run_for_ever(every)

    def run_for_ever(self, every: float) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        while not self.stopping:
            close_old_connections()
            try:
                ticking.run_due()
            except DatabaseError:
                ticking.logger.exception("the database does not answer")
            self.rest(every)

    def rest(self, seconds: float) -> None:
        """Sleep, unless told to stop meanwhile."""
        again = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < again:
            time.sleep(NAP)

    def stop(self, *_signal: object) -> None:
        """Signal handler: finish the job at hand, then leave."""
        self.stopping = True
