"""One's own space, signed in: by keyboard, without a page load, on a phone, under axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]

EMAIL, PASSWORD = "member@example.org", "une-carte-bien-jouee"
PAGES = ("/espace/", "/espace/suivis/", "/espace/notifications/", "/espace/reglages/")
THEME = "engagement"


@pytest.fixture
def signed_in(page: Page) -> Page:
    """A member of the demonstration, in her space."""
    page.goto("/compte/login/?next=/espace/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/espace/")
    return page


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_of_the_space_break_no_rule_and_fit_the_screen(
    size: ViewportSize, signed_in: Page, axe: str
) -> None:
    signed_in.set_viewport_size(size)
    for path in PAGES:
        signed_in.goto(path)
        assert violations(signed_in, axe) == []
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert (path, signed_in.evaluate(width)) == (path, 0)


def test_a_theme_is_followed_and_left_by_keyboard_without_losing_ones_place(signed_in: Page) -> None:
    signed_in.goto("/espace/suivis/")
    theme = signed_in.locator(f"#theme-{THEME}")
    before = theme.get_attribute("aria-pressed")
    other = "false" if before == "true" else "true"
    theme.focus()
    for expected in (other, before):
        signed_in.keyboard.press("Enter")
        expect(theme).to_have_attribute("aria-pressed", str(expected))
        expect(theme).to_be_focused()


def test_a_theme_is_followed_from_its_list_where_one_is(signed_in: Page) -> None:
    signed_in.goto(f"/bonnes-pratiques/?theme={THEME}")
    button = signed_in.locator("#follow-theme")
    for verb in ("stop", "follow"):
        button.click()
        expect(button).to_have_attribute("value", f"{verb}:theme:{THEME}")
    assert signed_in.url.endswith(f"/bonnes-pratiques/?theme={THEME}")
