"""What stands around every page: the menu on a phone, the colours, the search box."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_the_phone_menu_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/")
    summary = page.locator("[data-menu] summary")
    summary.focus()
    page.keyboard.press("Enter")
    link = page.locator("[data-menu] a").first
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("[data-menu] .menu-panel :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_first_tab_stop_leads_to_the_content(page: Page) -> None:
    page.goto("/bonnes-pratiques/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_colours_are_chosen_once_for_every_page(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = page.evaluate(BACKGROUND)
    with page.expect_response("**/apparence/"):
        page.locator(".appearance button[value=dark]").click()
    expect(page.locator(".appearance button[value=dark]")).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    page.goto("/charte/")
    assert page.evaluate(BACKGROUND) == dark
    page.locator(".appearance button[value=light]").click()
    assert page.evaluate(BACKGROUND) == light


def test_suggestions_are_followed_by_keyboard(page: Page) -> None:
    page.goto("/recherche/")
    box = page.locator("#q")
    box.press_sequentially("transm")
    options = page.locator("[role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile(r"-0$"))
    expect(box).to_be_focused()
    address = options.first.get_attribute("href")
    box.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_closes_the_suggestions_and_keeps_the_words(page: Page) -> None:
    page.goto("/recherche/")
    box = page.locator("#q")
    box.press_sequentially("transm")
    expect(page.locator("[role=option]").first).to_be_visible()
    box.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(0)
    expect(box).to_have_value("transm")
    expect(box).to_have_attribute("aria-expanded", "false")
