"""A film plays, with captions, and seeks without being loaded whole."""

from __future__ import annotations

import urllib.request

from playwright.sync_api import Page, expect

from tests.browser.addresses import path_of
from tests.browser.live import LiveSite

PLAY = """async (video) => {
    video.muted = true;
    await video.play();
    await new Promise((resolve) => { video.ontimeupdate = () => video.currentTime > 0.2 && resolve(); });
    video.pause();
    return video.currentTime;
}"""
SEEK = """async (video) => {
    video.currentTime = video.duration / 2;
    await new Promise((resolve) => { video.onseeked = resolve; });
    return video.error === null && video.currentTime > 1;
}"""
CUES = """async (video) => {
    const track = video.textTracks[0];
    track.mode = "showing";
    while (!track.cues?.length) await new Promise((resolve) => setTimeout(resolve, 50));
    return [track.kind, track.language];
}"""


def test_a_film_plays_with_its_captions_and_seeks(page: Page, site: LiveSite) -> None:
    page.goto(path_of(site, "video"))
    video = page.locator("main video").first
    expect(video).to_be_visible()
    assert video.evaluate(PLAY) > 0
    assert video.evaluate(CUES) == ["captions", "fr"]
    assert video.evaluate(SEEK)


def test_a_film_is_sent_in_parts(page: Page, site: LiveSite) -> None:
    page.goto(path_of(site, "video"))
    address = page.locator("main video source").first.get_attribute("src")
    request = urllib.request.Request(f"{site.origin}{address}", headers={"Range": "bytes=100-199"})
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.status == 206
        assert response.headers["Content-Range"].startswith("bytes 100-199/")
        assert len(response.read()) == 100
