"""`manage.py rebuild_search`: index everything anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    """After loading data past the signals, changing the analysis, or changing backend."""

    help = "Index everything anew, and forget what is no longer there."

    def handle(self, **_options: Any) -> None:
        for kind, number in sorted(rebuild().items()):
            self.stdout.write(f"{kind}: {number}")
