"""Joining with the keyboard alone, reading the code from the mail that the demonstration keeps."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.live import VAR
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]

PASSWORD = "Une carte bien jouée, 14 fois"
A_MINUTE = 60
MOST_TABS = 40


@pytest.fixture
def email() -> str:
    return f"nadia-{time.time_ns()}@entreprise.example"


@pytest.fixture(autouse=True)
def _nobody_tried_yet() -> None:
    """Runs one right after another come from the same network."""
    with closing(sqlite3.connect(VAR / "db.sqlite3", timeout=10)) as database:
        database.execute("DELETE FROM cache")
        database.commit()


def code_sent(email: str) -> str:
    """The code of the latest mail to an address."""
    with closing(sqlite3.connect(VAR / "db.sqlite3", timeout=10)) as database:
        rows = database.execute("SELECT source FROM common_outboxmessage ORDER BY id DESC").fetchall()
    for (source,) in rows:
        mail = message_from_bytes(source, policy=policy.default)
        body = mail.get_body(("plain",))
        if email in str(mail["To"]) and body is not None:
            found = re.search(r"\b\d{4}-\d{4}\b", body.get_content())
            assert found is not None
            return found[0]
    raise AssertionError(f"no mail to {email}")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _press in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def sign_up(page: Page, email: str) -> None:
    """From the home page of accounts to the space, without a mouse."""
    page.goto("/compte/signup/")
    tab_to(page, "[name=first_name]")
    for word in ("Nadia", "Lefebvre", email, PASSWORD):
        page.keyboard.type(word, delay=25)
        page.keyboard.press("Tab")
    tab_to(page, "[name=terms]")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if "gesture" in page.url:
        tab_to(page, "main button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_focused()
    page.keyboard.type(code_sent(email))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_one_joins_in_less_than_a_minute_with_the_keyboard_alone(page: Page, email: str) -> None:
    begun = time.monotonic()
    sign_up(page, email)
    assert (page.url.endswith("/espace/"), time.monotonic() - begun < A_MINUTE) == (True, True)


def test_a_password_can_be_shown_and_is_hidden_when_it_leaves(page: Page) -> None:
    page.goto("/compte/login/")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Masquer").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "password")


def test_a_passkey_is_added_and_opens_the_account(page: Page, context: BrowserContext, email: str) -> None:
    sign_up(page, email)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/compte/2fa/webauthn/add/")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/compte/2fa/recovery-codes/")
    page.goto("/compte/logout/")
    with page.expect_navigation():
        page.locator("main form button").click()
    page.goto("/compte/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/espace/")


@pytest.mark.parametrize("path", ["email/", "password/change/", "2fa/", "sessions/", "logout/"])
def test_the_pages_of_an_account_break_no_rule_of_accessibility(
    page: Page,
    email: str,
    axe: str,
    path: str,
) -> None:
    sign_up(page, email)
    page.goto(f"/compte/{path}")
    assert violations(page, axe) == []
