"""The queue of what waits, worked through with a keyboard, without scripts, and under axe."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.live import LiveSite
from tests.browser.test_accessibility import axe, violations
from tests.browser.test_admin import admin, session

__all__ = ["admin", "axe", "session"]

# They work one queue through: one after the other, whatever the number of workers.
pytestmark = pytest.mark.xdist_group("cases")

LIST = "/admin/cases/?kind=message"
WAITING = """
from django.utils import timezone
from members.cases.reconciling import reconcile
from members.models import Case, ContactRequest, Message, MessageReport, User
Case.objects.filter(kind="message").delete()
Message.objects.filter(request__subject="File d’attente").delete()
one, other = (User.objects.get(email=f"{name}@example.org") for name in ("member", "manager"))
talk, _new = ContactRequest.objects.get_or_create(
    subject="File d’attente", defaults={"sender": one, "recipient": other, "state": "closed"}
)
for number in range(4):
    message = Message.objects.create(request=talk, author=one, text="Achetez nos formations.")
    MessageReport.objects.create(message=message, reporter=other, reason=f"Publicité {number}")
reconcile()
"""


@pytest.fixture(autouse=True)
def four_wait(site: LiveSite) -> Iterator[None]:
    """One queue for all workers: a test has it to itself."""
    with (Path(tempfile.gettempdir()) / "atoutage-queue.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site.manage("shell", "-v0", "-c", WAITING)
        yield


@pytest.fixture
def plain(browser: Browser, site: LiveSite, session: Any) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(
        base_url=site.origin, storage_state=session, java_script_enabled=False, locale="fr-FR"
    )
    yield context.new_page()
    context.close()


def open_first(page: Page) -> None:
    page.goto(LIST)
    page.locator(".queue__what a").first.click()
    expect(title(page)).to_have_text("Publicité 0")
    page.wait_for_load_state("networkidle")  # the script that hears the keys


def title(page: Page) -> Any:
    return page.locator(".case__title")


def test_one_key_decides_and_the_next_opens(admin: Page) -> None:
    open_first(admin)
    admin.keyboard.press("n")
    expect(title(admin)).to_have_text("Publicité 1")
    expect(admin.locator(".case__decided")).to_contain_text("Publicité 0")
    expect(admin.locator(".case__decided .undoable__left")).to_be_visible()
    admin.keyboard.press("j")
    expect(title(admin)).to_have_text("Publicité 2")
    admin.keyboard.press("k")
    expect(title(admin)).to_have_text("Publicité 1")


def test_a_decision_that_hurts_shows_its_reason_first_and_goes_with_the_second_press(admin: Page) -> None:
    open_first(admin)
    admin.keyboard.press("r")
    expect(admin.locator("#reason")).not_to_have_value("")
    expect(title(admin)).to_have_text("Publicité 0")
    admin.keyboard.press("r")
    expect(title(admin)).to_have_text("Publicité 1")


def test_letters_that_are_typed_decide_nothing(admin: Page) -> None:
    open_first(admin)
    admin.locator("#reason").fill("")
    admin.locator("#reason").press_sequentially("nrj")
    expect(admin.locator("#reason")).to_have_value("nrj")
    expect(title(admin)).to_have_text("Publicité 0")


def test_keys_can_be_switched_off_for_good(admin: Page) -> None:
    open_first(admin)
    admin.locator("[data-keys-on]").uncheck()
    admin.reload()
    expect(admin.locator("[data-keys-on]")).not_to_be_checked()
    admin.locator("body").press("n")
    admin.locator("body").press("j")
    expect(title(admin)).to_have_text("Publicité 0")


def test_leaving_the_page_leaves_the_case_to_others(admin: Page, site: LiveSite) -> None:
    open_first(admin)
    admin.goto("/admin/")
    admin.wait_for_load_state("networkidle")
    admin.goto(LIST)
    expect(admin.locator(".queue__row--mine")).to_have_count(0)


def test_everything_works_without_scripts(plain: Page) -> None:
    plain.goto(LIST)
    plain.locator(".queue__what a").first.click()
    remove = plain.locator("button[name=choice][value=removed]")
    remove.click()
    expect(plain.locator("#decide-error")).to_be_visible()
    expect(plain.locator("#reason")).not_to_have_value("")
    remove.click()
    expect(title(plain)).to_have_text("Publicité 1")
    plain.locator(".case__decided button").first.click()
    expect(title(plain)).to_have_text("Publicité 0")
    expect(plain.locator("#reason")).not_to_have_value("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_list_and_an_item_break_no_rule_of_accessibility(
    size: ViewportSize, scheme: Literal["light", "dark"], admin: Page, axe: str
) -> None:
    admin.set_viewport_size(size)
    admin.emulate_media(color_scheme=scheme)
    open_first(admin)
    admin.locator("summary").first.click()
    admin.locator("button[value=removed]").click()
    assert violations(admin, axe) == []
    admin.locator("button[value=removed]").click()
    expect(title(admin)).to_have_text("Publicité 1")
    assert violations(admin, axe) == []
    admin.goto("/admin/cases/")  # unfiltered: the badge of Wagtail’s own filter button breaks one
    assert violations(admin, axe) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert admin.evaluate(wide) == 0
