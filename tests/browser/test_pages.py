"""Every kind of page, at three widths: no error, no broken picture, nothing wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import NOT_FOUND, PATHS, path_of
from tests.browser.live import LiveSite

WIDTHS = (390, 768, 1440)
# Pictures below the fold are asked for too.
BROKEN_PICTURES = """async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    const outcomes = await Promise.allSettled(pictures.map((picture) => picture.decode()));
    return pictures.filter((_, i) => outcomes[i].status === "rejected").map((picture) => picture.currentSrc);
}"""
# What reaches beyond the screen, unless it stands in a box that scrolls by itself.
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .map((element) => element.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PATHS)
def test_a_page_shows_whole_and_without_error(
    name: str, width: int, page: Page, site: LiveSite, errors: list[str]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(path_of(site, name), wait_until="load")
    assert response is not None
    assert response.status == (404 if name in NOT_FOUND else 200)
    assert page.evaluate(BROKEN_PICTURES) == []
    assert page.evaluate(TOO_WIDE) == []
    if name in NOT_FOUND:
        errors[:] = [error for error in errors if not error.startswith(page.url)]
