"""The register: deadlines of the law, and what staff do about them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import ModelLogEntry

from members.models import DataRequest, Erasure, User
from members.privacy import register
from members.roles import Role
from tests.factories.shared import UserFactory
from tests.harness.client import StrictClient
from tests.home.admin_session import member_of_staff, messages_of, sign_in, texts
from tests.members.companies.people import belonging, company, person
from tests.members.privacy.people import letters_to

pytestmark = pytest.mark.django_db
LIST = "/admin/data-requests/"


@pytest.fixture
def admin() -> User:
    account: User = UserFactory(admin=True)
    return account


@pytest.fixture
def client(admin: User) -> StrictClient:
    browser = StrictClient()
    sign_in(browser, admin)
    return browser


def received(day: str, **fields: object) -> DataRequest:
    moment = timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9)))
    values = {"user": person(f"Camille {day}"), "details": "…", "channel": "email", **fields}
    return register.receive("rectification", received_at=moment, **values)  # type: ignore[arg-type]


# ---------------------------------------------------------------- deadlines
def test_a_month_to_answer_and_two_more_when_it_is_said_in_time(admin: User) -> None:
    row = received("2026-10-31")
    assert row.due_on == dt.date(2026, 11, 30)
    row = register.extend(row, "Beaucoup de pages.", admin, dt.date(2026, 11, 30))
    assert (row.due_on, row.extension_reason) == (dt.date(2027, 1, 31), "Beaucoup de pages.")


def test_it_is_extended_once_and_not_too_late(admin: User) -> None:
    row = received("2026-10-31")
    with pytest.raises(register.RegisterError):
        register.extend(row, "…", admin, dt.date(2026, 12, 1))
    register.extend(row, "…", admin, dt.date(2026, 11, 1))
    with pytest.raises(register.RegisterError):
        register.extend(row, "…", admin, dt.date(2026, 11, 2))


def test_the_person_reads_the_reason_and_the_answer(admin: User) -> None:
    row = received("2026-11-20")
    assert row.user is not None
    register.extend(row, "…", admin, dt.date(2026, 11, 21))
    register.close(row, "answered", "C’est fait.", admin)
    assert len(letters_to(row.user.email)) == 3
    row.refresh_from_db()
    assert (row.state, row.handled_by, row.answer) == ("answered", admin, "C’est fait.")


def test_what_is_closed_stays_closed(admin: User) -> None:
    row = received("2026-11-20")
    register.close(row, "refused", "Non.", admin)
    with pytest.raises(register.RegisterError):
        register.close(row, "answered", "Si.", admin)


def test_what_came_by_post_is_linked_to_the_verified_account(admin: User) -> None:
    user = person()
    day = timezone.now()
    given = {"details": "…", "channel": "post", "received_at": day, "by": admin}
    linked = register.note("access", email=user.email.upper(), **given)  # type: ignore[arg-type]
    EmailAddress.objects.filter(user=user).update(verified=False)
    alone = register.note("access", email=user.email, **given)  # type: ignore[arg-type]
    assert (linked.user, alone.user) == (user, None)
    assert linked.subject == alone.subject == register.fingerprint(user.email)
    assert len(letters_to(user.email)) == 2


def test_the_fingerprint_says_nothing_without_our_key() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", register.fingerprint("a@example.org"))
    assert register.fingerprint(" A@Example.org ") == register.fingerprint("a@example.org")


# ---------------------------------------------------------------- the admin
def test_the_nearest_deadline_comes_first_and_late_ones_are_marked(client: StrictClient) -> None:
    with time_machine.travel("2026-11-22T12:00:00+01:00"):
        late, soon, calm = received("2026-10-10"), received("2026-10-25"), received("2026-11-20")
        done = received("2026-01-01")
        register.close(done, "answered", "…", UserFactory())
        html = client.get(LIST).content.decode()
    order = [int(pk) for pk in re.findall(rf'href="{LIST}inspect/(\d+)/"', html)]
    assert list(dict.fromkeys(order)) == [late.pk, soon.pk, calm.pk, done.pk]
    assert texts(html, "w-status")[-2:] == ["late", "3 days left"]


def test_the_dashboard_says_what_waits(client: StrictClient) -> None:
    with time_machine.travel("2026-11-22T12:00:00+01:00"):
        received("2026-10-10")
        html = client.get("/admin/").content.decode()
    assert "late by 12 days" in html


def test_what_came_by_post_is_noted(client: StrictClient) -> None:
    data = {
        "kind": "erasure",
        "channel": "post",
        "received_on": "2026-11-01",
        "email": "ancienne@example.org",
        "details": "Effacez-moi.",
    }
    with time_machine.travel("2026-11-22T12:00:00+01:00"):
        assert client.post(f"{LIST}receive/", {**data, "received_on": "2026-11-23"}).status_code == 200
        assert client.post(f"{LIST}receive/", data)["Location"] == LIST
    row = DataRequest.objects.get()
    assert (row.email, row.channel, row.due_on.isoformat()) == ("ancienne@example.org", "post", "2026-12-01")
    assert ModelLogEntry.objects.get(action="members.note_data_request").object_id == str(row.pk)


@pytest.mark.parametrize(
    ("act", "data", "state", "trace"),
    [
        ("answer", {"answer": "Fait."}, "answered", "members.close_data_request"),
        ("refuse", {"answer": "Non."}, "refused", "members.close_data_request"),
        ("extend", {"reason": "Long."}, "open", "members.extend_data_request"),
    ],
)
def test_each_act_leaves_a_trace(
    client: StrictClient, admin: User, act: str, data: dict[str, str], state: str, trace: str
) -> None:
    row = received(timezone.localdate().isoformat())
    path = f"{LIST}{row.pk}/{act}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {}).status_code == 200
    assert client.post(path, data)["Location"] == f"{LIST}inspect/{row.pk}/"
    row.refresh_from_db()
    assert (row.state, ModelLogEntry.objects.get(action=trace).user) == (state, admin)
    assert client.get(f"{LIST}inspect/{row.pk}/").status_code == 200


def test_the_buttons_are_those_that_make_sense(client: StrictClient) -> None:
    with time_machine.travel("2026-11-22T12:00:00+01:00"):
        late = received("2026-10-10")
        labels = [label for label, _url in client.get(f"{LIST}inspect/{late.pk}/").context["actions"]]
    assert len(labels) == 2


def test_an_account_is_closed_on_a_request_that_came_by_post(client: StrictClient, admin: User) -> None:
    user = person()
    mine = belonging(user, company())
    belonging(person("Alix Martin"), mine.organisation, role="member")
    row = register.note(
        "erasure", email=user.email, details="…", channel="post", received_at=timezone.now(), by=admin
    )
    data = {"contributions": "stay", "checked": "Rappelée au standard."}
    client.post(f"{LIST}{row.pk}/erase/", data)
    row.refresh_from_db()
    user.refresh_from_db()
    assert (row.state, user.is_active, Erasure.objects.get().request) == ("answered", False, row)
    entry = ModelLogEntry.objects.get(action="members.close_account")
    assert (entry.user, entry.data) == (admin, {"checked": "Rappelée au standard."})


def test_an_administrator_does_not_close_the_account_of_a_superuser() -> None:
    administrator, root = person(), UserFactory(admin=True)
    administrator.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.group))
    row = DataRequest.objects.create(kind="erasure", user=root, due_on=timezone.localdate())
    browser = StrictClient()
    sign_in(browser, administrator)
    answer = browser.post(f"{LIST}{row.pk}/erase/", {"contributions": "stay", "checked": "…"})
    assert answer.status_code == 200
    root.refresh_from_db()
    assert root.is_active


def test_only_administrators_read_the_register() -> None:
    row = received("2026-11-20")
    browser = StrictClient()
    sign_in(browser, member_of_staff("view_organisation", "change_joinrequest"))
    for path in ("", f"inspect/{row.pk}/", f"{row.pk}/answer/", "receive/"):
        answer = browser.get(LIST + path)
        assert answer.status_code in {302, 403}
    assert messages_of("") == []
