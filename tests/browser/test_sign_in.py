"""Staff come in with a password and a second factor, never with one alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.live import VAR, LiveSite

EMAIL, PASSWORD = "moderator@example.org", "une-carte-bien-jouee"


@pytest.fixture
def _no_code_was_used_yet(site: LiveSite) -> None:
    """A code works once: a run right after another would be refused."""
    with closing(sqlite3.connect(VAR / "db.sqlite3", timeout=10)) as database:
        database.execute("DELETE FROM cache")
        database.commit()


@pytest.mark.usefixtures("_no_code_was_used_yet")
def test_staff_sign_in_with_a_second_factor_and_reach_the_dashboard(page: Page, site: LiveSite) -> None:
    page.goto("/admin/")
    page.wait_for_url("**/compte/login/?next=/admin/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/compte/2fa/authenticate/**")
    page.locator("input[name=code]").fill(site.manage("demo_code", EMAIL))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("**/admin/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-wagtail-sidebar], #wagtail-sidebar")).to_be_attached()
