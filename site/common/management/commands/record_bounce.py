"""`manage.py record_bounce < report`: remember that an address refused our mail."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from common.delivery_reports import LONGEST, record_report


class Command(BaseCommand):
    """For a mail server's pipe: whatever arrives is taken, or asked for again later (EX_TEMPFAIL)."""

    help = "Reads a delivery status report (RFC 3464) from standard input."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        source = sys.stdin.buffer.read(LONGEST)
        try:
            recorded = record_report(source)
        except DatabaseError as error:
            self.stderr.write(f"The database does not answer: {error}")
            sys.exit(os.EX_TEMPFAIL)
        for bounce in recorded:
            self.stdout.write(f"{bounce.address}: {bounce.kind}, {bounce.count}")
        if not recorded:
            self.stdout.write("Nothing recorded: no failure of a message that left from here.")
