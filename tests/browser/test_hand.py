"""A hand of cards: in the browser, then in the space; by keyboard, on a phone, in two tabs, without storage."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.live import LiveSite
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]

LIST, HAND = "/bonnes-pratiques/", "/ma-main/"
SMALL: ViewportSize = {"width": 320, "height": 640}
EMAIL, PASSWORD = "newcomer@example.org", "une-carte-bien-jouee"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def keep(page: Page, number: int) -> list[str]:
    """Keep the first cards of the list; their keys."""
    page.goto(LIST)
    buttons = page.locator("button.card-keep")
    expect(buttons.first).to_have_attribute("aria-pressed", "false")
    for place in range(number):
        buttons.nth(place).focus()
        page.keyboard.press("Enter")
        expect(buttons.nth(place)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-hand-count]")).to_have_text(str(number))
    return [str(buttons.nth(place).get_attribute("data-keep")) for place in range(number)]


def order(page: Page) -> list[str]:
    return [str(row.get_attribute("data-card")) for row in page.locator(".hand-card").all()]


@pytest.mark.parametrize("size", [SMALL, PHONE, DESKTOP], ids=["small", "phone", "desktop"])
def test_pages_of_a_hand_break_no_rule_and_fit_the_screen(page: Page, size: ViewportSize, axe: str) -> None:
    page.set_viewport_size(size)
    keys = keep(page, 2)
    for path in (LIST, HAND, f"{HAND}dossier/?c={'.'.join(keys)}", f"/mains/?c={'.'.join(keys)}"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert (path, violations(page, axe), page.evaluate(TOO_WIDE)) == (path, [], 0)


def test_cards_are_ordered_annotated_and_taken_back_by_keyboard(page: Page) -> None:
    first, second = keep(page, 2)
    page.goto(HAND)
    page.locator(f"#note-{first}").fill("À montrer")
    page.locator(f"#descendre-{first}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hand-card").nth(1)).to_have_attribute("data-card", first)
    expect(page.locator(f"#descendre-{first}")).to_be_focused()
    expect(page.locator(f"#note-{first}")).to_have_value("À montrer")
    page.locator(f"#carte-{first} [data-verb=remettre]").click()
    expect(page.locator(".hand-card")).to_have_count(1)
    expect(page.locator("[data-undo] button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".hand-card")).to_have_count(2)
    assert order(page) == [second, first]
    expect(page.locator(f"#note-{first}")).to_have_value("À montrer")


def test_two_tabs_show_the_same_hand(page: Page, context: BrowserContext) -> None:
    keep(page, 1)
    other = context.new_page()
    other.goto(HAND)
    expect(other.locator(".hand-card")).to_have_count(1)
    page.locator("button.card-keep").nth(1).click()
    expect(other.locator(".hand-card")).to_have_count(2)
    expect(other.locator("[data-hand-count]")).to_have_text("2")


def test_where_storage_is_refused_the_hand_lasts_as_long_as_the_page(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    keep(page, 2)
    page.goto(HAND)
    expect(page.locator("[data-empty]")).to_be_visible()


def test_a_hand_goes_from_the_browser_to_the_space(page: Page) -> None:
    keys = keep(page, 2)
    page.goto(f"/compte/login/?next={HAND}")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.locator("[data-take]").click()
    expect(page.locator(".hand-card")).not_to_have_count(0)
    assert set(keys) <= set(order(page))
    assert page.evaluate("localStorage.getItem('atoutage.hand')") is None
    page.locator(f"#note-{keys[0]}").fill("Dans mon espace")
    expect(page.locator(f"#said-{keys[0]}")).not_to_be_empty()
    page.reload()
    expect(page.locator(f"#note-{keys[0]}")).to_have_value("Dans mon espace")
    for key in keys:
        page.locator(f"#carte-{key} button[value=remettre]").click()
        expect(page.locator(f"#carte-{key}")).to_have_count(0)


def test_without_javascript_a_card_leads_to_a_page_that_keeps_it(browser: Browser, site: LiveSite) -> None:
    with browser.new_context(base_url=site.origin, viewport=DESKTOP, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(LIST)
        page.locator("a.card-keep").first.click()
        page.locator("main form button").click()
        page.wait_for_url("**/compte/login/?next=*")
