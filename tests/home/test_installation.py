"""`setup_site`: a site ready to be written in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from charters.models import Engagement
from common.addresses import path_of
from common.models import Commune, Theme
from common.pages import menu_pages
from home.installation.reference import seed_reference_data, sort_name
from home.installation.tree import build
from home.models import AccessibilityPage, LoadedRow, SiteSettings, StandardPage
from members.models import Organisation, User
from tests.home.commands import load, remove, set_up, writes

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.usefixtures("installed"), pytest.mark.django_db]


def test_an_installation_has_the_pages_that_every_site_has() -> None:
    assert [path_of(page) for page in Page.objects.filter(depth__gt=1).order_by("path")] == [
        "/",
        "/bonnes-pratiques/",
        "/boite-a-outils/",
        "/evenements/",
        "/charte/",
        "/charte/signataires/",
        "/videos/",
        "/actualites/",
        "/contact/",
        "/accessibilite/",
        "/mentions-legales/",
        "/donnees-personnelles/",
        "/plan-du-site/",
    ]


def test_its_menus_lead_to_them() -> None:
    menus = menu_pages("fr")
    assert {menu: [path for _title, path in links] for menu, links in menus.items()} == {
        "header": [
            "/bonnes-pratiques/",
            "/boite-a-outils/",
            "/evenements/",
            "/charte/",
            "/videos/",
            "/actualites/",
        ],
        "footer-association": ["/contact/"],
        "footer-legal": ["/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/plan-du-site/"],
    }


def test_it_has_three_languages_thirteen_themes_and_the_communes() -> None:
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"fr", "en", "nl"}
    assert (Theme.objects.count(), Commune.objects.count()) == (13, 124)


def test_it_has_both_texts_of_the_charter() -> None:
    versions = Engagement.objects.values_list("version__code", flat=True)
    assert dict(Counter(versions)) == {"2019": 7, "2021": 9}


def test_nothing_is_said_to_be_accessible_before_an_audit() -> None:
    assert AccessibilityPage.objects.get().conformity == "none"


def test_setting_up_again_writes_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        set_up()
    assert writes(queries) == []


def test_the_site_stands_at_the_public_address(settings: Any) -> None:
    settings.PUBLIC_URL = "https://atout-age.example.org"
    set_up()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("atout-age.example.org", 443, "Atout’âge")


def test_the_legal_notice_names_the_host_of_the_settings() -> None:
    settings = SiteSettings.load()
    settings.host_name = "Hébergeur d’exemple, 1 rue du Port, Lille"
    settings.save()
    set_up()
    words = str(StandardPage.objects.get(slug="mentions-legales").body)
    assert words.count("Hébergeur d’exemple") == 1
    assert words.count("[[") == 0


def test_a_page_that_people_edited_is_not_set_up_again() -> None:
    page = StandardPage.objects.get(slug="mentions-legales")
    page.title = "Nos mentions"
    page.save_revision().publish()
    LoadedRow.objects.filter(key="pages/mentions-legales").update(digest="another text")
    notes = build().ledger.notes
    page.refresh_from_db()
    assert page.title == "Nos mentions"
    assert [note.partition(": ")[2] for note in notes] == [
        "edited on the site since it was loaded; left as it is"
    ]


def test_there_is_a_group_for_each_role() -> None:
    names = Group.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Administration", "Animation", "Modération", "Rédaction"]


@pytest.mark.parametrize(
    ("group", "published"),
    [
        ("Administration", 12),
        ("Animation", 1),
        ("Modération", 12),
        ("Rédaction", 12),
    ],
)
def test_everybody_enters_the_admin_and_facilitators_publish_under_the_agenda_only(
    group: str, published: int
) -> None:
    user = User.objects.create_user("role@example.org")
    user.groups.set([Group.objects.get(name=group)])
    pages = Page.objects.filter(depth__gt=2)
    may_publish = [page.slug for page in pages if page.permissions_for_user(user).can_publish()]
    assert user.has_perm("wagtailadmin.access_admin")
    assert len(may_publish) == published
    assert "evenements" in may_publish


def test_communes_are_written_again_only_when_their_figures_change() -> None:
    Commune.objects.filter(insee_code="59350").update(population=1)
    with CaptureQueriesContext(connection) as queries:
        seed_reference_data()
    assert len(writes(queries)) == 1
    assert Commune.objects.get(insee_code="59350").population == 238_246


@pytest.mark.parametrize(
    ("name", "ordered"),
    [("Élincourt", "elincourt"), ("Annœullin", "annoeullin"), ("Villeneuve-d’Ascq", "villeneuve d ascq")],
)
def test_communes_are_ordered_without_accents_or_punctuation(name: str, ordered: str) -> None:
    assert sort_name(name) == ordered


def test_a_row_that_people_made_first_is_used_and_never_owned(tmp_path: Path) -> None:
    own = Organisation.objects.create(slug="asso", name="Notre association")
    (tmp_path / "organisations.yaml").write_text(
        '- {slug: asso, name: "L’association", example: false, kind: association}\n'
    )
    assert "1 already there" in load(tmp_path)
    remove()
    own.refresh_from_db()
    assert own.name == "Notre association"
