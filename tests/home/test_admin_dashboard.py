from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from common.models import OutboxMessage
from home.models import ContactMessage
from tests.factories.pages import (
    EventPageFactory,
    PracticePageFactory,
    StandardPageFactory,
    ToolPageFactory,
    VideoPageFactory,
)
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import member_of_staff, sign_in, texts

HOME = "/admin/"
NAMES = {"Publish a news item", "Publish a video", "Announce an event"}


def write_to_us(**changes: Any) -> ContactMessage:
    answers = {
        "subject": "charter",
        "name": "La responsable RH",
        "email": "rh@example.org",
        "message": "Bonjour",
    }
    message: ContactMessage = ContactMessage.objects.create(**{**answers, **changes})
    return message


def give_up_a_mail() -> None:
    send_mail("Votre place", "Bonjour", None, ["a@example.org"])
    OutboxMessage.objects.update(given_up_at=timezone.now())


def grow_old(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - dt.timedelta(days=400))


def waiting_rows(tree: Tree) -> None:
    """One of everything that can wait."""
    write_to_us()
    give_up_a_mail()
    EventPageFactory(parent=tree.events)
    VideoPageFactory(parent=tree.videos, transcript="")
    ToolPageFactory(parent=tree.tools)
    grow_old(PracticePageFactory(parent=tree.practices))
    grow_old(StandardPageFactory(parent=tree.home))
    StandardPageFactory(parent=tree.home).save_revision()


def labels(client: StrictClient) -> list[str]:
    return texts(client.get(HOME).content.decode(), "waiting__label")


def test_the_dashboard_says_what_waits(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    waiting_rows(tree)
    assert labels(client) == [
        "1 message waits for an answer",
        "1 e-mail could not be sent",
        "1 draft not published",
        "1 coming event without a programme",
        "1 video without captions or transcript",
        "1 tool without an accessible file",
        "1 page not revised for a year",
    ]


def test_what_waits_leads_to_where_it_is_dealt_with(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    waiting_rows(tree)
    html = client.get(HOME).content.decode()
    targets = re.findall(r'href="([^"]+)"', html[html.index("waiting__groups") :])
    assert {client.get(target).status_code for target in targets if target.startswith("/admin/")} == {200}


@pytest.mark.django_db
def test_nothing_waits_on_an_empty_site(client: StrictClient) -> None:
    sign_in(client)
    assert texts(client.get(HOME).content.decode(), "waiting__nothing") == ["Nothing waits for you."]


def test_nobody_is_asked_to_do_what_they_may_not(client: StrictClient, tree: Tree) -> None:
    waiting_rows(tree)
    sign_in(client, member_of_staff("change_contactmessage"))
    assert labels(client) == ["1 message waits for an answer"]


def test_a_robot_and_a_handled_message_do_not_wait(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    write_to_us(suspicious=True)
    write_to_us(handled_at=timezone.now())
    assert labels(client) == []


def test_the_short_forms_stand_first_for_those_who_may_use_them(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    names = re.findall(r'<h3><a href="/admin/[a-z-]+/">([^<]+)</a>', client.get(HOME).content.decode())
    assert set(names) == NAMES
    sign_in(client, member_of_staff())
    assert "quick__form" not in client.get(HOME).content.decode()


def test_the_next_events_are_listed_the_nearest_first(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    EventPageFactory(parent=tree.events, title="Passé", past=True)
    for days in (20, 10):
        EventPageFactory(
            parent=tree.events, title=f"Dans {days}", starts_at=timezone.now() + dt.timedelta(days=days)
        )
    html = client.get(HOME).content.decode()
    panel = html[html.index("next-events__list") :]
    assert re.findall(r'edit/">([^<]+)</a>', panel) == ["Dans 10", "Dans 20"]


def counted(client: StrictClient) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(HOME).status_code == 200
    return len(queries)


def test_more_rows_do_not_mean_more_queries(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    client.get(HOME)
    waiting_rows(tree)
    with_one = counted(client)
    for _time in range(2):
        waiting_rows(tree)
    assert counted(client) == with_one


def test_nothing_comes_from_another_site(client: StrictClient, tree: Tree) -> None:
    sign_in(client)
    html = client.get(HOME).content.decode()
    loaded = re.findall(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="([^"]+)"', html)
    assert [address for address in loaded if not address.startswith("/")] == []


@pytest.mark.parametrize("name", ["help", "upgrade", "whats-new"])
def test_the_menu_is_trimmed_to_the_job(client: StrictClient, tree: Tree, name: str) -> None:
    sign_in(client)
    assert f'"name": "{name}"' not in client.get(HOME).content.decode()


NOUNS = (
    "news", "videos", "events", "practices", "tools", "signatures", "labels", "cohorts", "charter_versions",
    "engagements", "organisations", "operations", "messages", "outbox", "banners", "themes", "communes", "series",
)  # fmt: skip


def test_a_list_is_in_the_menu_of_those_who_may_write_there(client: StrictClient, tree: Tree) -> None:
    sign_in(client, member_of_staff(page=tree.events, actions=["add"]))
    html = client.get(HOME).content.decode()
    shown = [
        name for name in ("news", "videos", "events", "practices", "tools") if f'"/admin/{name}/"' in html
    ]
    assert shown == ["events"]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_of_the_menu_has_its_list(client: StrictClient, tree: Tree, noun: str) -> None:
    sign_in(client)
    waiting_rows(tree)
    url = reverse(f"admin_{noun}:index")
    assert url in client.get(HOME).content.decode()
    assert client.get(url).status_code == 200
