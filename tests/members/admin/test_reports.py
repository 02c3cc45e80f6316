from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Message, MessageReport
from members.roles import Role
from tests.harness.client import StrictClient
from tests.members.admin.team import queries_of, reported, working

pytestmark = pytest.mark.django_db
INDEX = "admin_reported_messages:index"


@pytest.fixture
def moderator() -> StrictClient:
    return working(Role.MODERATOR)


def test_the_list_shows_why_and_who_and_no_word_of_the_message(moderator: StrictClient) -> None:
    reported(text="Un secret entre nous.")
    html = moderator.get(reverse(INDEX)).content.decode()
    assert ("C’est de la publicité." in html, "Un secret entre nous." in html) == (True, False)


def test_what_waits_comes_first(moderator: StrictClient) -> None:
    decided = reported(decision="kept", decided_at=timezone.now())
    waiting = reported()
    assert [row.pk for row in moderator.get(reverse(INDEX)).context["object_list"]] == [
        waiting.pk,
        decided.pk,
    ]
    rows = moderator.get(f"{reverse(INDEX)}?state=open").context["object_list"]
    assert [row.pk for row in rows] == [waiting.pk]


def test_only_the_reported_message_is_read(moderator: StrictClient) -> None:
    report = reported(text="La phrase signalée.")
    Message.objects.create(
        request=report.message.request, author=report.message.author, text="Une autre phrase."
    )
    for name in ("inspect", "decide"):
        html = moderator.get(reverse(f"admin_reported_messages:{name}", args=[report.pk])).content.decode()
        assert ("La phrase signalée." in html, "Une autre phrase." in html) == (True, False)


def test_what_was_written_is_never_run(moderator: StrictClient) -> None:
    report = reported(text="<script>alert(1)</script>")
    html = moderator.get(reverse("admin_reported_messages:inspect", args=[report.pk])).content.decode()
    assert "<script>alert" not in html


def test_a_decision_has_its_reason(moderator: StrictClient) -> None:
    report = reported()
    url = reverse("admin_reported_messages:decide", args=[report.pk])
    errors = moderator.post(url, {"decision": "", "note": ""}).context["form"].errors
    assert set(errors) == {"decision", "note"}
    moderator.post(url, {"decision": "removed", "note": "Publicité"})
    report.refresh_from_db()
    assert (report.decision, report.note, report.decided_by) == ("removed", "Publicité", moderator.user)  # type: ignore[attr-defined]


def test_a_decision_is_taken_once(moderator: StrictClient) -> None:
    report = reported(decision="kept", decided_at=timezone.now())
    url = reverse("admin_reported_messages:decide", args=[report.pk])
    assert moderator.post(url, {"decision": "removed", "note": "-"}).status_code == 404
    assert MessageReport.objects.get().decision == "kept"


def test_the_list_costs_the_same_with_one_and_with_three(moderator: StrictClient) -> None:
    reported()
    with_one = queries_of(moderator, reverse(INDEX))
    reported()
    reported()
    assert queries_of(moderator, reverse(INDEX)) == with_one
