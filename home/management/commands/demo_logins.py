"""`manage.py demo_logins`: who can sign in to the demonstration, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from home.content.loading import Loading
from home.demo.accounts import demo_accounts, secret_of
from home.models import LoadedRow
from members.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

HOW = """\
  Le code à six chiffres se lit dans une application d’authentification (saisir le secret ci-dessus),
  ou s’affiche avec : .venv/bin/python manage.py demo_code {email}"""


class Command(BaseCommand):
    """Prints nothing when there are no demonstration accounts."""

    help = "Print the demonstration accounts with their passwords and second-factor secrets."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        with override(settings.LANGUAGE_CODE):
            lines = list(self.lines())
        if lines:
            self.stdout.write("\n".join(lines))

    def lines(self) -> Iterator[str]:
        """One line an account, then how to get a code."""
        users = {user.email: user for user in demo_accounts()}
        example = ""
        for source in Loading(settings.ROOT / "demo", LoadedRow.Origin.DEMO).entries("accounts.yaml"):
            email = source.text("email").lower()
            if email not in users:
                continue
            role = Role(source.choice("role", Role)).group
            password, secret = source.text("password"), secret_of(users[email])
            yield f"  {role:<16} {email:<28} {password:<24} secret {secret}"
            example = example or email
        if example:
            yield HOW.format(email=example)
