"""`manage.py remove_demo`: leave what `setup_site` made and what people added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from common.gathering import gathered
from home.content.ledger import Ledger
from home.demo.removal import remove
from home.models import LoadedRow

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Accounts go in any case. Rows edited since they were loaded stay, and are named."""

    help = "Remove the demonstration: content, files and accounts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edited-too", action="store_true", help="also remove what people edited since")

    def handle(self, **options: Any) -> None:
        with gathered() as work:
            ledger = Ledger(LoadedRow.Origin.DEMO)
            remove(ledger, ledger.unseen(), edited_too=options["edited_too"])
            work.run()
        for kind, counts in ledger.outcomes.items():
            self.stdout.write(f"{kind}: " + ", ".join(f"{n} {outcome}" for outcome, n in counts.items()))
        for note in ledger.notes:
            self.stdout.write(note)
        call_command("setup_site", stdout=self.stdout)
