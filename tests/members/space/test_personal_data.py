"""What the space knows of a person: shown to her, and erased."""

from __future__ import annotations

import pytest

from common.registries import personal_data
from members.models import (
    Announcement,
    DigestState,
    Follow,
    Kind,
    Notification,
    NotificationRhythm,
    Rhythm,
    User,
)
from tests.factories.shared import ThemeFactory
from tests.members.companies.people import person
from tests.members.space.told import happen, publish, rhythm_of

pytestmark = pytest.mark.django_db
MINE = ("members.follows", "members.notifications", "members.rhythms")


@pytest.fixture
def camille() -> User:
    user = person("Camille Durand")
    ThemeFactory(slug="tutorat")
    Follow.objects.create(user=user, kind="theme", target="tutorat")
    Follow.objects.create(user=user, kind="organisation", target="fermee")
    rhythm_of(user, Kind.FOLLOW, Rhythm.DAILY)
    DigestState.objects.create(user=user)
    happen(user)
    return user


def test_everything_is_exported_in_words(camille: User) -> None:
    found = {data.key: list(data.export(camille)) for data in personal_data if data.key in MINE}
    assert [row["name"] for row in found["members.follows"]] == ["fermee", "Tutorat"]
    assert [row["text"] for row in found["members.notifications"]] == ["Camille vous écrit."]
    assert len(found["members.rhythms"]) == 1


def test_every_value_has_a_name_for_readers(camille: User) -> None:
    for data in personal_data:
        if data.key in MINE:
            assert {name for row in data.export(camille) for name in row} <= set(data.labels)


def test_everything_is_erased_and_it_may_be_done_twice(camille: User) -> None:
    other = person("Dominique Autre")
    happen(other, "Camille vous écrit.", actor=camille)
    happen(other, "Un rappel.")
    publish(author=camille)
    for _again in range(2):
        for data in personal_data:
            if data.key in MINE:
                assert list(data.erase(camille, True)) == []
    assert [model.objects.count() for model in (Follow, NotificationRhythm, DigestState)] == [0, 0, 0]
    assert [row.text for row in Notification.objects.all()] == ["Un rappel."]
    assert Announcement.objects.get().author is None
