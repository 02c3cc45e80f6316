"""Accounts of the demonstration: their passwords are public, so nothing else may make them."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.core.management import CommandError, call_command

from home.demo.accounts import current_code, secret_of
from members.models import User
from tests.home.commands import load

if TYPE_CHECKING:
    from pathlib import Path


def said(name: str, *arguments: str) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output)
    return output.getvalue()


def test_an_account_has_a_role_a_verified_address_and_a_second_factor(demo: Path) -> None:
    user = User.objects.get()
    assert user.check_password("un mot de passe public")
    assert [group.name for group in user.groups.all()] == ["Rédaction"]
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
    assert validate_totp_code(secret_of(user), current_code(user))


def test_accounts_go_where_there_is_no_demonstration(demo: Path, settings: Any) -> None:
    settings.DEMO = False
    assert "accounts: none" in load(demo)
    assert User.objects.count() == 0


def test_a_second_factor_that_cannot_be_read_any_more_is_drawn_again(demo: Path, settings: Any) -> None:
    user = User.objects.get()
    former = secret_of(user)
    settings.SECRET_KEY = "another"
    load(demo)
    assert secret_of(user) != former
    assert validate_totp_code(secret_of(user), current_code(user))


def test_the_code_of_the_moment_can_be_printed(demo: Path) -> None:
    code = said("demo_code", "Editor@example.org").strip()
    assert validate_totp_code(secret_of(User.objects.get()), code)


def test_nobody_else_s_code_is_printed(demo: Path) -> None:
    User.objects.create_user("somebody@example.org")
    with pytest.raises(CommandError, match="no demonstration account"):
        said("demo_code", "somebody@example.org")


def test_logins_are_printed_with_their_secrets(demo: Path) -> None:
    secret = secret_of(User.objects.get())
    first = said("demo_logins").splitlines()[0].split()
    assert (first[0], first[1], first[-1]) == ("Rédaction", "editor@example.org", secret)
