"""The letters behind allauth's mails."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.test import Client

from members.joining.emails import LETTERS, Cause
from members.joining.passwords import StrengthValidator
from tests.factories.site import Tree
from tests.members.joining.steps import EMAIL, PASSWORD, letters, log_in, member, sign_up, text_of

TEMPLATES = Path(allauth.__file__).parent / "templates"
# Mails that no journey of ours sends: sign-in by code and verification by link are off.
NEVER_SENT = {
    "account/email/base_message",
    "account/email/email_confirm",
    "account/email/login_code",
    "account/email/password_reset_key",
}
DATA = {
    "code": "1234-5678",
    "to_email": "nouvelle@entreprise.example",
    "deleted_email": "ancienne@entreprise.example",
    "provider": "Connexion",
}


def test_every_mail_that_allauth_may_send_has_a_letter() -> None:
    known = {
        path.relative_to(TEMPLATES).as_posix().removesuffix("_subject.txt")
        for path in TEMPLATES.glob("*/email/*_subject.txt")
    }
    assert sorted(known - set(LETTERS) - NEVER_SENT) == []


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_letter_is_whole(name: str) -> None:
    letter = LETTERS[name](Cause(EMAIL, None, DATA))
    said = [letter.subject, letter.reason, *letter.paragraphs, *letter.closing]
    assert [sentence for sentence in said if not sentence.strip() or "%(" in sentence] == []
    assert (letter.unsubscribe, letter.code in ("", "1234-5678")) == ("", True)


def test_a_code_stands_in_the_letter_and_not_in_its_subject(client: Client, tree: Tree) -> None:
    sign_up(client)
    [mail] = letters()
    assert (re.search(r"\d{4}", str(mail["Subject"])), len(re.findall(r"\d{4}-\d{4}", text_of(mail)))) == (
        None,
        1,
    )


def test_a_letter_is_in_the_language_of_the_account_not_of_the_page(client: Client, tree: Tree) -> None:
    member(language="nl")
    client.post("/en/compte/password/reset/", {"email": EMAIL})
    [mail] = letters()
    assert (mail["Content-Language"], "/nl/compte/password/reset/key/" in text_of(mail)) == ("nl", True)


def test_a_notice_says_when_and_from_where_and_how_to_take_the_account_back(
    client: Client, tree: Tree
) -> None:
    member()
    log_in(client)
    client.post(
        "/compte/password/change/",
        {"oldpassword": PASSWORD, "password1": "Encore une carte, la 15e !"},
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"},
    )
    [mail] = letters()
    text = text_of(mail)
    assert ("Firefox, Windows" in text, "/compte/password/reset/" in text, "127.0.0.1" in text) == (
        True,
        True,
        False,
    )


def test_the_old_address_is_told_whom_to_write_to() -> None:
    letter = LETTERS["account/email/email_changed"](Cause(EMAIL, None, DATA))
    assert (letter.action, "contact@" in letter.closing[0]) == (None, True)


def test_an_address_cannot_carry_a_second_header(client: Client, tree: Tree) -> None:
    response = sign_up(client, email="a@b.example\r\nBcc: all@c.example")
    assert (list(response.context["form"].errors), letters()) == (["email"], [])


def test_the_rule_of_passwords_has_a_sentence() -> None:
    assert len(StrengthValidator().get_help_text()) > 80
