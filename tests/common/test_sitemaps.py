"""What search engines are told: `/sitemap.xml`, `/robots.txt`."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Locale, PageViewRestriction

from common.web import sitemaps
from tests.factories.pages import NewsPageFactory, StandardPageFactory, VideoPageFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tests.factories.site import Tree

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
VIDEO = "{http://www.google.com/schemas/sitemap-video/1.1}"
HOST = "http://localhost:8000"


def parse(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314 (written by us a moment ago)


def addresses(xml: bytes) -> list[str]:
    return [str(loc.text).removeprefix(HOST) for loc in parse(xml).iter(f"{MAP}loc")]


def translate(page: Any, language: str, **fields: Any) -> Any:
    """A published version of a page in another language."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    copy = page.copy_for_translation(locale, copy_parents=True)
    for name, value in {"live": True, **fields}.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def test_every_live_page_is_in_the_map_once(client: Client, tree: Tree) -> None:
    StandardPageFactory(parent=tree.home, title="Brouillon", live=False)
    news = NewsPageFactory(parent=tree.news, title="Une nouvelle", slug="une-nouvelle")
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert addresses(response.content) == [
        "/",
        "/charte/",
        "/charte/signataires/",
        "/bonnes-pratiques/",
        "/boite-a-outils/",
        "/evenements/",
        "/actualites/",
        "/actualites/une-nouvelle/",
        "/videos/",
    ]
    changed = [el.text for el in parse(response.content).iter(f"{MAP}lastmod")]
    assert news.last_published_at.isoformat(timespec="seconds") in changed


def test_a_page_in_one_language_has_no_alternate(client: Client, tree: Tree) -> None:
    assert list(parse(client.get("/sitemap.xml").content).iter(LINK)) == []


def test_languages_that_are_published_point_to_each_other(client: Client, tree: Tree) -> None:
    about = StandardPageFactory(parent=tree.home, slug="association")
    translate(tree.home, "en")
    translate(about, "en")
    translate(about, "nl", live=False)
    root = parse(client.get("/sitemap.xml").content)
    links = {
        url.findtext(f"{MAP}loc"): [(link.get("hreflang"), link.get("href")) for link in url.iter(LINK)]
        for url in root
    }
    both = [
        ("en", f"{HOST}/en/association/"),
        ("fr", f"{HOST}/association/"),
        ("x-default", f"{HOST}/association/"),
    ]
    assert links[f"{HOST}/association/"] == both
    assert links[f"{HOST}/en/association/"] == both


def test_a_page_for_some_is_left_out(client: Client, tree: Tree) -> None:
    page = StandardPageFactory(parent=tree.home, slug="interne")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "/interne/" not in addresses(client.get("/sitemap.xml").content)


def test_a_film_of_ours_has_its_entry(client: Client, tree: Tree) -> None:
    VideoPageFactory(
        parent=tree.videos,
        title="Tutrice & régleur",
        summary="Un métier en six mois.",
        address="",
        file="private/films/tutrat.mp4",
        duration=95,
        published_on=dt.date(2024, 3, 12),
    )
    VideoPageFactory(parent=tree.videos, title="Ailleurs", duration=30)
    films = list(parse(client.get("/sitemap.xml").content).iter(f"{VIDEO}video"))
    assert [{el.tag.removeprefix(VIDEO): el.text for el in film} for film in films] == [
        {
            "thumbnail_loc": f"{HOST}/static/images/share.png",
            "title": "Tutrice & régleur",
            "description": "Un métier en six mois.",
            "content_loc": f"{HOST}/fichiers/films/tutrat.mp4",
            "duration": "95",
            "publication_date": "2024-03-12",
        }
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_map_costs_as_many_queries_whatever_it_holds(
    client: Client, tree: Tree, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        NewsPageFactory(parent=tree.news)
        VideoPageFactory(parent=tree.videos, address="", file="private/films/a.mp4", duration=30)
    client.get("/sitemap.xml")
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")


def test_a_large_map_becomes_an_index(client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 5)
    assert addresses(client.get("/sitemap.xml").content) == ["/sitemap-1.xml", "/sitemap-2.xml"]
    first, second = (addresses(client.get(f"/sitemap-{n}.xml").content) for n in (1, 2))
    assert (len(first), len(second)) == (5, 3)
    assert client.get("/sitemap-3.xml").status_code == 404


def test_a_small_map_has_no_parts(client: Client, tree: Tree) -> None:
    assert client.get("/sitemap-1.xml").status_code == 404


def test_robots_are_told_what_to_leave_alone(client: Client, db: None) -> None:
    response = client.get("/robots.txt")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /apparence/",
        "Disallow: /styleguide/",
        "Disallow: /*/export.csv",
        "Disallow: /*/export-excel.csv",
        "Disallow: /*/export.xlsx",
        "Disallow: /compte/",
        "Disallow: /espace/",
        "Disallow: /recherche/suggestions/",
        "Disallow: /boite-a-outils/telecharger/",
        "Disallow: /en/compte/",
        "Disallow: /en/espace/",
        "Disallow: /en/recherche/suggestions/",
        "Disallow: /en/boite-a-outils/telecharger/",
        "Disallow: /nl/compte/",
        "Disallow: /nl/espace/",
        "Disallow: /nl/recherche/suggestions/",
        "Disallow: /nl/boite-a-outils/telecharger/",
        "",
        "Sitemap: http://localhost:8000/sitemap.xml",
    ]
