"""`manage.py check_templates`: every template compiles, every component is called as it declares."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import templatecheck


class Command(BaseCommand):
    """Fails with one line a problem."""

    help = "Compiles every template and checks the arguments given to components."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(templatecheck.problems())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(templatecheck.template_names())} templates")
