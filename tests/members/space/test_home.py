"""The first page of one's own space."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from common import registries
from common.registries import SpacePanel, SpaceRow
from members.models import Follow, Invitation, Membership, User
from members.people.contact import write
from members.space import activity, announcing
from tests.factories.shared import ThemeFactory
from tests.harness.client import StrictClient
from tests.members.companies.people import belonging, company, person
from tests.members.space.told import happen

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture
def camille(client: StrictClient) -> User:
    user = person("Camille Durand", job_title="Responsable RH")
    client.force_login(user)
    return user


def announce(name: str, **fields: Any) -> Any:
    values: dict[str, Any] = {"themes": [ThemeFactory(slug="tutorat")], **fields}
    return announcing.announce("practice", f"test:{name}", name, f"/bonnes-pratiques/{len(name)}/", **values)


def fill(user: User, rows: int) -> None:
    """So many of everything, at least."""
    for number in range(Follow.objects.filter(user=user).count(), rows):
        theme = ThemeFactory(slug=f"theme-{number}")
        Follow.objects.create(user=user, kind="theme", target=theme.slug)
        announce(f"Pratique {number}", themes=[theme])
        happen(user, f"Message {number}")
        firm = company()
        belonging(user, firm)
        belonging(user, company(), confirmed=False, role=Membership.Role.MEMBER)
        write(person(f"Lecteur {number}"), user, f"Sujet {number}", "Bonjour.")
        Invitation.objects.create(
            organisation=company(),
            email=user.email,
            token_hash=str(number),
            expires_at=timezone.now() + dt.timedelta(days=7),
        )


def test_the_page_costs_the_same_whatever_it_shows_and_twenty_queries_at_most(
    client: StrictClient, camille: User
) -> None:
    costs = []
    for rows in (1, 3):
        fill(camille, rows)
        client.get("/espace/")
        with CaptureQueriesContext(connection) as queries:
            home = client.get("/espace/").context["home"]
        costs.append(len(queries))
        assert (len(home.news), len(home.conversations)) == (rows, rows)
    assert costs[0] == costs[1] <= MOST_QUERIES


def test_a_visitor_is_asked_to_sign_in(client: StrictClient) -> None:
    assert client.get("/espace/")["Location"] == "/compte/login/?next=/espace/"


def test_the_page_is_kept_by_nobody(client: StrictClient, camille: User) -> None:
    response = client.get("/espace/")
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()


def test_a_newcomer_is_shown_three_steps(client: StrictClient) -> None:
    client.force_login(person(""))
    home = client.get("/espace/").context["home"]
    assert [(step.key, step.done) for step in home.steps] == [
        ("themes", False),
        ("company", False),
        ("profile", False),
    ]
    assert home.is_newcomer


def test_with_two_steps_made_the_third_is_something_to_complete(client: StrictClient, camille: User) -> None:
    Follow.objects.create(user=camille, kind="theme", target="tutorat")
    home = client.get("/espace/").context["home"]
    assert (home.is_newcomer, home.awaits[-1].rows[0].url) == (False, "/espace/entreprise/")


def test_what_is_new_since_the_last_visit_is_marked(client: StrictClient, camille: User) -> None:
    Follow.objects.create(user=camille, kind="theme", target="tutorat")
    long_ago = timezone.now() - dt.timedelta(days=20)
    with time_machine.travel(long_ago, tick=False):
        announce("Ancienne pratique")
    announce("Une pratique de ce matin")
    User.objects.filter(pk=camille.pk).update(last_activity_on=timezone.localdate() - dt.timedelta(days=3))
    for _visit in range(2):
        news = client.get("/espace/").context["home"].news
        assert [(one.title, one.is_new) for one in news] == [
            ("Une pratique de ce matin", True),
            ("Ancienne pratique", False),
        ]


def test_what_is_off_line_is_not_shown(client: StrictClient, camille: User) -> None:
    Follow.objects.create(user=camille, kind="theme", target="tutorat")
    announce("Retirée")
    announcing.withdraw("test:Retirée")
    assert client.get("/espace/").context["home"].news == []


def test_rooms_show_what_awaits_and_where_the_rest_is(
    client: StrictClient, camille: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [SpaceRow("Compléter le bilan", "/espace/bilan/", "Avant le 31 mars")]
    panel = SpacePanel(
        "test.one", "awaits", "Bilan", lambda _user: (rows, 4), url=lambda _user: "/espace/bilans/"
    )
    nothing = SpacePanel("test.none", "mine", "Rien", lambda _user: ((), 0))
    monkeypatch.setattr(registries, "space_panels", [panel, nothing])
    monkeypatch.setattr("members.space.home.space_panels", [panel, nothing])
    page = client.get("/espace/")
    assert [shown.more for shown in page.context["home"].awaits[:1]] == ["/espace/bilans/"]
    assert (page.context["home"].mine, "Compléter le bilan" in page.content.decode()) == ([], True)


# ---------------------------------------------------------------- the head of every page
def test_the_head_leads_a_visitor_to_sign_in_and_a_member_to_her_space(
    client: StrictClient, tree: Any
) -> None:
    visitor = client.get("/").content.decode()
    assert ('href="/compte/login/"' in visitor, 'href="/espace/"' in visitor) == (True, False)
    user = person()
    happen(user)
    client.force_login(user)
    member = client.get("/").content.decode()
    assert ('href="/compte/login/"' in member, 'href="/espace/"' in member) == (False, True)
    assert member.count('class="header-count number">1<') == 1


def test_the_head_of_a_member_is_not_shown_to_the_next_visitor(client: StrictClient, tree: Any) -> None:
    client.force_login(person())
    client.get("/")
    assert 'href="/espace/"' not in StrictClient().get("/").content.decode()


# ---------------------------------------------------------------- the day of the last visit
def test_a_day_is_noted_once(client: StrictClient, camille: User, django_assert_num_queries: Any) -> None:
    before = timezone.localdate() - dt.timedelta(days=700)
    User.objects.filter(pk=camille.pk).update(last_activity_on=before, dormancy_notices=2)
    client.get("/espace/suivis/")
    camille.refresh_from_db()
    assert (camille.last_activity_on, camille.dormancy_notices) == (timezone.localdate(), 0)
    client.get("/espace/suivis/")
    with django_assert_num_queries(6):
        client.get("/espace/suivis/")


def test_a_request_that_asks_for_nobody_costs_no_query(rf: Any, django_assert_num_queries: Any) -> None:
    request = rf.get("/healthz")
    request.user = SimpleLazyObject(User.objects.get)
    with django_assert_num_queries(0):
        activity.ActivityMiddleware(lambda _request: HttpResponse())(request)


def test_an_older_day_never_replaces_a_newer_one(camille: User) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    User.objects.filter(pk=camille.pk).update(last_activity_on=tomorrow)
    activity.note(camille)
    camille.refresh_from_db()
    assert camille.last_activity_on == tomorrow
