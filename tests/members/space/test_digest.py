"""The rounds of mail: killed, begun anew, two at once; nobody is told twice, and nobody is left out."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from common.models import OutboxMessage
from common.ticking import jobs
from members.models import Announcement, DigestState, Kind, Notification, Rhythm
from members.space import digest, due, runs
from members.space.telling import Batch, Newspaper
from tests.harness.client import StrictClient
from tests.members.space.told import (
    MINUTE,
    NEXT_MONDAY,
    TUESDAY,
    follower,
    happen,
    letters,
    publish,
    recipients,
    rhythm_of,
    tick,
)

pytestmark = pytest.mark.django_db
THEN = NEXT_MONDAY + 5 * MINUTE


def weekly() -> runs.Run:
    """The round of Monday morning."""
    run = runs.of_the_morning(THEN)
    assert run is not None
    return run


def test_a_round_killed_in_the_middle_is_begun_anew_without_repeating(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = [follower(f"Lecteur {number}") for number in range(6)]
    publish()
    write, batches = digest.write, []

    def die_in_the_second(run: runs.Run, tellings: Any) -> int:
        batches.append(tellings)
        sent = write(run, tellings)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return sent

    monkeypatch.setattr(digest, "write", die_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        digest.send(weekly(), batch_size=2)
    monkeypatch.setattr(digest, "write", write)
    digest.send(weekly(), batch_size=2)
    digest.send(weekly(), batch_size=2)
    assert recipients() == sorted(user.email for user in people)


def test_a_batch_that_fails_leaves_neither_letters_nor_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    happen(follower())

    def fail(*_arguments: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(digest, "remember", fail)
    with pytest.raises(RuntimeError):
        digest.send(runs.at_once(TUESDAY + 5 * MINUTE))
    assert (OutboxMessage.objects.count(), Notification.objects.filter(told_at=None).count()) == (0, 1)


def test_two_rounds_at_once_write_one_letter_each() -> None:
    people = [follower(f"Lecteur {number}") for number in range(3)]
    happen(people[0], at=TUESDAY)
    publish()
    run = weekly()
    newest = due.newest_by_rhythm(run)
    rounds = [
        Batch(run, newest, Newspaper(run), list(due.people_to_tell(run, newest, 0))).tellings()
        for _number in range(2)
    ]
    assert [digest.write(run, tellings) for tellings in rounds] == [3, 0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_whoever_another_round_holds_is_left_to_it() -> None:
    from tests.members.space.held import held  # noqa: PLC0415

    mine, other = follower("Camille Durand"), follower("Dominique Autre")
    publish()
    with held(DigestState.objects.create(user=other)):
        digest.send(weekly())
    assert recipients() == [mine.email]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_people_or_news(
    django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        happen(follower(f"Lecteur {number}"), f"Message {number}", TUESDAY)
        rhythm_of(Notification.objects.get(text=f"Message {number}").user, Kind.MESSAGE, Rhythm.WEEKLY)
        publish(f"Pratique {number}")
    with django_assert_num_queries(21):
        assert digest.send(weekly()) == rows
    with django_assert_num_queries(3):
        digest.send(weekly())


def test_nothing_to_tell_costs_two_queries_a_minute(django_assert_num_queries: Any) -> None:
    follower()
    with django_assert_num_queries(2):
        digest.send(runs.at_once(TUESDAY))


def test_a_letter_is_in_the_language_of_who_reads_it() -> None:
    for language in ("fr", "en", "nl"):
        follower(f"Lecteur {language}", language=language)
    publish()
    publish("Fourteen pairs", key="test:Quatorze binômes", language="en", url="/en/pairs/")
    tick(THEN)
    subjects = {letter.headers["Content-Language"]: letter.subject for letter in letters()}
    assert subjects == {"fr": "Quatorze binômes", "en": "Fourteen pairs", "nl": "Quatorze binômes"}


def test_a_letter_shows_twenty_lines_and_says_how_many_more_there_are() -> None:
    follower()
    for number in range(23):
        publish(f"Pratique {number:02}", TUESDAY + number * MINUTE)
    tick(THEN)
    text = letters()[0].text
    assert [f"Pratique {number:02}" in text for number in (22, 3, 2)] == [True, True, False]
    assert Announcement.objects.filter(told_at=THEN).count() == 23


def test_a_letter_names_who_writes_why_and_how_to_stop() -> None:
    user = follower()
    happen(user)
    tick(TUESDAY + 5 * MINUTE)
    letter = letters()[0]
    assert letter.to == user.email
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(Kind.MESSAGE.label) in letter.text


def test_a_notification_opens_where_it_happened_and_is_read(client: StrictClient) -> None:
    user = follower()
    happen(user, url="/espace/suivis/")
    tick(TUESDAY + 5 * MINUTE)
    path = letters()[0].text.partition("http://localhost")[2].split()[0].partition("/")[2]
    client.force_login(user)
    response = client.get(f"/{path}")
    assert (response.status_code, response["Location"]) == (302, "/espace/suivis/")
    assert Notification.objects.filter(read_at=None).count() == 0


def test_the_tick_runs_both_rounds(django_capture_on_commit_callbacks: Any) -> None:
    names = [job.name for job in jobs.all()]
    assert {"members.tell_at_once", "members.tell_in_the_morning"} <= set(names)
    happen(follower())
    with time_machine.travel(TUESDAY + 5 * MINUTE, tick=False):
        call_command("tick")
    assert [letter.subject for letter in letters()] == ["Camille vous écrit."]
