"""Every field × every viewer: what is hidden leaks nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.models import Theme
from members.models import Profile, User
from members.people import visibility
from members.people.visibility import Audience
from tests.factories.shared import CommuneFactory
from tests.members.companies.people import belonging, company

from .members import FIELDS, member, profile_of, unverify

pytestmark = pytest.mark.django_db

VIEWERS = ("anonymous", "unverified", "member", "colleague", "staff", "owner")
# Words that only this field shows, by field.
TELLTALES = {
    "name": "Zoé Wattrelos",
    "job": "Cheffe-d-atelier",
    "company": "Filature Zêta",
    "themes": "Thème-secret",
    "photo": "zzphotozz",
    "offers": "Affûter des lames",
    "seeks": "Une tisserande",
}
SECRETS = ("zoe.secrete@example.org", "zoe.secrete")


@dataclass
class Scene:
    """A member whose every field tells itself apart, and those who look."""

    zoe: User
    profile: Profile
    viewers: dict[str, User | None]


@pytest.fixture
def scene(make_theme: Callable[..., Theme]) -> Scene:
    zoe = member("Zoé Wattrelos", email="zoe.secrete@example.org", job_title="Cheffe-d-atelier")
    filature = company(
        name="Filature Zêta", slug="filature-zeta", sector="numerique", commune=CommuneFactory()
    )
    belonging(zoe, filature)
    profile = profile_of(
        zoe, offers="Affûter des lames", seeks="Une tisserande", photo="private/photos/zzphotozz"
    )
    profile.themes.add(make_theme("secret", "Thème-secret"))
    colleague, unverified = member("Colin Collègue"), member("Nova Nouvelle")
    belonging(colleague, filature)
    unverify(unverified)
    people = {
        "anonymous": None,
        "unverified": unverified,
        "member": member("Paul Petit"),
        "colleague": colleague,
        "staff": member("Une Animatrice", is_staff=True, is_superuser=True),
        "owner": zoe,
    }
    return Scene(zoe, profile, people)


@pytest.fixture
def make_theme() -> Callable[..., Theme]:
    def make(slug: str, name: str) -> Theme:
        return Theme.objects.create(
            slug=slug, family="recruter", position=900, names={"fr": name}, descriptions={"fr": name}
        )

    return make


def seen(scene: Scene, viewer: str, path: str) -> tuple[int, str]:
    client = Client()
    user = scene.viewers[viewer]
    if user is not None:
        client.force_login(user)
    response = client.get(path)
    body = response.content.decode() if response.status_code == 200 else ""
    return response.status_code, body


def fields_in(html: str) -> set[str]:
    """Which fields a page tells of, the visitor's own menus left out."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return {
        field for field, words in TELLTALES.items() if words in main or (field == "name" and words in html)
    }


def is_among(viewer: str) -> bool:
    return viewer not in ("anonymous", "unverified")


# ---------------------------------------------------------------- the table
@pytest.mark.parametrize("choice", ["nobody", "members", "everyone"])
@pytest.mark.parametrize("field", [field for field in FIELDS if field != "name"])
def test_each_field_is_shown_to_whom_its_owner_chose(scene: Scene, field: str, choice: str) -> None:
    profile_of(scene.zoe, seen_by="everyone", **{f"{field}_visibility": choice})
    everything = set(TELLTALES)
    for viewer in VIEWERS:
        shown = choice == "everyone" or (choice == "members" and is_among(viewer))
        expected = everything if shown else everything - {field}
        status, html = seen(scene, viewer, f"/membres/{scene.profile.public_id}/")
        assert (viewer, status, fields_in(html)) == (viewer, 200, expected)
        assert [secret for secret in SECRETS if secret in html] == []


@pytest.mark.parametrize("choice", ["nobody", "members", "everyone"])
def test_without_her_name_there_is_no_page(scene: Scene, choice: str) -> None:
    profile_of(scene.zoe, seen_by="everyone", name_visibility=choice)
    for viewer in VIEWERS:
        shown = choice == "everyone" or (choice == "members" and is_among(viewer))
        status, html = seen(scene, viewer, f"/membres/{scene.profile.public_id}/")
        assert (viewer, status) == (viewer, 200 if shown else 404)
        assert fields_in(html) == (set(TELLTALES) if shown else set())


