"""Stopping letters from the letter itself."""

from __future__ import annotations

import pytest
from django.test import Client

from members.models import Kind, NotificationRhythm, Profile, Rhythm, User
from members.space import rhythms
from members.space.unsubscribing import address_for, token_for
from tests.harness.client import StrictClient
from tests.members.companies.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille() -> User:
    return person("Camille Durand")


def address(user: User, *kinds: Kind) -> str:
    """What a letter about these kinds says."""
    return address_for(Profile.objects.get(user=user).public_id, kinds or (Kind.FOLLOW,))


def test_looking_changes_nothing_and_opens_no_session(client: StrictClient, camille: User) -> None:
    response = client.get(address(camille))
    assert (response.status_code, dict(client.cookies)) == (200, {})
    assert NotificationRhythm.objects.count() == 0


def test_a_mail_program_stops_the_letters_with_one_post(camille: User) -> None:
    robot = Client(enforce_csrf_checks=True)
    for _again in range(2):
        response = robot.post(address(camille), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert rhythms.rhythm_of(camille, Kind.FOLLOW) == Rhythm.NEVER


def test_only_the_kinds_of_that_letter_are_stopped(client: StrictClient, camille: User) -> None:
    client.post(address(camille, Kind.FOLLOW, Kind.EVENT), {"rhythm": "never"})
    chosen = rhythms.rhythms_of(camille)
    assert {kind for kind, rhythm in chosen.items() if rhythm == Rhythm.NEVER} == {Kind.FOLLOW, Kind.EVENT}


@pytest.mark.parametrize("rhythm", ["weekly", "daily", "now"])
def test_less_often_is_offered_and_so_is_coming_back(
    client: StrictClient, camille: User, rhythm: str
) -> None:
    client.post(address(camille, Kind.MESSAGE), {"rhythm": "never"})
    page = client.get(address(camille, Kind.MESSAGE)).content.decode()
    assert f'value="{rhythm}"' in page
    client.post(address(camille, Kind.MESSAGE), {"rhythm": rhythm})
    assert rhythms.rhythm_of(camille, Kind.MESSAGE) == rhythm


def test_it_works_for_whoever_is_signed_in_as_somebody_else(client: StrictClient, camille: User) -> None:
    other = person("Dominique Autre")
    client.force_login(other)
    client.post(address(camille), {"rhythm": "never"})
    assert [rhythms.rhythm_of(user, Kind.FOLLOW) for user in (camille, other)] == ["never", "weekly"]


def test_a_rhythm_that_does_not_exist_changes_nothing(client: StrictClient, camille: User) -> None:
    client.post(address(camille), {"rhythm": "hourly"})
    assert rhythms.rhythm_of(camille, Kind.FOLLOW) == Rhythm.WEEKLY


@pytest.mark.parametrize("token", ["abc", "abc.follow:signature", "x" * 300])
def test_a_wrong_link_says_so(client: StrictClient, token: str) -> None:
    response = client.get(f"/espace/desabonnement/{token}/")
    assert response.status_code == 404
    assert "members/space/unsubscribe_unknown.html" in [template.name for template in response.templates]


def test_a_link_of_somebody_else_cannot_be_made_from_ones_own(client: StrictClient, camille: User) -> None:
    other = Profile.objects.get(user=person("Dominique Autre")).public_id
    mine = token_for(Profile.objects.get(user=camille).public_id, [Kind.FOLLOW])
    forged = mine.replace(mine.partition(".")[0], other)
    assert client.post(f"/espace/desabonnement/{forged}/", {"rhythm": "never"}).status_code == 404


def test_a_closed_account_is_not_written_to_any_more(client: StrictClient, camille: User) -> None:
    User.objects.filter(pk=camille.pk).update(is_active=False)
    assert client.get(address(camille)).status_code == 404


def test_the_page_says_nothing_of_whose_account_it_is(client: StrictClient, camille: User) -> None:
    page = client.get(address(camille)).content.decode()
    assert [word in page for word in (camille.email, "Camille", "Durand")] == [False] * 3
