"""Every kind of page under axe, light and dark, on a phone and on a large screen."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.addresses import NOT_FOUND, PATHS, path_of
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.live import ROOT, LiveSite

AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4"]
RUN = "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"


@pytest.fixture(scope="session")
def axe() -> str:
    assert AXE.exists(), "first: npm ci, in tests/browser"
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds, one line an element: the rule, where, and why."""
    # By the debugger, which the content security policy does not stop.
    page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", PATHS)
def test_a_page_breaks_no_rule_of_accessibility(
    name: str,
    size: ViewportSize,
    scheme: Literal["light", "dark"],
    page: Page,
    site: LiveSite,
    axe: str,
    errors: list[str],
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(path_of(site, name))
    assert violations(page, axe) == []
    if name in NOT_FOUND:
        errors.clear()


def test_axe_sees_a_picture_without_alternative_and_faint_text(page: Page, axe: str) -> None:
    """Should it fall silent, the tests above would say nothing."""
    page.set_content(
        "<html lang=fr><title>t</title><main><img src='/a.png'><p style='color: #bbb'>faint</p></main>"
    )
    rules = sorted({line.partition(":")[0] for line in violations(page, axe)})
    assert [rule for rule in rules if rule in {"image-alt", "color-contrast"}] == [
        "color-contrast",
        "image-alt",
    ]
