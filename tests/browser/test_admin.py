"""The staff's own screens under axe, light and dark, on a phone and on a large screen."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.live import VAR, LiveSite
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]

EMAIL, PASSWORD = "administrator@example.org", "une-carte-bien-jouee"
LISTS = {
    "dashboard": "/admin/",
    "organisations": "/admin/organisations/",
    "new organisation": "/admin/organisations/new/",
    "people": "/admin/people/",
    "new person": "/admin/people/new/",
    "timeline": "/admin/steps/",
    "requests to join": "/admin/join-requests/",
    "accounts": "/admin/accounts/",
    "duplicates": "/admin/duplicates/",
    "reported messages": "/admin/reported-messages/",
    "team": "/admin/users/",
    "invitation to the team": "/admin/users/new/",
}
# One row of a list, and which of its screens.
ROWS = {
    "organisation": ("organisations", "inspect"),
    "form of an organisation": ("organisations", "edit"),
    "account": ("accounts", "inspect"),
    "request to join": ("requests to join", "inspect"),
}


@pytest.fixture(scope="session")
def session(browser: Browser, site: LiveSite) -> Any:
    """What a browser keeps once an administrator has come in with both steps."""
    with closing(sqlite3.connect(VAR / "db.sqlite3", timeout=10)) as database:
        database.execute("DELETE FROM cache")  # a code works once, and a run may follow another
        database.commit()
    context = browser.new_context(base_url=site.origin, locale="fr-FR")
    page = context.new_page()
    page.goto("/admin/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/compte/2fa/authenticate/**")
    for attempt in range(3):  # another worker may have used the code of this half-minute
        page.locator("input[name=code]").fill(site.manage("demo_code", EMAIL))
        page.locator("input[name=code]").press("Enter")
        try:
            page.wait_for_url("**/admin/", timeout=12_000)
            break
        except TooLate:
            assert attempt < 2, page.locator("main").inner_text()
            page.wait_for_timeout(20_000)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def admin(browser: Browser, site: LiveSite, session: Any) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=site.origin, storage_state=session, reduced_motion="reduce", locale="fr-FR"
    )
    yield context.new_page()
    context.close()


def path_of(page: Page, name: str) -> str:
    """The address of a screen; of a row, the first that its list leads to."""
    if name in LISTS:
        return LISTS[name]
    listing, screen = ROWS[name]
    page.goto(LISTS[listing])
    found = re.search(rf'href="{LISTS[listing]}inspect/(\d+)/"', page.content())
    assert found is not None, f"{listing} leads to no row"
    return f"{LISTS[listing]}{screen}/{found[1]}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", [*LISTS, *ROWS])
def test_a_screen_of_the_team_breaks_no_rule_of_accessibility(
    name: str, size: ViewportSize, scheme: Literal["light", "dark"], admin: Page, axe: str
) -> None:
    admin.set_viewport_size(size)
    admin.emulate_media(color_scheme=scheme)
    answer = admin.goto(path_of(admin, name))
    assert (answer.status if answer else 0, admin.url.partition("/admin/")[1]) == (200, "/admin/")
    assert violations(admin, axe) == []
