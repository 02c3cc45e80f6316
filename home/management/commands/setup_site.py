"""`manage.py setup_site`: a site ready to be written in, without any demonstration content."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.gathering import gathered
from home.content.reading import ContentError
from home.installation.reference import seed_reference_data
from home.installation.tree import build


class Command(BaseCommand):
    """Safe to run at each deployment: what is there already is left alone."""

    help = "Write languages, communes, themes, groups, the charter's text, and the pages every site has."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        begun = time.monotonic()
        try:
            with gathered() as work:
                seed_reference_data()
                loading = build()
                work.run()
        except ContentError as error:
            raise CommandError(str(error)) from error
        for note in loading.ledger.notes:
            self.stdout.write(note)
        outcomes = loading.ledger.outcomes["pages"]
        pages = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
        self.stdout.write(f"site ready: pages {pages} ({time.monotonic() - begun:.1f} s)")
