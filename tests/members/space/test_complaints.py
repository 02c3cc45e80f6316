"""What users of such platforms complain of, one test each: it does not happen here."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from common import bounces
from common.models import Bounce
from members.models import Announcement, Block, Follow, Kind, Notification, Rhythm, User
from members.space import announcing, digest, emails, rhythms
from members.space.notification import mark_read, take_back
from tests.factories.pages import EventPageFactory, PracticePageFactory
from tests.factories.shared import ThemeFactory, UserFactory
from tests.factories.site import Tree
from tests.members.companies.people import person
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
    assert [letter.subject for letter in letters()] == [subject("Une réponse vous attend.", 1)]


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


# ---------------------------------------------------------------- drafts announced (Recoco 316)
@pytest.fixture
def practices(tree: Tree) -> Any:
    return tree.practices


def draft(practices: Any, **fields: Any) -> Any:
    """A practice that nobody has published."""
    theme = ThemeFactory(slug=THEME)
    values = {"live": False, "first_published_at": None, "last_published_at": None, "lead_theme": theme}
    return PracticePageFactory(parent=practices, **{**values, **fields})


def test_drafts_are_not_announced(practices: Any) -> None:
    page = draft(practices)
    page.save_revision()
    assert Announcement.objects.count() == 0
    page.get_latest_revision().publish()
    assert Announcement.objects.get().title == page.title


def test_drafts_what_is_planned_is_announced_on_its_day(practices: Any) -> None:
    page = draft(practices)
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    page.save_revision().publish()
    assert Announcement.objects.count() == 0
    with time_machine.travel(page.go_live_at + MINUTE, tick=False):
        call_command("publish_scheduled")
    assert Announcement.objects.get().created_at == page.go_live_at + MINUTE


def test_drafts_a_change_not_published_changes_no_announcement(practices: Any) -> None:
    page = draft(practices)
    page.save_revision().publish()
    page.title = "Un titre pas encore relu"
    page.save_revision()
    assert Announcement.objects.get().title != page.title


# ---------------------------------------------------------------- before moderation (data.gouv 1283)
def test_before_moderation_nothing_is_announced(practices: Any) -> None:
    workflow = Workflow.objects.create(name="Relecture")
    task = GroupApprovalTask.objects.create(name="Relire")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    admin = UserFactory(admin=True)
    page = draft(practices)
    page.save_revision()
    state = workflow.start(page, admin)
    assert Announcement.objects.count() == 0
    state.current_task_state.approve(user=admin)
    assert Announcement.objects.get().title == page.title


# ---------------------------------------------------------------- wrong people (Recoco 1094)
def test_wrong_people_an_author_is_not_told_of_her_own(camille: User) -> None:
    author = follower("Dominique Autrice")
    publish(author=author)
    tick(NEXT_MONDAY + 5 * MINUTE)
    assert recipients() == [camille.email]


def test_wrong_people_only_followers_are_told_and_only_of_what_came_since(camille: User) -> None:
    person("Pas abonnée")
    follower("Autre thème", of="aidants")
    stopped = follower("Plus abonnée")
    late = follower("Abonnée trop tard")
    Follow.objects.filter(user=late).update(since=WEDNESDAY)
    publish()
    Follow.objects.filter(user=stopped).delete()
    tick(NEXT_MONDAY + 5 * MINUTE)
    assert recipients() == [camille.email]


def test_wrong_people_nobody_hears_from_somebody_she_blocked(camille: User) -> None:
    blocked = person("Importun Bloqué")
    Block.objects.create(blocker=camille, blocked=blocked)
    assert happen(camille, actor=blocked) is None


def test_wrong_people_nobody_is_told_of_her_own_doing(camille: User) -> None:
    assert happen(camille, actor=camille) is None


@pytest.mark.parametrize(
    "state",
    [
        {"is_active": False},
        {"dormancy_notices": 1},
        {"is_active": False, "anonymised_at": MONDAY, "first_name": "", "last_name": ""},
    ],
)
def test_wrong_people_closed_and_sleeping_accounts_get_nothing(camille: User, state: dict[str, Any]) -> None:
    publish()
    happen(camille)
    User.objects.filter(pk=camille.pk).update(**state)
    days(TUESDAY, 8)
    assert letters() == []


def test_wrong_people_unverified_addresses_get_nothing(camille: User) -> None:
    camille.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    publish()
    happen(camille)
    days(TUESDAY, 8)
    assert letters() == []


def test_wrong_people_a_refusing_address_gets_nothing_then_nor_later(camille: User) -> None:
    bounces.record(camille.email, Bounce.Kind.HARD, "550 5.1.1 unknown")
    publish()
    happen(camille)
    days(TUESDAY, 8)
    bounces.clear(camille.email)
    days(NEXT_MONDAY, 8)
    assert letters() == []


def test_wrong_people_an_event_for_a_group_is_announced_to_nobody(tree: Tree) -> None:
    page = EventPageFactory(parent=tree.events, audience="group", live=False, first_published_at=None)
    page.save_revision().publish()
    assert Announcement.objects.count() == 0


def test_wrong_people_a_request_that_was_withdrawn_is_told_to_nobody(camille: User) -> None:
    happen(camille, key="members.join_request:1")
    take_back("members.join_request:1")
    minutes(TUESDAY, 20)
    assert letters() == []


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
