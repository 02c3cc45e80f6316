"""Mail in the admin: for whom, in what state, why it failed in words, and sending it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from common import bounces
from common.admin_outbox import EXPLANATIONS, explain
from common.mail import Letter, absolute, post
from common.models import Bounce, OutboxMessage
from home.installation.groups import Groups
from members.roles import Role
from tests.factories.shared import UserFactory
from tests.home.admin_session import member_of_staff, sign_in

if TYPE_CHECKING:
    from tests.factories.site import Tree
    from tests.harness.client import StrictClient

LIST = "/admin/outbox/"
ALL_AGAIN = "/admin/outbox/send-all-again/"


@pytest.fixture
def administrator(client: StrictClient, tree: Tree) -> StrictClient:
    sign_in(client)
    return client


def one_of_each() -> dict[str, OutboxMessage]:
    """A message in each state, by the name of the state."""
    now = timezone.now()
    ends: dict[str, dict[str, Any]] = {
        "waiting": {},
        "failed": {"given_up_at": now, "last_error": "ConnectionRefusedError: [Errno 111]"},
        "withheld": {"skipped_at": now, "last_error": "Bounced: 550 5.1.1"},
        "returned": {"sent_at": now, "last_error": "Returned: 550 5.1.1"},
        "sent": {"sent_at": now},
    }
    rows = {}
    for state, fields in ends.items():
        send_mail(state, "Bonjour", None, [f"{state}@example.org"])
        OutboxMessage.objects.filter(subject=state).update(**fields)
        rows[state] = OutboxMessage.objects.get(subject=state)
    return rows


def fields_of(client: StrictClient, row: OutboxMessage) -> dict[str, str]:
    response = client.get(reverse("admin_outbox:inspect", args=[row.pk]))
    return {field["label"]: str(field["value"]) for field in response.context["fields"]}


@pytest.mark.parametrize("state", ["waiting", "failed", "withheld", "returned", "sent"])
def test_mail_is_listed_by_state(administrator: StrictClient, state: str) -> None:
    one_of_each()
    rows = administrator.get(LIST, {"state": state}).context["object_list"]
    assert [row.subject for row in rows] == [state]


def test_mail_is_found_by_who_it_is_for(administrator: StrictClient) -> None:
    one_of_each()
    rows = administrator.get(LIST, {"q": "withheld@example"}).context["object_list"]
    assert [row.subject for row in rows] == ["withheld"]


def test_each_state_is_named_and_explained(administrator: StrictClient) -> None:
    rows = one_of_each()
    shown = {state: fields_of(administrator, row) for state, row in rows.items()}
    assert {state: fields["State"] for state, fields in shown.items()} == {
        "waiting": "Waiting",
        "failed": "Failed",
        "withheld": "Withheld",
        "returned": "Came back",
        "sent": "Sent",
    }
    assert shown["failed"]["Last error"] == "The mail server does not answer.\n[Errno 111]"


def test_an_error_nobody_foresaw_is_shown_as_it_is() -> None:
    assert explain("OddError: what: is this") == "OddError: what: is this"


def test_the_text_of_a_code_is_shown_to_nobody(administrator: StrictClient) -> None:
    post(
        Letter("Votre code", ["Tapez-le."], "Vous ouvrez un compte.", code="482913"), "a@x.fr", language="fr"
    )
    row = OutboxMessage.objects.get()
    html = administrator.get(reverse("admin_outbox:inspect", args=[row.pk])).content.decode()
    assert ("482913" in html, "only its recipient reads it" in html) == (False, True)


def test_the_personal_links_of_a_letter_are_shown_to_nobody(administrator: StrictClient) -> None:
    link = absolute("/espace/invitation/abcdef/")
    post(
        Letter("Une invitation", ["Bonjour."], "Vous.", action=("Voir", link)), "a@example.org", language="fr"
    )
    text = fields_of(administrator, OutboxMessage.objects.get())["Text"]
    assert ("Voir\nhttp://localhost:8000/…" in text, "abcdef" in text) == (True, False)


def test_everything_that_failed_is_sent_again_after_a_question(administrator: StrictClient) -> None:
    rows = one_of_each()
    assert ALL_AGAIN in administrator.get(LIST).content.decode()
    assert administrator.get(ALL_AGAIN).context["failed"] == 1
    assert OutboxMessage.objects.failed().count() == 1
    response = administrator.post(ALL_AGAIN)
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert set(OutboxMessage.objects.due()) == {rows["waiting"], rows["failed"]}
    logged = ModelLogEntry.objects.filter(action="common.send_again")
    assert [entry.object_id for entry in logged] == [str(rows["failed"].pk)]


def test_nothing_is_offered_when_nothing_failed(administrator: StrictClient) -> None:
    assert ALL_AGAIN not in administrator.get(LIST).content.decode()
    assert "No e-mail has failed" in administrator.get(ALL_AGAIN).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_only_look_sends_nothing(client: StrictClient, tree: Tree, method: str) -> None:
    one_of_each()
    sign_in(client, member_of_staff("view_outboxmessage"))
    assert getattr(client, method)(ALL_AGAIN).status_code == 302
    assert OutboxMessage.objects.failed().count() == 1


def test_administrators_see_the_mail_and_send_it_again(client: StrictClient, tree: Tree) -> None:
    Groups().make()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.group))
    one_of_each()
    sign_in(client, user)
    assert client.get(LIST).status_code == 200
    client.post(ALL_AGAIN)
    assert OutboxMessage.objects.failed().count() == 0


def test_a_withheld_message_can_leave(administrator: StrictClient) -> None:
    row = one_of_each()["withheld"]
    administrator.post(reverse("admin_outbox:handle", args=[row.pk]))
    assert row in OutboxMessage.objects.due()


def test_a_message_that_left_is_not_sent_again(administrator: StrictClient) -> None:
    row = one_of_each()["sent"]
    administrator.post(reverse("admin_outbox:handle", args=[row.pk]))
    row.refresh_from_db()
    assert row.sent_at is not None


# ---------------------------------------------------------------- addresses that refuse
def test_an_address_is_cleared_by_staff_and_it_is_written_down(administrator: StrictClient) -> None:
    row = bounces.record("a@example.org", Bounce.Kind.HARD, "550 5.1.1 no such user")
    listed = administrator.get("/admin/bounces/").content.decode()
    assert re.findall(r"a@example\.org", listed) != []
    administrator.post(reverse("admin_bounces:handle", args=[row.pk]))
    assert bounces.refuses("a@example.org") is False
    assert [entry.action for entry in ModelLogEntry.objects.filter(object_id=str(row.pk))] == [
        "common.clear_bounce"
    ]


@pytest.mark.parametrize(("cleared", "found"), [("true", ["b@example.org"]), ("false", ["a@example.org"])])
def test_addresses_are_listed_by_whether_they_still_refuse(
    administrator: StrictClient, cleared: str, found: list[str]
) -> None:
    for address in ("a@example.org", "b@example.org"):
        bounces.record(address, Bounce.Kind.HARD, "550")
    bounces.clear("b@example.org")
    rows = administrator.get("/admin/bounces/", {"cleared": cleared}).context["object_list"]
    assert [row.address for row in rows] == found


def test_every_explanation_can_be_read_in_french() -> None:
    with translation.override("fr"):
        assert all(str(words) for words in EXPLANATIONS.values())
