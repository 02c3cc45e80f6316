"""The map of signatories is one tab stop; arrow keys walk on it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

FOCUSED = "document.activeElement?.getAttribute('aria-label') ?? ''"


def test_the_map_is_one_tab_stop_that_arrow_keys_walk_on(page: Page) -> None:
    page.goto("/charte/signataires/")
    cells = page.locator("[data-map] a.cell")
    assert cells.count() > 1
    assert page.locator("[data-map] a.cell[tabindex='0']").count() == 1
    first = page.locator("[data-map] a.cell[tabindex='0']")
    first.focus()
    begun = page.evaluate(FOCUSED)
    visited = []
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        visited.append(page.evaluate(FOCUSED))
    assert set(visited) - {begun, ""} != set()
    assert page.locator("[data-map] a.cell[tabindex='0']").count() == 1
    expect(page.locator("[data-map-label]")).to_have_text(visited[-1])
    page.keyboard.press("Tab")
    assert page.locator("[data-map] a.cell:focus").count() == 0


def test_a_commune_of_the_map_narrows_the_list(page: Page) -> None:
    page.goto("/charte/signataires/")
    page.locator("[data-map] a.cell").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?commune=*")
    expect(page.locator(".chip").first).to_be_visible()
