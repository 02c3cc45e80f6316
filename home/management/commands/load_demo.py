"""`manage.py load_demo`: the demonstration content, as the files of `demo/` say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home.demo.load import load

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

WITHOUT_ACCOUNTS = "accounts: none (their passwords are public; they are made in demonstrations only)"


class Command(BaseCommand):
    """Run it as often as one likes: unchanged files cost nothing, coming events move forward."""

    help = "Load, or bring up to date, the demonstration content. Does what setup_site does first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.ROOT / "demo", help="where the files are")
        parser.add_argument(
            "--queue", action="store_true", help="leave indexing to the task queue instead of doing it here"
        )

    def handle(self, **options: Any) -> None:
        call_command("setup_site", stdout=self.stdout)
        loading = load(
            options["folder"],
            self.stdout.write,
            accounts=settings.DEMO,
            inline=not options["queue"],
        )
        if not settings.DEMO:
            self.stdout.write(WITHOUT_ACCOUNTS)
        for note in loading.ledger.notes:
            self.stdout.write(note)
        errors = loading.ledger.errors
        if errors:
            raise CommandError("\n".join([*map(str, errors), f"{len(errors)} not loaded; the rest is."]))
