"""What stands in the head of a page."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import Locale

from common.models import ShareImage
from common.web import metadata, structured
from home.models import SiteSettings
from tests.factories.pages import (
    EventPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    StandardPageFactory,
    VideoPageFactory,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.factories.site import Tree

HOST = "http://localhost:8000"
TAG = Template("{% page_metadata %}")


def head(page: Any, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    context = page.get_context(request) if page is not None else context
    return str(TAG.render(Context({"request": request, **context})))


def links(html: str, rel: str) -> list[dict[str, str]]:
    found = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<link ([^>]*)>", html)]
    return [{k: unescape(v) for k, v in link.items() if k != "rel"} for link in found if link["rel"] == rel]


def metas(html: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(content) for name, content in pairs}


def graph(html: str) -> list[dict[str, Any]]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def test_a_page_says_what_it_is_to_those_who_share_it(tree: Tree) -> None:
    page = NewsPageFactory(
        parent=tree.news, title="Tutorat & « retour »", slug="tutorat", summary="Une phrase."
    )
    ShareImage.objects.create(translation_key=page.translation_key, language="fr", name="partage/carte.png")
    assert metas(head(page)) == {
        "description": "Une phrase.",
        "og:site_name": "Atout’âge",
        "og:type": "article",
        "og:title": "Tutorat & « retour »",
        "og:description": "Une phrase.",
        "og:url": f"{HOST}/actualites/tutorat/",
        "og:locale": "fr_FR",
        "og:image": f"{HOST}/media/partage/carte.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Tutorat & « retour »",
        "twitter:card": "summary_large_image",
    }


def test_a_page_without_its_own_picture_shows_the_site_s(tree: Tree) -> None:
    assert metas(head(tree.charter))["og:image"] == f"{HOST}/static/images/share.png"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?utm_source=lettre&fbclid=1", ""),
        ("?theme=inconnu&page=1&sort=x", ""),
        ("?size=10to49&page=2&utm_source=lettre", "?size=10to49&page=2"),
        ("?page=99", "?page=2"),
    ],
)
def test_the_canonical_address_keeps_what_tells_a_list_from_another(
    tree: Tree, query: str, canonical: str
) -> None:
    PracticePageFactory.create_batch(14, parent=tree.practices)
    html = head(tree.practices, f"/bonnes-pratiques/{query}")
    assert links(html, "canonical") == [{"href": f"{HOST}/bonnes-pratiques/{canonical}"}]


def test_lists_narrowed_twice_are_not_for_search_engines(tree: Tree) -> None:
    PracticePageFactory(parent=tree.practices)
    address = "/bonnes-pratiques/?size=10to49"
    assert "robots" not in metas(head(tree.practices, address))
    assert metas(head(tree.practices, f"{address}&sector=industrie"))["robots"] == "noindex, follow"


def test_only_languages_that_are_published_are_alternates(tree: Tree) -> None:
    page = StandardPageFactory(parent=tree.home, slug="association")
    assert links(head(page), "alternate")[0]["type"] == "application/atom+xml"
    for language, live in (("en", True), ("nl", False)):
        locale, _created = Locale.objects.get_or_create(language_code=language)
        copy = page.copy_for_translation(locale, copy_parents=True)
        copy.live = live
        copy.save()
        parent = copy.get_parent()
        parent.live = True
        parent.save()
    html = head(page)
    assert [link for link in links(html, "alternate") if "hreflang" in link] == [
        {"hreflang": "en", "href": f"{HOST}/en/association/"},
        {"hreflang": "fr", "href": f"{HOST}/association/"},
        {"hreflang": "x-default", "href": f"{HOST}/association/"},
    ]
    assert metas(html)["og:locale:alternate"] == "en_GB"


def test_feeds_and_the_calendar_are_announced(tree: Tree) -> None:
    assert sorted(link["href"] for link in links(head(tree.home), "alternate")) == [
        "/actualites/flux.atom",
        "/bonnes-pratiques/flux.atom",
        "/evenements/calendrier.ics",
        "/evenements/flux.atom",
        "/videos/flux.atom",
    ]


def test_the_site_the_association_and_the_way_are_described_once(tree: Tree) -> None:
    SiteSettings.objects.create(association_name="Une association", contact_email="a@association.example")
    organisation, site, trail, article = graph(head(NewsPageFactory(parent=tree.news, slug="nouvelle")))
    assert (organisation["name"], organisation["email"]) == ("Une association", "a@association.example")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{HOST}/recherche/?q={{search_term_string}}"
    assert [item["item"] for item in trail["itemListElement"]] == [
        f"{HOST}/",
        f"{HOST}/actualites/",
        f"{HOST}/actualites/nouvelle/",
    ]
    assert (article["@type"], article["publisher"]) == ("NewsArticle", {"@id": organisation["@id"]})


def test_the_home_page_has_no_way_to_itself(tree: Tree) -> None:
    assert [data["@type"] for data in graph(head(tree.home))] == ["Organization", "WebSite"]


def test_a_film_is_described_with_its_captions_and_transcript(tree: Tree) -> None:
    page = VideoPageFactory(
        parent=tree.videos,
        address="",
        file="private/films/a.mp4",
        captions="private/films/a.vtt",
        duration=3725,
        transcript="Bonjour.",
    )
    film = graph(head(page))[-1]
    names = ("@type", "contentUrl", "duration", "transcript", "thumbnailUrl")
    assert {name: film[name] for name in names} == {
        "@type": "VideoObject",
        "contentUrl": f"{HOST}/fichiers/films/a.mp4",
        "duration": "PT1H2M5S",
        "transcript": "Bonjour.",
        "thumbnailUrl": f"{HOST}/static/images/share.png",
    }
    assert film["caption"]["contentUrl"] == f"{HOST}/fichiers/films/a.vtt"


def test_nothing_in_a_title_ends_the_script(tree: Tree) -> None:
    page = NewsPageFactory(parent=tree.news, title="</script><script>alert(1)</script> & <b>")
    html = head(page)
    assert html.count("</script>") == 1
    assert graph(html)[-1]["headline"] == page.title


def test_a_view_may_say_its_title_and_hide(tree: Tree) -> None:
    html = head(None, "/recherche/?q=tutorat", title="Recherche", description="Trouver.", hidden=True)
    names = ("og:title", "description", "robots", "og:url")
    assert [metas(html)[name] for name in names] == [
        "Recherche",
        "Trouver.",
        "noindex, follow",
        f"{HOST}/recherche/",
    ]


def test_a_preview_is_for_nobody_else_and_is_not_remembered(tree: Tree) -> None:
    page = NewsPageFactory(parent=tree.news, title="Publié")
    request = RequestFactory().get("/")
    request.is_preview = True  # type: ignore[attr-defined]
    page.title = "Brouillon"
    draft = str(TAG.render(Context({"request": request, "page": page})))
    assert (metas(draft)["og:title"], metas(draft)["robots"]) == ("Brouillon", "noindex, follow")
    page.refresh_from_db()
    assert metas(head(page))["og:title"] == "Publié"


def test_the_second_reader_of_a_page_costs_no_query(
    tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = EventPageFactory(parent=tree.events)
    request = RequestFactory().get("/")
    context = {"request": request, "page": page}
    first = TAG.render(Context(context))
    with django_assert_num_queries(0):
        assert TAG.render(Context(context)) == first


def test_a_new_publication_is_seen_at_once(tree: Tree) -> None:
    page = NewsPageFactory(parent=tree.news, title="Avant")
    assert metas(head(page))["og:title"] == "Avant"
    page.title = "Après"
    page.save()
    assert metas(head(page))["og:title"] == "Après"


def test_what_is_remembered_stays_small(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "KEPT_BLOCKS", 2)
    for page in NewsPageFactory.create_batch(4, parent=tree.news):
        head(page)
    assert len(metadata._blocks()) <= 2


def test_characters_that_mean_something_in_html_are_written_otherwise() -> None:
    assert structured.script([{"name": "<&>"}]) == (
        '<script type="application/ld+json">{"@context":"https://schema.org",'
        '"@graph":[{"name":"\\u003C\\u0026\\u003E"}]}</script>'
    )
