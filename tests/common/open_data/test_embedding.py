"""Lists on partners’ sites: framed by anybody, and asking the visitor for nothing."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from tests.factories.pages import EventPageFactory, PracticePageFactory, ToolPageFactory
from tests.factories.shared import ThemeFactory, UserFactory
from tests.factories.site import Tree


def test_a_framed_list_may_stand_anywhere_and_sets_nothing(client: Client, tree: Tree) -> None:
    PracticePageFactory(parent=tree.practices, title="Binômes", slug="binomes")
    client.force_login(UserFactory())
    response = client.get("/integrer/bonnes-pratiques/")
    page = response.content.decode()
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert re.findall(r"<(?:script|img|iframe|form|style)\b", page) == []
    links = re.findall(r"<a [^>]*>", page)
    assert len(links) == 2
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert "http://localhost:8000/bonnes-pratiques/binomes/" in links[0]


@pytest.mark.parametrize("path", ["/", "/bonnes-pratiques/", "/integrer/", "/api/v1/"])
def test_nothing_else_may_be_framed(client: Client, tree: Tree, path: str) -> None:
    response = client.get(path)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_filters_number_and_colours_are_those_asked_for(client: Client, tree: Tree) -> None:
    theme = ThemeFactory(slug="aidants")
    for number in range(3):
        PracticePageFactory(parent=tree.practices, title=f"Aidants {number}", lead_theme=theme)
    PracticePageFactory(parent=tree.practices, title="Autre")
    page = client.get("/integrer/bonnes-pratiques/?theme=aidants&nombre=2&couleurs=sombre").content.decode()
    assert page.count("<li>") == 2
    assert "Autre" not in page
    assert '<html lang="fr" data-appearance="dark">' in page
    assert "http://localhost:8000/bonnes-pratiques/?theme=aidants" in page


@pytest.mark.parametrize(
    "query", ["nombre=0", "nombre=9999999999", "nombre=%00", "nombre=²", "couleurs=%00", "theme=%00"]
)
def test_what_makes_no_sense_is_mended(client: Client, tree: Tree, query: str) -> None:
    ToolPageFactory(parent=tree.tools)
    assert client.get(f"/integrer/boite-a-outils/?{query}").content.decode().count("<li>") == 1


def test_an_empty_list_says_so(client: Client, tree: Tree) -> None:
    assert 'class="nothing"' in client.get("/integrer/signataires/").content.decode()


def test_the_agenda_says_when_and_where(client: Client, tree: Tree) -> None:
    EventPageFactory(parent=tree.events, starts_at="2099-03-09T08:30:00Z", ends_at="2099-03-09T10:00:00Z")
    assert (
        "<span>9 mars 2099, 9\u00a0h\u00a030</span>" in client.get("/integrer/evenements/").content.decode()
    )


@pytest.mark.parametrize("path", ["/integrer/rien/", "/en/integrer/bonnes-pratiques/"])
def test_a_list_that_is_not_there_is_not_found(client: Client, tree: Tree, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_builder_gives_the_lines_to_paste(client: Client, tree: Tree) -> None:
    ThemeFactory(slug="aidants")
    page = client.get(
        "/integrer/?liste=bonnes-pratiques&theme=aidants&nombre=4&couleurs=clair"
    ).content.decode()
    snippet = html.unescape(html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]))  # type: ignore[index]
    assert (
        'src="http://localhost:8000/integrer/bonnes-pratiques/?theme=aidants&nombre=4&couleurs=clair"'
        in snippet
    )
    assert 'title="Bonnes pratiques – Atout’âge"' in snippet
    assert 'loading="lazy"' in snippet
    (frame,) = re.findall(r'<iframe class="builder-frame" src="([^"]*)"', page)
    assert client.get(html.unescape(frame)).status_code == 200


def test_a_list_says_what_may_be_taken_of_it(client: Client, tree: Tree) -> None:
    ThemeFactory(slug="aidants")
    page = client.get("/bonnes-pratiques/?theme=aidants&page=2").content.decode()
    assert 'rel="nofollow" download href="/bonnes-pratiques/export-excel.csv?theme=aidants"' in page
    assert 'rel="nofollow" href="/integrer/?liste=bonnes-pratiques&amp;theme=aidants"' in page
    assert "takings" not in client.get("/actualites/").content.decode()
