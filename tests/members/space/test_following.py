"""Following themes, companies and practices; with an account, or before one has one."""

from __future__ import annotations

from typing import Any

import pytest

from common.models import Theme
from members.joining import intents
from members.models import Follow, Intent, User
from members.space import following
from tests.factories.pages import PracticePageFactory
from tests.factories.shared import ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.members.companies.people import company, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    found: Theme = ThemeFactory(slug="tutorat")
    return found


@pytest.fixture
def camille(client: StrictClient) -> User:
    user = person("Camille Durand")
    client.force_login(user)
    return user


def followed(user: User) -> list[str]:
    return sorted(f"{kind}:{target}" for kind, target in following.followed_by(user))


def test_one_click_follows_and_another_stops(client: StrictClient, camille: User, theme: Theme) -> None:
    for change, expected in (("follow", ["theme:tutorat"]), ("follow", ["theme:tutorat"]), ("stop", [])):
        response = client.post("/espace/suivre/", {"change": f"{change}:theme:tutorat"})
        assert (response.status_code, response["Location"]) == (302, "/espace/suivis/")
        assert followed(camille) == expected


def test_one_comes_back_to_where_one_was(client: StrictClient, camille: User, theme: Theme) -> None:
    sent = {"change": "follow:theme:tutorat", "next": "/bonnes-pratiques/?theme=tutorat"}
    assert client.post("/espace/suivre/", sent)["Location"] == "/bonnes-pratiques/?theme=tutorat"
    for shape, anchor in (("button", "#follow-theme"), ("themes", "#theme-tutorat")):
        location = client.post("/espace/suivre/", {**sent, "shape": shape})["Location"]
        assert location == f"/bonnes-pratiques/?theme=tutorat{anchor}"


