"""`manage.py demo_logins`: who can sign in to the demonstration, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from home.content.loading import Loading
from home.demo.accounts import demo_accounts, secret_of
from home.demo.members import PASSWORD
from home.models import LoadedRow
from members.models import Membership, User
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
        loading = Loading(settings.ROOT / "demo", LoadedRow.Origin.DEMO)
        users = {user.email: user for user in demo_accounts()}
        example = ""
        for source in loading.entries("accounts.yaml"):
            email = source.text("email").lower()
            if email not in users:
                continue
            role = Role(source.choice("role", Role)).group
            password, secret = source.text("password"), secret_of(users[email])
            yield f"  {role:<16} {email:<28} {password:<24} secret {secret}"
            example = example or email
        if example:
            yield HOW.format(email=example)
            yield ""
            yield from self.members(loading)

    def members(self, loading: Loading) -> Iterator[str]:
        """Members sign in with their password alone."""
        wanted = [source.text("email") for source in loading.entries("members.yaml") if source.flag("login")]
        places = {
            place.user_id: place
            for place in Membership.objects.current()
            .select_related("organisation")
            .filter(user__email__in=wanted)
        }
        for user in sorted(User.objects.filter(email__in=wanted), key=lambda user: wanted.index(user.email)):
            place = places.get(user.pk)
            what = f"{place.organisation}, {place.get_role_display().lower()}" if place else "sans entreprise"
            if place and not place.is_confirmed:
                what += ", à confirmer"
            yield f"  {'Membre':<16} {user.email:<28} {PASSWORD:<24} {what}"
