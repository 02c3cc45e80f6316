"""The mail of the demonstration: what was sent is found, read as its reader would, and followed."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]  # the fixture

FOLDER = "/demo/courriels/"
NAME = "Responsable des ressources humaines"


@pytest.fixture
def mail(page: Page) -> Page:
    """The page of a mail that a visitor caused: now, unless one did before (five an hour are taken)."""
    theirs = page.locator(".demo-mail h3 a", has_text=NAME)
    page.goto(FOLDER)
    if not theirs.count():
        write_to_the_association(page)
        page.goto(FOLDER)
    theirs.first.click()
    return page


def write_to_the_association(page: Page) -> None:
    page.goto("/contact/")
    page.locator("#id_subject").select_option("practice")
    page.locator("#id_name").fill(NAME)
    page.locator("#id_email").fill("rh@entreprise.example")
    page.locator("#id_message").fill("Nous avons formé quatorze binômes.")
    page.wait_for_timeout(4_500)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/contact/?envoye=*")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_mail_breaks_no_rule_of_accessibility(
    mail: Page, axe: str, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    mail.set_viewport_size(size)
    mail.emulate_media(color_scheme=scheme)
    mail.locator(".demo-headers summary").click()
    assert violations(mail, axe) == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert mail.evaluate(overflow) == 0
    # The frame runs no script, not even that of axe: its page is looked at by itself.
    alone = mail.context.new_page()
    alone.set_viewport_size(size)
    alone.emulate_media(color_scheme=scheme)
    alone.set_content(mail.request.get(str(mail.locator("iframe").get_attribute("src"))).text())
    # The landmarks around a letter are those of the mail program.
    found = [line for line in violations(alone, axe) if not line.startswith("region")]
    assert (found, alone.evaluate(overflow)) == ([], 0)


def test_a_mail_is_read_beside_its_text_and_its_links_leave_the_frame(mail: Page) -> None:
    framed = mail.frame_locator("iframe")
    expect(framed.locator(".card")).to_contain_text("quatorze binômes")
    expect(mail.locator(".demo-text")).to_contain_text("quatorze binômes")
    link = framed.locator(".band a")
    # The public address is not the port that this site was given.
    public = str(link.get_attribute("href"))
    mail.context.route(public, lambda route: route.fulfill(content_type="text/html", body="<h1>Ici</h1>"))
    link.click()
    expect(mail).to_have_url(public)
    expect(mail.locator("h1")).to_have_text("Ici")


def test_mails_are_narrowed_to_a_recipient(mail: Page, axe: str) -> None:
    mail.goto(FOLDER)
    mail.locator("#recipient").fill("personne@")
    mail.locator("#recipient").press("Enter")
    mail.wait_for_url("**/?a=personne%40")
    expect(mail.locator(".demo-mail")).to_have_count(0)
    assert violations(mail, axe) == []