@pytest.mark.parametrize("then", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"])
def test_one_is_never_led_elsewhere(client: StrictClient, camille: User, theme: Theme, then: str) -> None:
    sent = {"change": "follow:theme:tutorat", "next": then}
    assert client.post("/espace/suivre/", sent)["Location"] == "/espace/suivis/"


@pytest.mark.parametrize(
    "change",
    [
        "follow:theme:nulle-part",
        "follow:organisation:fantome",
        "follow:person:1",
        "follow",
        "x:theme:tutorat:1",
    ],
)
def test_what_is_not_public_cannot_be_followed(
    client: StrictClient, camille: User, theme: Theme, change: str
) -> None:
    assert client.post("/espace/suivre/", {"change": change}).status_code == 404
    assert followed(camille) == []


def test_a_company_to_be_confirmed_cannot_be_followed(client: StrictClient, camille: User) -> None:
    unproved = company(confirmed_at=None)
    assert (
        client.post("/espace/suivre/", {"change": f"follow:organisation:{unproved.slug}"}).status_code == 404
    )


def test_what_is_gone_can_still_be_stopped(client: StrictClient, camille: User) -> None:
    Follow.objects.create(user=camille, kind="organisation", target="fermee")
    client.post("/espace/suivre/", {"change": "stop:organisation:fermee"})
    assert followed(camille) == []


def test_looking_changes_nothing(client: StrictClient, camille: User, theme: Theme) -> None:
    assert client.get("/espace/suivre/?kind=theme&target=tutorat").status_code == 200
    assert followed(camille) == []


def test_nobody_follows_without_end(camille: User, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 0)
    assert following.follow(camille, "theme", "tutorat") is False


# ---------------------------------------------------------------- before one has an account
def test_what_a_visitor_wants_to_follow_is_kept_until_she_has_signed_in(
    client: StrictClient, theme: Theme
) -> None:
    sent = {"change": "follow:theme:tutorat", "next": "/bonnes-pratiques/"}
    response = client.post("/espace/suivre/", sent)
    assert response["Location"] == "/compte/login/?next=%2Fbonnes-pratiques%2F"
    user = person("Camille Durand")
    intents.attach(Intent.objects.get().token, user)
    assert [outcome.done for outcome in intents.complete_all(user)] == [True]
    assert followed(user) == ["theme:tutorat"]


def test_what_is_gone_meanwhile_is_said(client: StrictClient, theme: Theme) -> None:
    client.post("/espace/suivre/", {"change": "follow:theme:tutorat"})
    theme.delete()
    user = person("Camille Durand")
    intents.attach(Intent.objects.get().token, user)
    assert [outcome.done for outcome in intents.complete_all(user)] == [False]


# ---------------------------------------------------------------- without a page load
def test_htmx_gets_the_button_as_it_is_now(client: StrictClient, camille: User, theme: Theme) -> None:
    headers: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
    page = client.post("/espace/suivre/", {"change": "follow:theme:tutorat"}, **headers).content.decode()
    assert ("stop:theme:tutorat" in page, "<html" in page) == (True, False)


def test_htmx_gets_the_themes_as_they_are_now(client: StrictClient, camille: User, theme: Theme) -> None:
    headers: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
    sent = {"change": "follow:theme:tutorat", "shape": "themes", "next": "/espace/"}
    page = client.post("/espace/suivre/", sent, **headers).content.decode()
    assert page.count('aria-pressed="true"') == 1


# ---------------------------------------------------------------- pages
def test_what_one_follows_is_listed_by_kind(
    client: StrictClient, camille: User, tree: Tree, theme: Theme
) -> None:
    practice = PracticePageFactory(parent=tree.practices, title="Quatorze binômes", lead_theme=theme)
    firm = company(name="Le Grand Tarmac")
    for kind, target in (
        ("theme", "tutorat"),
        ("organisation", firm.slug),
        ("practice", str(practice.translation_key)),
    ):
        following.follow(camille, kind, target)
    groups = client.get("/espace/suivis/").context["groups"]
    assert [[one.subject.title for one in followees] for _label, followees in groups] == [
        ["Le Grand Tarmac"],
        ["Quatorze binômes"],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_one_follows(
    client: StrictClient, camille: User, tree: Tree, theme: Theme, django_assert_num_queries: Any, rows: int
) -> None:
    for _number in range(rows):
        practice = PracticePageFactory(parent=tree.practices, lead_theme=theme)
        following.follow(camille, "organisation", practice.organisation.slug)
        following.follow(camille, "practice", str(practice.translation_key))
    client.get("/espace/suivis/")
    with django_assert_num_queries(8):
        client.get("/espace/suivis/")


def test_a_page_for_visitors_is_the_same_for_all_and_needs_no_cookie(
    client: StrictClient, tree: Tree, theme: Theme
) -> None:
    page = PracticePageFactory(parent=tree.practices, lead_theme=theme)
    response = client.get(page.path_on_site)
    assert (dict(client.cookies), b"csrf" in response.content) == ({}, False)
    assert f"kind=practice&amp;target={page.translation_key}" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"), [("?theme=tutorat", 1), ("", 0), ("?theme=tutorat&theme=aidants", 0)]
)
def test_a_list_narrowed_to_one_theme_offers_to_follow_it(
    client: StrictClient, camille: User, tree: Tree, theme: Theme, query: str, shown: int
) -> None:
    PracticePageFactory(parent=tree.practices, lead_theme=theme)
    PracticePageFactory(parent=tree.practices, lead_theme=ThemeFactory(slug="aidants"))
    page = client.get(f"/bonnes-pratiques/{query}").content.decode()
    assert page.count('value="follow:theme:tutorat"') == shown


def test_a_merged_company_keeps_its_followers(camille: User) -> None:
    other = person("Dominique Autre")
    for user, slug in ((camille, "ancienne"), (camille, "gardee"), (other, "ancienne")):
        Follow.objects.create(user=user, kind="organisation", target=slug)
    following.retarget("organisation", "ancienne", "gardee")
    assert [followed(user) for user in (camille, other)] == [["organisation:gardee"]] * 2


@pytest.mark.parametrize(
    "path", ["/espace/suivre/?kind=theme&target=%00", "/espace/notifications/ouvrir/?vers=%00", "/%00/"]
)
def test_a_nul_is_nothing_that_can_be_found(client: StrictClient, camille: User, path: str) -> None:
    """PostgreSQL refuses to be asked for one."""
    assert client.get(path).status_code == 404
