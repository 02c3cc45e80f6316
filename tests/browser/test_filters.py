"""The lists narrow as one ticks, by keyboard, and without JavaScript."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.live import LiveSite

LIST = "/bonnes-pratiques/"
# Every text that the announcer takes from now on.
LISTEN = """() => {
    window.announced = [];
    const announcer = document.getElementById("announcer");
    new MutationObserver(() => window.announced.push(announcer.textContent))
        .observe(announcer, {childList: true, characterData: true, subtree: true});
}"""


def test_a_filter_by_keyboard_keeps_the_focus_and_says_the_count_once(page: Page) -> None:
    page.goto(LIST)
    before = page.locator("#results-count").inner_text()
    page.evaluate(LISTEN)
    box = page.locator("#f-theme-transmission")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(f"**{LIST}?theme=transmission")
    expect(page.locator("#results-count")).not_to_have_text(before)
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.wait_for_timeout(500)
    assert page.evaluate("window.announced") == [page.locator("#results-count").text_content()]


def test_back_undoes_a_filter(page: Page) -> None:
    page.goto(LIST)
    before = page.locator("#results-count").inner_text()
    page.locator("#f-theme-transmission").check()
    page.wait_for_url("**?theme=transmission")
    page.go_back()
    expect(page.locator("#results-count")).to_have_text(before)
    expect(page.locator("#f-theme-transmission")).not_to_be_checked()


def test_filters_work_without_javascript(browser: Browser, site: LiveSite) -> None:
    with browser.new_context(base_url=site.origin, viewport=DESKTOP, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(LIST)
        before = page.locator("#results-count").inner_text()
        page.locator("#f-theme-transmission").check()
        page.locator("#filters button[type=submit]").click()
        page.wait_for_url("**theme=transmission**")
        expect(page.locator("#results-count")).not_to_have_text(before)
        expect(page.locator("#f-theme-transmission")).to_be_checked()
        page.locator(".chip").first.click()
        expect(page.locator("#results-count")).to_have_text(before)
