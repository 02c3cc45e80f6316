"""`manage.py demo_code <address>`: the six digits that an authenticator would show now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from home.demo.accounts import current_code, demo_accounts

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """For demonstration accounts only: nobody else's second factor is shown."""

    help = "Print the current code of a demonstration account."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        user = demo_accounts().filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError(f"{options['email']} is no demonstration account")
        self.stdout.write(current_code(user))
