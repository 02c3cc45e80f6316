"""Talking under a practice: without a page load, by keyboard, on the narrowest phone, under axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]

EMAIL, PASSWORD = "tutorat@example.org", "une-carte-bien-jouee"
PRACTICE = "/bonnes-pratiques/carte-des-ages-par-atelier/"
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def signed_in(page: Page) -> Page:
    """A member whom the team has read before, under a practice."""
    page.goto(f"/compte/login/?next={PRACTICE}")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{PRACTICE}")
    page.wait_for_function(
        "window.htmx !== undefined && document.querySelector('meta[name=htmx-config]') !== null"
    )
    return page


def test_words_are_sent_answered_and_deleted_by_keyboard(signed_in: Page, axe: str) -> None:
    signed_in.locator("#id_text").fill("Combien de temps pour les neuf fiches ?")
    signed_in.locator("#id_text").press("Tab")
    signed_in.keyboard.press("Enter")
    comment = signed_in.locator(".comment", has_text="Combien de temps pour les neuf fiches ?")
    expect(comment).to_be_focused()
    expect(signed_in.locator("body > [role=status]")).not_to_be_empty()
    comment.locator(".comment-answer").focus()
    signed_in.keyboard.press("Enter")
    answer = signed_in.locator("#answer_text")
    expect(answer).to_be_focused()
    answer.press("Tab")
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#errors")).to_be_focused()
    signed_in.locator("#answer_text").fill("Cinq mois, nous l’avons lu plus haut.")
    signed_in.locator(".echanges-answer-form .button-main").press("Enter")
    expect(signed_in.locator(".echanges-answers .comment").last).to_be_focused()
    for size in (NARROW, DESKTOP):
        signed_in.set_viewport_size(size)
        assert (violations(signed_in, axe), signed_in.evaluate(WIDTH)) == ([], 0)
    for _each in range(2):
        signed_in.locator("a[href$='/supprimer/']").last.click()
        signed_in.locator(".button-danger").click()
        signed_in.wait_for_url(f"**{PRACTICE}#echanges")
    expect(signed_in.locator(".comment")).to_have_count(0)


def test_a_form_that_is_closed_leaves_one_where_one_was(signed_in: Page) -> None:
    signed_in.goto("/bonnes-pratiques/tournees-qui-s-echangent/")
    link = signed_in.locator(".comment-answer").first
    link.click()
    signed_in.locator("[data-close]").click()
    expect(link).to_be_focused()
    expect(signed_in.locator("#answer_text")).to_have_count(0)


def test_what_was_useful_is_said_and_taken_back_without_losing_ones_place(signed_in: Page) -> None:
    button = signed_in.locator("#utile")
    button.focus()
    for pressed in ("true", "false"):
        signed_in.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button).to_be_focused()
