"""Writing to the association: wrong, corrected, sent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]  # the fixture


def test_a_message_is_refused_then_corrected_then_sent(page: Page, axe: str) -> None:
    page.goto("/contact/")
    page.locator("#id_subject").select_option("practice")
    page.locator("#id_name").fill("Responsable des ressources humaines")
    page.locator("#id_email").fill("rh-entreprise.example")
    page.locator("main form button[type=submit]").click()
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    assert page.title().startswith("Erreur")
    assert violations(page, axe) == []
    expect(page.locator("#id_name")).to_have_value("Responsable des ressources humaines")
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_email")).to_be_focused()
    expect(page.locator("#id_email")).to_have_attribute("aria-invalid", "true")
    page.locator("#id_email").fill("rh@entreprise.example")
    page.locator("#id_message").fill("Nous avons formé quatorze binômes et nous aimerions le raconter.")
    # Four seconds are the least that a person takes to write.
    page.wait_for_timeout(4_500)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/contact/?envoye=*")
    expect(page.locator("#envoye")).to_contain_text("quatorze binômes")
    assert violations(page, axe) == []
