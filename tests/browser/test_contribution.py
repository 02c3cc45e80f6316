"""Telling a practice on a phone while the network comes and goes; no word is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import axe, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["axe"]

# They tell with one account: one after the other, whatever the number of workers.
pytestmark = pytest.mark.xdist_group("contributions")

EMAIL, PASSWORD = "manager@example.org", "une-carte-bien-jouee"
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STEPS = ("probleme", "actions", "resultats", "vigilance", "reproduire", "fiche", "fichiers", "verifier")
PATIENCE = 20_000
SAVED = re.compile(r"\d+\s?(?:h|:)\s?\d+")
# The browser says so each time that it cannot reach us: it is what these tests are about.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "401", "409")


@pytest.fixture
def telling(page: Page, errors: list[str]) -> Iterator[Page]:
    """A draft that was just begun, on a phone."""
    page.set_viewport_size(PHONE)
    page.goto("/compte/login/?next=/espace/partager/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/espace/partager/")
    page.locator("form[action*=practice] button").click()
    page.wait_for_url("**/probleme/")
    yield page
    page.context.set_offline(False)
    discard(page)
    errors[:] = [error for error in errors if not any(one in error for one in EXPECTED)]


def discard(page: Page) -> None:
    """Leave the demonstration as it was."""
    public_id = page.url.split("/partager/")[1].split("/")[0]
    page.goto(f"/espace/partager/{public_id}/abandonner/")
    page.locator("main .button-danger").click()
    page.wait_for_url("**/espace/partager/**")
    page.wait_for_load_state("networkidle")


def words(page: Page, selector: str, text: str) -> None:
    """Type, as one does: the script hears each letter."""
    page.locator(selector).fill("")
    page.locator(selector).press_sequentially(text, delay=2)


def test_words_typed_without_a_network_are_kept_and_leave_when_it_is_back(
    telling: Page, context: BrowserContext
) -> None:
    status = telling.locator("[data-status]")
    context.set_offline(True)
    words(telling, "#id_context_text", "Cinq départs en deux ans.")
    expect(status).not_to_have_text(SAVED)
    telling.locator("button[value=next]").click()
    expect(telling).to_have_url(re.compile("/probleme/$"))
    context.set_offline(False)
    expect(status).to_have_text(SAVED, timeout=PATIENCE)
    telling.reload()
    expect(telling.locator("#id_context_text")).to_have_value("Cinq départs en deux ans.")


def test_a_page_closed_without_a_network_finds_its_words_again(
    telling: Page, context: BrowserContext
) -> None:
    address = telling.url
    context.set_offline(True)
    words(telling, "#id_title", "Des binômes")
    telling.goto("about:blank")
    context.set_offline(False)
    telling.goto(address)
    expect(telling.locator("#id_title")).to_have_value("Des binômes")
    expect(telling.locator("[data-status]")).to_have_text(SAVED, timeout=PATIENCE)


def test_two_windows_show_both_texts_and_let_her_choose(telling: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(telling.url)
    words(telling, "#id_title", "Le titre du téléphone")
    expect(telling.locator("[data-status]")).to_have_text(SAVED, timeout=PATIENCE)
    words(other, "#id_title", "Le titre du bureau")
    other.locator("[data-status] a").click()
    other.locator("input[value=theirs]").check()
    other.locator("button[value=next]").click()
    other.wait_for_url("**/actions/")
    telling.reload()
    expect(telling.locator("#id_title")).to_have_value("Le titre du téléphone")
    other.close()


def test_signed_out_while_typing_one_signs_in_again_and_nothing_is_lost(
    telling: Page, context: BrowserContext
) -> None:
    context.clear_cookies(name="session")
    words(telling, "#id_title", "Écrit trop tard")
    telling.locator("[data-status] a").click()
    telling.locator("input[name=login]").fill(EMAIL)
    telling.locator("input[name=password]").fill(PASSWORD)
    telling.locator("input[name=password]").press("Enter")
    telling.wait_for_url("**/probleme/")
    expect(telling.locator("#id_title")).to_have_value("Écrit trop tard")
    expect(telling.locator("[data-status]")).to_have_text(SAVED, timeout=PATIENCE)


def test_each_step_breaks_no_rule_and_fits_the_screen(telling: Page, axe: str) -> None:
    root = telling.url.removesuffix("probleme/")
    for size in (PHONE, DESKTOP):
        telling.set_viewport_size(size)
        for step in STEPS:
            telling.goto(f"{root}{step}/")
            assert (step, violations(telling, axe)) == (step, [])
            assert (step, telling.evaluate(WIDTH)) == (step, 0)