@pytest.mark.parametrize("field", FIELDS)
def test_the_directory_shows_what_members_may_see(scene: Scene, field: str) -> None:
    listed = set(TELLTALES) - {"seeks"}
    profile_of(scene.zoe, seen_by="members", **{f"{field}_visibility": "nobody"})
    expected = set() if field == "name" else listed - {field}
    _status, html = seen(scene, "member", "/membres/?q=")
    # The filters name themes, whoever chose them; the colleague shows the company too.
    results = html.partition('class="results"')[2].partition("</main>")[0]
    card = "".join(part for part in results.split("<article") if "Colin" not in part)
    found = {name for name, words in TELLTALES.items() if words in card}
    assert found == expected
    assert [secret for secret in SECRETS if secret in html] == []


@pytest.mark.parametrize("viewer", ["anonymous", "unverified"])
def test_the_directory_is_for_members(scene: Scene, viewer: str) -> None:
    assert seen(scene, viewer, "/membres/")[0] == 302


# ---------------------------------------------------------------- who is nowhere
@pytest.mark.parametrize("what", ["inactive", "unverified", "anonymised", "nameless"])
def test_who_left_or_never_came_has_no_page(scene: Scene, what: str) -> None:
    profile_of(scene.zoe, seen_by="everyone")
    accounts = User.objects.filter(pk=scene.zoe.pk)
    if what == "inactive":
        accounts.update(is_active=False)
    elif what == "unverified":
        unverify(scene.zoe)
    elif what == "nameless":
        accounts.update(first_name="", last_name="")
    else:
        accounts.update(
            is_active=False, first_name="", last_name="", job_title="", anonymised_at=timezone.now()
        )
    statuses = [
        seen(scene, viewer, f"/membres/{scene.profile.public_id}/")[0] for viewer in ("anonymous", "member")
    ]
    assert statuses == [404, 404]
    assert "Zêta" not in seen(scene, "member", "/membres/?q=lames")[1]


@pytest.mark.parametrize("name", ["inconnu23456", "x" * 200, "%00", "..%2f", "<script>"])
def test_an_unknown_page_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/membres/{name}/").status_code == 404


def test_a_company_to_be_confirmed_is_not_shown(scene: Scene) -> None:
    profile_of(scene.zoe, seen_by="everyone")
    scene.zoe.memberships.update(confirmed_at=None, confirmation="")
    assert "company" not in fields_in(seen(scene, "member", f"/membres/{scene.profile.public_id}/")[1])


def test_a_page_is_neither_kept_nor_indexed(scene: Scene, client: Client) -> None:
    profile_of(scene.zoe, seen_by="everyone")
    response = client.get(f"/membres/{scene.profile.public_id}/")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    html = response.content.decode()
    assert ('<meta name="robots" content="noindex">' in html, "ld+json" in html, "og:" in html) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "path", ["/recherche/?q=Wattrelos", "/sitemap.xml", "/recherche/suggestions/?q=Wattr"]
)
def test_the_rest_of_the_site_knows_nobody(scene: Scene, client: Client, path: str) -> None:
    profile_of(scene.zoe, seen_by="everyone")
    response = client.get(path)
    body = response.content.decode().replace('value="Wattrelos"', "").replace("Wattrelos –", "")
    assert scene.profile.public_id not in body


# ---------------------------------------------------------------- what comes out of `shown`
def test_what_is_hidden_is_not_even_carried(scene: Scene) -> None:
    profile_of(scene.zoe, seen_by="nobody", name_visibility="everyone")
    row: Any = visibility.with_fields(Profile.objects.filter(user=scene.zoe)).get()
    card = visibility.shown(row, Audience.MEMBERS)
    assert card == visibility.Card(scene.profile.public_id, "Zoé Wattrelos")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Zoé Wattrelos", "ZW"),
        ("Jean-Paul Le Goff", "JG"),
        ("Cher", "C"),
        ("", ""),
        ("‘ ’", ""),
        ("é à", "ÉÀ"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert visibility.initials_of(name) == initials
