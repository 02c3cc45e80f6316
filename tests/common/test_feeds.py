"""Atom feeds of the sections."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.factories.pages import (
    EventPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    VideoPageFactory,
)
from tests.factories.shared import CommuneFactory, ThemeFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tests.factories.site import Tree

ATOM = "{http://www.w3.org/2005/Atom}"
SECTIONS = {
    "bonnes-pratiques": ("practices", PracticePageFactory),
    "evenements": ("events", EventPageFactory),
    "actualites": ("news", NewsPageFactory),
    "videos": ("videos", VideoPageFactory),
}


def parse(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314 (written by us a moment ago)


def entries(xml: bytes) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.findtext(f"{ATOM}id"),
            "title": entry.findtext(f"{ATOM}title"),
            "link": next(link.get("href") for link in entry.iter(f"{ATOM}link")),
            "summary": entry.findtext(f"{ATOM}summary"),
            "published": entry.findtext(f"{ATOM}published"),
            "categories": [category.get("term") for category in entry.iter(f"{ATOM}category")],
        }
        for entry in parse(xml).iter(f"{ATOM}entry")
    ]


def test_a_feed_gives_the_latest_first(client: Client, tree: Tree) -> None:
    theme = ThemeFactory(slug="tutorat")
    day = timezone.localdate()
    NewsPageFactory(parent=tree.news, title="Ancienne", published_on=day - dt.timedelta(days=9))
    news = NewsPageFactory(
        parent=tree.news,
        title="Récente & « neuve »",
        slug="recente",
        summary="Une phrase.",
        published_on=day,
        themes=[theme],
    )
    NewsPageFactory(parent=tree.news, title="Brouillon", live=False)
    response = client.get("/actualites/flux.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    latest, older = entries(response.content)
    assert older["title"] == "Ancienne"
    assert latest == {
        "id": f"tag:localhost,2026:fr/{news.translation_key}",
        "title": "Récente & « neuve »",
        "link": "http://localhost:8000/actualites/recente/",
        "summary": "Une phrase.",
        "published": timezone.make_aware(dt.datetime.combine(day, dt.time.min)).isoformat(),
        "categories": [theme.name],
    }


def test_a_feed_says_where_it_is_and_in_which_language(client: Client, tree: Tree) -> None:
    root = parse(client.get("/bonnes-pratiques/flux.atom").content)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://localhost:8000/bonnes-pratiques/",
        "self": "http://localhost:8000/bonnes-pratiques/flux.atom",
    }
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_an_event_in_a_feed_begins_with_when_and_where(client: Client, tree: Tree) -> None:
    starts = timezone.make_aware(dt.datetime(2031, 7, 8, 9, 30))
    EventPageFactory(
        parent=tree.events,
        summary="Trois heures.",
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=3),
        place="Maison de l’emploi",
        commune=CommuneFactory(),
        online_link="https://visio.example/secret",
    )
    response = client.get("/evenements/flux.atom")
    assert entries(response.content)[0]["summary"] == (
        "mardi 8 juillet 2031, 9\u00a0h\u00a030 – Maison de l’emploi, Lille. Trois heures."
    )
    assert b"visio.example" not in response.content


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_as_many_queries_whatever_it_holds(
    client: Client,
    tree: Tree,
    section: str,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    index, factory = SECTIONS[section]
    factory.create_batch(count, parent=getattr(tree, index))
    client.get(f"/{section}/flux.atom")
    with django_assert_max_num_queries(3):
        response = client.get(f"/{section}/flux.atom")
    assert len(entries(response.content)) == count


def test_what_has_no_feed_has_none(client: Client, tree: Tree) -> None:
    for address in ("/charte/flux.atom", "/inconnu/flux.atom", "/en/actualites/flux.atom"):
        assert client.get(address).status_code == 404
