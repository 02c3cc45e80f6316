"""What users of such platforms complain of, one test each: when one is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from members.models import Announcement, Kind, Rhythm, User
from members.space import emails
from tests.members.space.told import (
    MINUTE,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    WEDNESDAY,
    days,
    follower,
    happen,
    letters,
    minutes,
    publish,
    recipients,
    rhythm_of,
    subject,
    tick,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille() -> User:
    return follower("Camille Durand")


# ---------------------------------------------------------------- duplicates (Recoco 472)
def test_duplicates_what_happened_once_is_told_once(camille: User) -> None:
    happen(camille)
    happen(camille)
    minutes(TUESDAY, 20)
    assert [letter.subject for letter in letters()] == ["Camille vous écrit."]


def test_duplicates_what_is_announced_twice_is_told_once(camille: User) -> None:
    publish()
    publish(at=WEDNESDAY)
    days(TUESDAY, 20)
    assert [letter.subject for letter in letters()] == ["Quatorze binômes"]


# ---------------------------------------------------------------- too early (Recoco 889)
def test_too_early_nothing_leaves_before_its_hour(camille: User) -> None:
    publish()
    left = []
    for day in range(7):
        for hour in (0, 7.5, 7.6, 12, 23):
            moment = TUESDAY.replace(hour=0, minute=0) + dt.timedelta(days=day, hours=hour)
            if tick(moment):
                left.append(moment)
    assert left == [NEXT_MONDAY.replace(minute=36)]


def test_too_early_a_round_that_was_missed_is_not_made_up_for_at_night(camille: User) -> None:
    publish()
    assert tick(NEXT_MONDAY.replace(hour=23)) == 0
    assert tick(NEXT_MONDAY + dt.timedelta(days=1)) == 1


# ---------------------------------------------------------------- bursts (Recoco 982)
def test_bursts_what_happens_together_is_one_letter(camille: User) -> None:
    for number in range(10):
        happen(camille, f"Message {number}", TUESDAY + number * dt.timedelta(seconds=8))
    minutes(TUESDAY, 10)
    assert [letter.subject for letter in letters()] == [subject("Message 0", 9)]


def test_bursts_a_quarter_of_an_hour_is_the_longest_wait(camille: User) -> None:
    for number in range(40):
        happen(camille, f"Message {number}", TUESDAY + number * MINUTE)
        tick(TUESDAY + number * MINUTE)
    minutes(TUESDAY + 40 * MINUTE, 5)
    assert [letter.subject for letter in letters()] == [
        subject("Message 0", 15),
        subject("Message 16", 15),
        subject("Message 32", 7),
    ]


def test_bursts_monday_brings_one_letter_for_the_day_and_the_week(camille: User) -> None:
    publish()
    happen(camille, "Une réponse vous attend.", TUESDAY + dt.timedelta(days=5), kind=Kind.CONVERSATION)
    days(NEXT_MONDAY, 1)
    assert [letter.subject for letter in letters()] == [subject("Une réponse vous attend", 1)]


# ---------------------------------------------------------------- irregular (Recoco 1236)
def test_irregular_daily_mail_leaves_each_working_morning_and_no_other_time(camille: User) -> None:
    rhythm_of(camille, Kind.FOLLOW, Rhythm.DAILY)
    for day in range(14):
        publish(f"Jour {day}", TUESDAY.replace(hour=11) + dt.timedelta(days=day))
    days(TUESDAY, 15)
    assert [letter.subject for letter in letters()] == [
        *("Jour 0", "Jour 1", "Jour 2", subject("Jour 5", 2)),
        *("Jour 6", "Jour 7", "Jour 8", "Jour 9", subject("Jour 12", 2), "Jour 13"),
    ]


def test_irregular_a_stopped_server_makes_up_for_its_monday_and_keeps_the_next(camille: User) -> None:
    publish("Avant lundi", MONDAY - dt.timedelta(days=2))
    publish("Après lundi", TUESDAY)
    tick(WEDNESDAY.replace(hour=10))
    tick(WEDNESDAY.replace(hour=15))
    assert [letter.subject for letter in letters()] == ["Avant lundi"]
    tick(NEXT_MONDAY + 5 * MINUTE)
    assert [letter.subject for letter in letters()] == ["Avant lundi", "Après lundi"]


# ---------------------------------------------------------------- none (Recoco 1205)
def test_none_everybody_concerned_is_told(camille: User) -> None:
    others = [follower(f"Lecteur {number}") for number in range(5)]
    publish()
    tick(NEXT_MONDAY + 5 * MINUTE)
    assert recipients() == sorted(user.email for user in (camille, *others))


def test_none_a_letter_that_cannot_be_written_holds_up_nobody_else_and_is_tried_again(
    camille: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower("Dominique Autre")
    publish()
    written = emails.letter_for

    def fail_for_camille(name: str, *rest: Any) -> Any:
        if name == "Camille":
            raise RuntimeError("no words")
        return written(name, *rest)

    monkeypatch.setattr("members.space.telling.letter_for", fail_for_camille)
    assert tick(NEXT_MONDAY + 5 * MINUTE) == 1
    monkeypatch.setattr("members.space.telling.letter_for", written)
    assert tick(NEXT_MONDAY + 10 * MINUTE) == 1
    assert camille.email in recipients()


def test_none_what_commits_late_is_told_all_the_same(camille: User) -> None:
    rhythm_of(camille, Kind.FOLLOW, Rhythm.DAILY)
    late = publish("Engagée tard", WEDNESDAY - dt.timedelta(seconds=1))
    assert late is not None
    Announcement.objects.filter(pk=late.pk).update(withdrawn_at=timezone.now())
    publish("Engagée tôt", WEDNESDAY - dt.timedelta(seconds=1))
    assert tick(WEDNESDAY + MINUTE) == 0
    Announcement.objects.filter(pk=late.pk).update(withdrawn_at=None)
    tick(WEDNESDAY + 3 * MINUTE)
    assert "Engagée tard" in letters()[0].text
