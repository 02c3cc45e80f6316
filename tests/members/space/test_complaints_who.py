"""What users of such platforms complain of: drafts announced, and the wrong people told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from common import bounces
from common.models import Bounce
from members.models import Announcement, Block, Follow, User
from members.space.notification import take_back
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
    tick,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille() -> User:
    return follower("Camille Durand")


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
