"""A kept page is the right page, for everybody it is meant for and nobody else."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from common import generation, registries
from common.pagecache.middleware import PageCacheMiddleware


class Site:
    """A view that counts how often it is asked, behind the middleware."""

    def __init__(self) -> None:
        self.renderings = 0
        self.change: Callable[[HttpResponse], None] = lambda _response: None
        self.middleware = PageCacheMiddleware(self.view)
        self.middleware.enabled = True

    def view(self, request: HttpRequest) -> HttpResponse:
        self.renderings += 1
        response = HttpResponse(f"page {self.renderings} {request.META.get('QUERY_STRING', '')}")
        self.change(response)
        return response

    def get(self, path: str = "/", **extra: Any) -> HttpResponse:
        response = self.middleware(RequestFactory().get(path, **extra))
        assert isinstance(response, HttpResponse)
        return response


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    later = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(registries, "next_boundary", lambda _now: later)
    return Site()


def test_a_page_is_rendered_once(site: Site) -> None:
    assert [site.get().content for _ in range(3)] == [b"page 1 "] * 3


def test_a_bump_makes_it_render_again(site: Site) -> None:
    site.get()
    generation.bump()
    assert site.get().content == b"page 2 "


def test_a_bump_while_rendering_is_not_forgotten(site: Site) -> None:
    site.change = lambda _response: generation.bump()
    site.get()
    site.change = lambda _response: None
    assert site.get().content == b"page 2 "


def test_a_boundary_in_time_makes_it_render_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = timezone.now() + dt.timedelta(minutes=1)
    monkeypatch.setattr(registries, "next_boundary", lambda _now: soon)
    generation.bump()
    site.get()
    assert site.get().content == b"page 1 "
    monkeypatch.setattr("common.generation.time.time", lambda: soon.timestamp() + 1)
    assert site.get().content == b"page 2 "


def test_a_session_is_never_answered_from_memory(site: Site) -> None:
    site.get()
    assert site.get(HTTP_COOKIE="session=abc").content == b"page 2 "


def test_appearance_and_known_parameters_make_other_pages_campaign_tags_do_not(site: Site) -> None:
    site.get("/")
    assert site.get("/?utm_source=x").content == b"page 1 "
    assert site.get("/?theme=aidants&utm_source=x").content == b"page 2 theme=aidants"
    assert site.get("/", HTTP_COOKIE="appearance=dark").content == b"page 3 "


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.set_cookie("a", "b"),
        lambda response: response.__setitem__("Cache-Control", "no-store"),
        lambda response: setattr(response, "status_code", 404),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(site: Site, change: Callable[[HttpResponse], None]) -> None:
    site.change = change
    site.get()
    site.get()
    assert site.renderings == 2


def test_words_typed_are_not_kept(site: Site) -> None:
    assert [site.get("/recherche/?q=a").content for _ in range(2)] == [b"page 1 q=a", b"page 2 q=a"]


def test_an_unchanged_page_is_answered_with_304(site: Site) -> None:
    etag = site.get()["ETag"]
    assert site.get(HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_the_next_boundary_is_at_the_latest_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registries, "_boundaries", [lambda _now: None])
    now = timezone.make_aware(dt.datetime(2026, 3, 4, 15, 0))
    assert registries.next_boundary(now) == timezone.make_aware(dt.datetime(2026, 3, 5))
