from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from common.models import Operation, OutboxMessage, Theme
from home.models import ContactMessage
from tests.factories.pages import (
    EventPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    ToolPageFactory,
    VideoPageFactory,
)
from tests.factories.shared import CommuneFactory, OrganisationFactory, ThemeFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import member_of_staff, sign_in, texts

LISTS = {
    "news": (NewsPageFactory, "news"),
    "videos": (VideoPageFactory, "videos"),
    "events": (EventPageFactory, "events"),
    "practices": (PracticePageFactory, "practices"),
    "tools": (ToolPageFactory, "tools"),
}


@pytest.fixture
def administrator(client: StrictClient, tree: Tree) -> StrictClient:
    sign_in(client)
    return client


def queries_of(client: StrictClient, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_pages_costs_the_same_with_one_and_with_three(
    client: StrictClient, tree: Tree, name: str
) -> None:
    """Without the right to translate: wagtail-localize asks the database twice a row."""
    sign_in(client, member_of_staff(page=tree.home, actions=["add", "change", "publish"]))
    factory, parent = LISTS[name]
    url = reverse(f"admin_{name}:index")
    factory(parent=getattr(tree, parent))
    client.get(url)
    with_one = queries_of(client, url)
    for _time in range(2):
        factory(parent=getattr(tree, parent))
    client.get(url)
    assert queries_of(client, url) == with_one


@pytest.mark.parametrize(
    ("fields", "wants"),
    [
        ({"address": "", "file": "private/films/a.mp4"}, ["no captions", "no transcript"]),
        ({"address": "", "file": "a.mp4", "captions": "a.vtt", "transcript": "Bonjour."}, []),
        ({"transcript": "Bonjour."}, ["captions: see the host"]),
    ],
)
def test_the_list_of_videos_says_what_each_still_wants(
    administrator: StrictClient, tree: Tree, fields: dict[str, str], wants: list[str]
) -> None:
    VideoPageFactory(parent=tree.videos, **fields)
    html = administrator.get(reverse("admin_videos:index")).content.decode()
    assert texts(html, "wants") == wants


def test_the_videos_to_complete_can_be_listed_alone(administrator: StrictClient, tree: Tree) -> None:
    VideoPageFactory(parent=tree.videos, transcript="Bonjour.")
    bare = VideoPageFactory(parent=tree.videos)
    response = administrator.get(reverse("admin_videos:index"), {"wants": "transcript"})
    assert [page.pk for page in response.context["pages"]] == [bare.pk]


def test_coming_events_are_listed_the_nearest_first(administrator: StrictClient, tree: Tree) -> None:
    EventPageFactory(parent=tree.events, past=True)
    far = EventPageFactory(parent=tree.events, starts_at=timezone.now() + dt.timedelta(days=20))
    near = EventPageFactory(parent=tree.events)
    response = administrator.get(reverse("admin_events:index"), {"when": "coming"})
    assert [page.pk for page in response.context["pages"]] == [near.pk, far.pk]


@pytest.fixture
def message(db: None) -> ContactMessage:
    row: ContactMessage = ContactMessage.objects.create(
        subject="other", name="La responsable RH", email="rh@example.org", message="Bonjour\nÀ vous"
    )
    return row


def test_a_message_is_marked_as_handled_once_and_the_history_says_by_whom(
    administrator: StrictClient, message: ContactMessage
) -> None:
    url = reverse("admin_messages:handle", args=[message.pk])
    for _time in range(2):
        administrator.post(url)
    message.refresh_from_db()
    assert message.handled_at is not None
    assert list(ModelLogEntry.objects.values_list("action", flat=True)) == ["home.handle"]


def test_a_message_received_cannot_be_rewritten(administrator: StrictClient, message: ContactMessage) -> None:
    assert administrator.get(f"/admin/messages/edit/{message.pk}/").status_code == 404
    assert administrator.get("/admin/messages/new/").status_code == 404
    assert administrator.get(reverse("admin_messages:handle", args=[message.pk])).status_code == 405


@pytest.fixture
def failed(db: None) -> OutboxMessage:
    send_mail("Votre place", "Elle est gardée.", None, ["a@example.org"])
    OutboxMessage.objects.update(given_up_at=timezone.now(), attempts=7, last_error="550 unknown user")
    return OutboxMessage.objects.get()


def test_a_failed_mail_shows_its_text_and_can_be_sent_again(
    administrator: StrictClient, failed: OutboxMessage
) -> None:
    url = reverse("admin_outbox:inspect", args=[failed.pk])
    fields = {field["label"]: field["value"] for field in administrator.get(url).context["fields"]}
    assert (fields["State"], fields["Text"], fields["Last error"]) == (
        "Failed",
        "Elle est gardée.",
        "550 unknown user",
    )
    administrator.post(reverse("admin_outbox:handle", args=[failed.pk]))
    assert [row.pk for row in OutboxMessage.objects.due()] == [failed.pk]


@pytest.mark.parametrize(("state", "found"), [("failed", 1), ("waiting", 0), ("sent", 0)])
def test_mail_is_listed_by_state(
    administrator: StrictClient, failed: OutboxMessage, state: str, found: int
) -> None:
    response = administrator.get(reverse("admin_outbox:index"), {"state": state})
    assert len(response.context["object_list"]) == found


def test_the_words_of_a_theme_are_mended_in_each_language(administrator: StrictClient) -> None:
    theme: Any = ThemeFactory(slug="tutorat")
    answers = {
        "names_fr": "Tutorat",
        "names_en": "Tutoring",
        "names_nl": "",
        "descriptions_fr": "Apprendre à deux.",
        "descriptions_en": "",
        "descriptions_nl": "",
    }
    administrator.post(reverse("admin_themes:edit", args=[theme.pk]), answers)
    theme.refresh_from_db()
    assert theme.names == {"fr": "Tutorat", "en": "Tutoring"}


def test_a_theme_keeps_its_french_name(administrator: StrictClient) -> None:
    theme: Any = ThemeFactory(slug="tutorat")
    response = administrator.post(reverse("admin_themes:edit", args=[theme.pk]), {"names_en": "Tutoring"})
    assert set(response.context["form"].errors) == {"names", "descriptions"}
    assert Theme.objects.get(pk=theme.pk).names == theme.names


def test_the_thirteen_themes_are_neither_more_nor_less(administrator: StrictClient) -> None:
    theme: Any = ThemeFactory()
    assert administrator.get("/admin/themes/new/").status_code == 404
    assert administrator.get(f"/admin/themes/delete/{theme.pk}/").status_code == 404


def test_a_commune_has_its_postal_codes_one_a_line(administrator: StrictClient) -> None:
    commune: Any = CommuneFactory()
    answers = {"names_fr": "Lille", "names_nl": "Rijsel", "postal_codes": "59000\n\n 59160 \n"}
    administrator.post(reverse("admin_communes:edit", args=[commune.pk]), answers)
    commune.refresh_from_db()
    assert (commune.names, commune.postal_codes) == ({"fr": "Lille", "nl": "Rijsel"}, ["59000", "59160"])


def test_an_operation_names_its_funders_in_order(administrator: StrictClient) -> None:
    answers = {
        "title": "Agir après 50 ans",
        "slug": "agir",
        "funders": "Union européenne\nMEL",
        "starts": "2024-01-01",
        "ends": "2026-12-31",
        "keep_until": "2035-12-31",
        "wording": "Cofinancé par l’Union européenne",
        "emblem": "eu",
    }
    administrator.post(reverse("admin_operations:add"), answers)
    assert Operation.objects.get().funders == ["Union européenne", "MEL"]


def test_a_company_is_found_by_its_name(administrator: StrictClient) -> None:
    OrganisationFactory(name="Menuiserie des Weppes")
    OrganisationFactory(name="Ruche Binaire")
    response = administrator.get(reverse("admin_organisations:index"), {"q": "weppes"})
    assert [str(row) for row in response.context["object_list"]] == ["Menuiserie des Weppes"]
