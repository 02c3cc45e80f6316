"""Being told: once, in one's own language, with a link that leads there."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext_lazy, override

from members.models import Kind, Notification, Rhythm
from members.space import rhythms
from members.space.notification import mark_read, notify, path_in, unread
from tests.harness.client import StrictClient
from tests.members.companies.people import person
from tests.members.space.told import happen, rhythm_of

pytestmark = pytest.mark.django_db


def test_a_text_is_written_in_the_language_of_who_reads_it() -> None:
    told = [
        notify(person("Lecteur", language=language), Kind.EVENT, key="1", text=gettext_lazy("News"), url="/")
        for language in ("fr", "en")
    ]
    assert [row.text for row in told if row] == ["Actualités", "News"]


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/espace/suivis/", "en", "/en/espace/suivis/"),
        ("/espace/messages/?tab=waiting", "nl", "/nl/espace/messages/?tab=waiting"),
        ("/bonnes-pratiques/un-relais/", "en", "/bonnes-pratiques/un-relais/"),
        ("/healthz", "en", "/healthz"),
    ],
)
def test_an_address_is_that_of_the_readers_language(path: str, language: str, expected: str) -> None:
    assert path_in(path, language) == expected


def test_an_address_of_another_language_leads_back() -> None:
    with override("en"):
        assert path_in("/en/espace/suivis/", "fr") == "/espace/suivis/"


def test_reading_where_it_happened_counts_in_every_language() -> None:
    user = person()
    happen(user, url="/espace/suivis/")
    user.language = "en"
    user.save()
    with override("en"):
        assert mark_read(user, url="/en/espace/suivis/") == 1


def test_somebody_who_wants_no_mail_is_told_in_the_space_only() -> None:
    user = person()
    rhythm_of(user, Kind.MESSAGE, Rhythm.NEVER)
    told = happen(user)
    assert told.told_at is not None
    assert unread(user).total == 1


def test_long_texts_are_cut_to_what_a_line_holds() -> None:
    told = happen(person(), "é" * 400, key="long")
    assert len(told.text) == 300


def test_conversations_are_counted_once_whatever_their_messages() -> None:
    user = person()
    for number, url in enumerate(("/espace/messages/a/", "/espace/messages/a/", "/espace/messages/b/")):
        happen(user, f"Message {number}", url=url)
    happen(user, "Une demande", kind=Kind.COMPANY)
    assert (unread(user).total, unread(user).messages) == (4, 2)


# ---------------------------------------------------------------- the page
def test_the_list_is_ones_own_and_marks_what_is_unread(client: StrictClient) -> None:
    user = person()
    happen(user)
    happen(person("Quelqu’un d’autre"), "Pas pour moi")
    client.force_login(user)
    page = client.get("/espace/notifications/").content.decode()
    assert (page.count("is-unread"), "Pas pour moi" in page) == (1, False)


def test_an_empty_list_invites(client: StrictClient) -> None:
    client.force_login(person())
    assert 'class="empty"' in client.get("/espace/notifications/").content.decode()


def test_twenty_are_shown_a_page(client: StrictClient) -> None:
    user = person()
    for number in range(21):
        happen(user, f"Message {number}")
    client.force_login(user)
    pages = [
        client.get(f"/espace/notifications/?page={number}").context["listing"].items for number in (1, 2)
    ]
    assert [len(page) for page in pages] == [20, 1]


def test_opening_one_marks_it_and_nobody_elses(client: StrictClient) -> None:
    user, other = person(), person("Quelqu’un d’autre")
    happen(user, url="/espace/suivis/")
    happen(other, url="/espace/suivis/")
    client.force_login(user)
    response = client.get("/espace/notifications/ouvrir/?vers=/espace/suivis/")
    assert (response.status_code, response["Location"]) == (302, "/espace/suivis/")
    assert list(Notification.objects.filter(read_at=None).values_list("user", flat=True)) == [other.pk]


@pytest.mark.parametrize("url", ["https://ailleurs.example/", "//ailleurs.example", "", "/espace/profil/"])
def test_only_what_one_was_told_of_is_opened(client: StrictClient, url: str) -> None:
    user = person()
    happen(user)
    client.force_login(user)
    assert client.get("/espace/notifications/ouvrir/", {"vers": url}).status_code == 404


def test_everything_is_marked_as_read_at_once(client: StrictClient) -> None:
    user = person()
    for number in range(3):
        happen(user, f"Message {number}")
    client.force_login(user)
    assert client.get("/espace/notifications/lues/").status_code == 405
    client.post("/espace/notifications/lues/")
    assert unread(user).total == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_is_that_of_one_row(
    client: StrictClient, django_assert_num_queries: Any, rows: int
) -> None:
    user = person()
    for number in range(rows):
        happen(user, f"Message {number}")
    client.force_login(user)
    client.get("/espace/notifications/")
    with django_assert_num_queries(6):
        client.get("/espace/notifications/")


# ---------------------------------------------------------------- settings
def test_rhythms_begin_with_their_defaults_and_keep_what_is_chosen(client: StrictClient) -> None:
    user = person()
    client.force_login(user)
    form = client.get("/espace/reglages/").context["form"]
    assert form.initial == {
        **dict.fromkeys(("message", "company", "contribution", "event"), "now"),
        "conversation": "daily",
        "follow": "weekly",
    }
    chosen = {**form.initial, "message": "weekly", "follow": "never"}
    assert client.post("/espace/reglages/", chosen).status_code == 302
    assert rhythms.rhythms_of(user) == chosen


def test_a_rhythm_that_does_not_exist_is_refused_and_nothing_is_saved(client: StrictClient) -> None:
    user = person()
    client.force_login(user)
    sent = {**rhythms.rhythms_of(user), "message": "hourly", "follow": "never"}
    response = client.post("/espace/reglages/", sent)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["message"])
    assert rhythms.rhythm_of(user, Kind.FOLLOW) == Rhythm.WEEKLY


def test_the_language_is_chosen_and_the_space_shown_in_it(client: StrictClient) -> None:
    user = person()
    client.force_login(user)
    response = client.post("/espace/reglages/langue/", {"language": "nl"})
    user.refresh_from_db()
    assert (user.language, response["Location"]) == ("nl", "/nl/espace/reglages/")


def test_a_language_that_does_not_exist_changes_nothing(client: StrictClient) -> None:
    user = person()
    client.force_login(user)
    client.post("/espace/reglages/langue/", {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "fr"
