"""The pages of one's own data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from common.registries import personal_data
from members.models import ConsentWording, DataExport, DataRequest, Notification, User
from members.privacy import consents, register
from tests.factories.shared import UserFactory
from tests.harness.client import StrictClient
from tests.members.companies.people import person
from tests.members.privacy.people import PASSWORD, known, letters_to, reauthenticated, working

pytestmark = pytest.mark.django_db
PAGE = "/espace/donnees/"
SCRIPT = "<script>alert(1)</script>"


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def test_the_page_counts_what_is_known_in_words() -> None:
    page = signed_in(known()).get(PAGE)
    counted = {section.key: section.count for section in page.context["sections"]}
    assert (counted["companies"], counted["contacts"], counted["invitations"]) == (1, 3, 3)
    assert counted["account"] is None
    assert "intents" in counted


def test_what_is_empty_is_not_listed() -> None:
    keys = [section.key for section in signed_in(person()).get(PAGE).context["sections"]]
    assert "companies" not in keys
    assert "account" in keys


def test_the_page_costs_the_same_whatever_there_is(django_assert_max_num_queries: Any) -> None:
    user = known()
    for _time in range(3):
        register.record_answered("access", user, "…")
        log(user, "wagtail.edit", user=user)
    client = signed_in(user)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


@pytest.mark.parametrize("key", [data.key for data in personal_data])
def test_each_section_can_be_read(key: str) -> None:
    user = known()
    working(user)
    User.objects.filter(pk=user.pk).update(first_name=SCRIPT)
    page = signed_in(user).get(f"{PAGE}voir/{key}/")
    assert page.status_code == 200
    assert SCRIPT not in page.content.decode()


def test_a_section_that_does_not_exist_is_not_found() -> None:
    assert signed_in(person()).get(f"{PAGE}voir/nothing/").status_code == 404


def test_a_long_section_shows_its_beginning() -> None:
    user = person()
    for number in range(60):
        Notification.objects.create(user=user, kind="company", key=str(number), text=f"n{number}", url="/")
    page = signed_in(user).get(f"{PAGE}voir/members.notifications/")
    assert (len(page.context["rows"]), page.context["more"]) == (50, True)


def test_nobody_else_may_keep_the_page() -> None:
    assert signed_in(person()).get(PAGE)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["", "voir/account/", "demande/", "effacer/"])
def test_pages_are_for_whoever_signed_in(path: str) -> None:
    assert StrictClient().get(PAGE + path)["Location"].startswith("/compte/login/?next=")


def test_what_staff_did_is_written_without_naming_them() -> None:
    user, staff = person(), UserFactory(admin=True, first_name="Dominique", last_name="Admin")
    log(user, "members.suspend", user=staff, data={"reason": "…"})
    log(user, "members.keep_account", user=user)
    page = signed_in(user).get(PAGE)
    assert {action: by for _at, action, by in page.context["history"]} == {
        gettext("Account suspended"): gettext("the association"),
        gettext("Erasure called off"): gettext("you"),
    }
    assert "Dominique" not in page.content.decode()


# ---------------------------------------------------------------- agreements
def test_new_words_are_agreed_to_with_one_button() -> None:
    user = person()
    client = signed_in(user)
    wording = client.get(PAGE).context["to_renew"][0]
    client.post(f"{PAGE}accords/terms/", {"version": wording.version})
    assert [one.version for one in consents.of(user)] == [wording.version]
    assert client.get(PAGE).context["to_renew"] == []


def test_nobody_agrees_to_words_they_did_not_see() -> None:
    user = person()
    client = signed_in(user)
    ConsentWording.objects.create(
        purpose="terms", version="3", texts={"fr": "Autre chose"}, since=timezone.now()
    )
    client.post(f"{PAGE}accords/terms/", {"version": "2026-11"})
    assert consents.of(user) == []


def test_an_agreement_that_does_not_exist_is_not_found() -> None:
    client = signed_in(person())
    assert client.post(f"{PAGE}accords/nothing/").status_code == 404
    assert client.post(f"{PAGE}accords/terms/retirer/").status_code == 404
    assert client.get(f"{PAGE}accords/terms/").status_code == 405


def test_what_can_be_taken_back_is() -> None:
    user = person()
    ConsentWording.objects.create(purpose="digest", version="1", texts={"fr": "Oui"})
    consents.give(user, "digest", "fr")
    signed_in(user).post(f"{PAGE}accords/digest/retirer/")
    assert [one.in_force for one in consents.of(user)] == [False]


# ---------------------------------------------------------------- asking
def test_a_request_is_written_down_with_its_deadline() -> None:
    user = person()
    answer = signed_in(user).post(f"{PAGE}demande/", {"kind": "objection", "details": SCRIPT})
    row = DataRequest.objects.get()
    assert answer["Location"] == PAGE
    assert (row.kind, row.user, row.state, row.due_on) == (
        "objection",
        user,
        "open",
        register.due_on(row.received_at),
    )
    assert len(letters_to(user.email)) == 1
    assert SCRIPT not in signed_in(user).get(PAGE).content.decode()


def test_a_request_comes_back_filled_in_when_something_is_missing() -> None:
    page = signed_in(person()).post(f"{PAGE}demande/", {"details": "Bonjour"})
    assert page.context["form"].errors.keys() == {"kind"}
    assert "Bonjour" in page.content.decode()
    targets = re.findall(r'href="#([^"]+)"', page.content.decode())
    assert all(f'id="{target}"' in page.content.decode() for target in targets)


def test_an_erasure_is_not_asked_for_there() -> None:
    page = signed_in(person()).post(f"{PAGE}demande/", {"kind": "erasure", "details": "…"})
    assert page.context["form"].errors.keys() == {"kind"}


def test_somebody_with_many_open_requests_waits() -> None:
    user = person()
    for _time in range(register.MOST_OPEN):
        register.receive("rectification", user=user, details="…")
    page = signed_in(user).post(f"{PAGE}demande/", {"kind": "objection", "details": "…"})
    assert len(page.context["form"].non_field_errors()) == 1


def test_a_request_is_taken_back_by_its_author_only() -> None:
    user, stranger = person(), person("Sacha Petit")
    row = register.receive("rectification", user=user, details="…")
    path = f"{PAGE}demande/{row.public_id}/retirer/"
    assert signed_in(stranger).post(path).status_code == 404
    signed_in(user).post(path)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert signed_in(user).post(path).status_code == 302


# ---------------------------------------------------------------- other languages
@pytest.mark.parametrize("prefix", ["/en", "/nl"])
def test_the_pages_stand_in_the_other_languages(prefix: str) -> None:
    client = reauthenticated(known())
    for path in ("", "voir/account/", "demande/", "effacer/"):
        assert client.get(f"{prefix}{PAGE}{path}").status_code == 200


def test_each_state_of_a_copy_is_shown() -> None:
    user = person(password=PASSWORD)
    client = signed_in(user)
    export = DataExport.objects.create(user=user)
    for state in ("asked", "failed", "expired"):
        DataExport.objects.update(state=state)
        assert client.get(PAGE).context["export"].state == state
    DataExport.objects.update(state="ready", file="private/exports/x.zip", ready_at=timezone.now())
    DataExport.objects.update(expires_at=timezone.now())
    assert export.public_id in client.get(PAGE).content.decode()
