"""Downloads are counted, and nobody is watched."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from common.registries import figures
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import sign_in
from toolbox.files import counting
from toolbox.files.counting import count, is_somebody
from toolbox.models import Download, Tool

from . import tools

pytestmark = pytest.mark.django_db


def take(client: StrictClient, page: Any, address: str = "192.0.2.1", **headers: str) -> Any:
    sent = {"User-Agent": tools.BROWSER} | headers
    return client.get(reverse("take_tool", args=[page.translation_key]), headers=sent, REMOTE_ADDR=address)


def counted(page: Any) -> list[tuple[str, int]]:
    rows = Download.objects.filter(tool__translation_key=page.translation_key)
    return list(rows.order_by("day", "way").values_list("way", "count"))


def test_a_download_is_counted_and_leads_to_the_file(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    response = take(client, page)
    assert (response.status_code, response["Location"]) == (302, page.document.url)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert (counted(page), dict(response.cookies)) == ([("file", 1)], {})


def test_a_tool_that_stands_elsewhere_is_counted_as_a_link(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, document=None, kind="link", address="https://outils.example.org/grille")
    assert take(client, page)["Location"] == "https://outils.example.org/grille"
    assert counted(page) == [("link", 1)]


def test_the_same_visitor_counts_once_a_day(client: StrictClient, tree: Tree) -> None:
    page, other = tools.tool(tree), tools.tool(tree, "Un autre")
    with time_machine.travel(dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC), tick=False):
        for _ in range(3):
            take(client, page)
        take(client, other)
        take(client, page, address="192.0.2.2")
        take(client, page, **{"User-Agent": tools.BROWSER.replace("140", "141")})
    with time_machine.travel(dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC), tick=False):
        take(client, page)
    assert (counted(page), counted(other)) == ([("file", 3), ("file", 1)], [("file", 1)])


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116 Safari/537.36"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "Mozilla/5.0 (X11) HeadlessChrome/120.0"},
        {"User-Agent": "GPTBot/1.2"},
        {"User-Agent": "LinkedInBot/1.0"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Range": "bytes=1000-"},
        {"Range": "bytes=-500"},
    ],
)
def test_robots_and_looks_ahead_get_the_file_and_are_not_counted(
    client: StrictClient, tree: Tree, headers: dict[str, str]
) -> None:
    page = tools.tool(tree)
    assert take(client, page, **headers).status_code == 302
    assert counted(page) == []


def test_a_look_at_the_head_is_not_counted(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    client.head(reverse("take_tool", args=[page.translation_key]), headers={"User-Agent": tools.BROWSER})
    assert counted(page) == []


def test_a_download_that_begins_at_its_first_byte_is_counted(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    take(client, page, Range="bytes=0-")
    assert counted(page) == [("file", 1)]


@pytest.mark.parametrize(
    "agent",
    [
        tools.BROWSER,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36 Edg/138.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; CUBOT X70) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36",
    ],
)
def test_browsers_are_somebody(agent: str) -> None:
    assert is_somebody(RequestFactory().get("/", headers={"User-Agent": agent})) is True


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_no_header_makes_it_fail(agent: str, asked: str) -> None:
    request = RequestFactory().get("/", headers={"User-Agent": agent, "Range": asked})
    assert is_somebody(request) in {True, False}


def test_neither_address_nor_agent_is_kept_and_the_key_goes_at_midnight(
    client: StrictClient, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tools.tool(tree)
    kept: list[tuple[str, Any, Any]] = []
    add = cache.add

    def spy(key: str, value: Any, timeout: Any = None) -> bool:
        kept.append((key, value, timeout))
        return bool(add(key, value, timeout))

    monkeypatch.setattr(counting.cache, "add", spy)  # type: ignore[attr-defined]
    with time_machine.travel(dt.datetime(2026, 3, 10, 22, 30, tzinfo=dt.UTC), tick=False):
        take(client, page, address="192.0.2.77")
    ours = [one for one in kept if one[0].startswith("downloads:")]
    assert len(ours) == 2
    assert all(timeout <= 1800 for _key, _value, timeout in ours)
    assert not any("192.0.2.77" in f"{key}{value}" or "Firefox" in f"{key}{value}" for key, value, _t in ours)
    assert {field.name for field in Download._meta.get_fields()} == {"id", "tool", "day", "way", "count"}


def test_a_cache_that_is_away_costs_the_number_and_not_the_file(
    client: StrictClient, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tools.tool(tree)

    def fail(*_args: Any, **_kwargs: Any) -> bool:
        raise ConnectionError

    monkeypatch.setattr(counting.cache, "add", fail)  # type: ignore[attr-defined]
    assert take(client, page).status_code == 302
    assert counted(page) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_download(tree: Tree) -> None:
    row = Tool.objects.get(pk=tools.tool(tree).facts_id)
    gate = threading.Barrier(6)

    def one() -> None:
        gate.wait()
        try:
            count(row, Download.Way.FILE)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Download.objects.values_list("count", flat=True)) == [6]


def test_the_number_is_shown_from_ten_on(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree)
    for _ in range(9):
        count(page.facts, Download.Way.KIT)
    assert "Téléchargé" not in client.get(page.path_on_site).content.decode()
    count(page.facts, Download.Way.FILE)
    page.save()
    html = client.get(page.path_on_site).content.decode()
    assert "Downloaded 10 times" in html or "Téléchargé 10" in html


def test_robots_are_asked_to_leave_the_address_alone(client: StrictClient, tree: Tree) -> None:
    assert "Disallow: /boite-a-outils/telecharger/" in client.get("/robots.txt").content.decode()


def test_downloads_are_a_figure(tree: Tree) -> None:
    page = tools.tool(tree)
    Download.objects.create(tool=page.facts, day="2024-05-01", count=3)
    Download.objects.create(tool=page.facts, day="2025-05-01", way="kit", count=4)
    assert [figures.count("toolbox.downloads", year).value for year in (None, 2024, 2025)] == [7, 3, 4]


def test_editors_see_the_numbers_by_tool_and_by_month(client: StrictClient, tree: Tree) -> None:
    page = tools.tool(tree, "Le carnet des mois")
    Download.objects.create(tool=page.facts, day="2026-05-01", count=31)
    Download.objects.create(tool=page.facts, day="2026-05-02", way="kit", count=11)
    sign_in(client)
    html = client.get(reverse("toolbox_downloads")).content.decode()
    assert "Le carnet des mois" in html
    assert "<strong>42</strong>" in html
    assert "42" in client.get(reverse("admin_tools:index")).content.decode()
