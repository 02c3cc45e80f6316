"""What users of such platforms complain of: repeats, empty letters, no way out."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from members.models import Announcement, Follow, Kind, Notification, Rhythm, User
from members.space import announcing, digest, rhythms
from members.space.notification import mark_read
from tests.factories.shared import ThemeFactory
from tests.members.space.told import (
    MINUTE,
    MONDAY,
    NEXT_MONDAY,
    THEME,
    TUESDAY,
    WEDNESDAY,
    days,
    follower,
    happen,
    letters,
    minutes,
    publish,
    rhythm_of,
    tick,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille() -> User:
    return follower("Camille Durand")


# ---------------------------------------------------------------- repeats in the summary (HumHub 6643)
def test_repeats_what_was_told_at_once_is_in_no_summary(camille: User) -> None:
    happen(camille)
    minutes(TUESDAY, 20)
    rhythm_of(camille, Kind.MESSAGE, Rhythm.DAILY)
    days(WEDNESDAY, 7)
    assert len(letters()) == 1


def test_repeats_a_change_of_rhythm_repeats_nothing(camille: User) -> None:
    publish("Avant lundi", MONDAY - dt.timedelta(days=1))
    tick(MONDAY + 5 * MINUTE)
    for rhythm in (Rhythm.DAILY, Rhythm.NOW, Rhythm.NEVER, Rhythm.WEEKLY):
        rhythms.choose(camille, {Kind.FOLLOW: rhythm})
        days(TUESDAY, 7)
    assert len(letters()) == 1


def test_repeats_one_thing_on_two_followed_themes_is_one_line(camille: User) -> None:
    Follow.objects.create(user=camille, kind="theme", target="aidants", since=MONDAY - dt.timedelta(days=9))
    with time_machine.travel(TUESDAY, tick=False):
        both = [ThemeFactory(slug=THEME), ThemeFactory(slug="aidants")]
        announcing.announce("practice", "test:1", "Un relais", "/bonnes-pratiques/relais/", both)
    tick(NEXT_MONDAY + 5 * MINUTE)
    assert (letters()[0].subject, letters()[0].text.count("Un relais")) == ("Un relais", 1)


def test_repeats_a_translation_announces_nothing_again(camille: User) -> None:
    publish("Quatorze binômes")
    publish("Fourteen pairs", WEDNESDAY, key="test:Quatorze binômes", language="en", url="/en/pairs/")
    tick(NEXT_MONDAY + 5 * MINUTE)
    days(NEXT_MONDAY, 8)
    assert [letter.subject for letter in letters()] == ["Quatorze binômes"]


def test_repeats_what_comes_back_on_line_is_not_told_again(camille: User) -> None:
    publish()
    tick(NEXT_MONDAY + 5 * MINUTE)
    announcing.withdraw("test:Quatorze binômes")
    publish(at=NEXT_MONDAY + dt.timedelta(days=1))
    tick(NEXT_MONDAY + dt.timedelta(days=7, minutes=5))
    assert len(letters()) == 1


# ---------------------------------------------------------------- empty digests (gcconnex 1672)
def test_empty_digests_are_never_sent(camille: User) -> None:
    days(TUESDAY, 21)
    assert letters() == []


def test_empty_digests_what_was_withdrawn_leaves_no_letter(camille: User) -> None:
    publish()
    announcing.withdraw("test:Quatorze binômes")
    days(TUESDAY, 14)
    assert letters() == []


def test_empty_digests_what_was_read_in_the_space_leaves_no_letter(camille: User) -> None:
    happen(camille, kind=Kind.CONVERSATION)
    mark_read(camille)
    days(TUESDAY, 14)
    assert letters() == []


def test_empty_digests_an_event_that_is_over_leaves_no_letter(camille: User) -> None:
    publish(kind="event", expires_at=WEDNESDAY)
    days(TUESDAY, 14)
    assert letters() == []


# ---------------------------------------------------------------- unsubscribe without login (HumHub 3507)
def test_unsubscribing_takes_one_click_and_no_login(camille: User, client: Client) -> None:
    publish()
    tick(NEXT_MONDAY + 5 * MINUTE)
    link = letters()[0].headers["List-Unsubscribe"].strip("<>")
    assert link in letters()[0].text
    path = link.partition("://")[2].partition("/")[2]
    response = Client(enforce_csrf_checks=True).post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, rhythms.rhythm_of(camille, Kind.FOLLOW)) == (200, Rhythm.NEVER)
    publish("Encore", NEXT_MONDAY + dt.timedelta(days=1))
    days(NEXT_MONDAY + dt.timedelta(days=1), 14)
    assert len(letters()) == 1


def test_bulk_loading_announces_nothing_by_mail(camille: User) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        announcing.announce(
            "practice",
            "test:old",
            "Une pratique de 2021",
            "/bonnes-pratiques/2021/",
            [ThemeFactory(slug=THEME)],
            published_at=TUESDAY - dt.timedelta(days=10),
        )
    days(TUESDAY, 14)
    assert (letters(), Announcement.objects.get().quiet) == ([], True)


def test_marks_are_written_with_the_letter(camille: User) -> None:
    happen(camille)
    with time_machine.travel(TUESDAY + 3 * MINUTE, tick=False):
        digest.tell_at_once()
    assert Notification.objects.get().told_at == TUESDAY + 3 * MINUTE
