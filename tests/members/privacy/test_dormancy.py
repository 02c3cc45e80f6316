"""Accounts that sleep, and those that never woke."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.log_actions import log

from members.models import Follow, User
from members.privacy import anonymising, dormancy, erasure
from members.privacy.months import add_months
from members.space.activity import note
from tests.factories.shared import UserFactory
from tests.members.companies.people import person
from tests.members.privacy.people import letters_to

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


def asleep(months: int, days: int = 0, **fields: Any) -> User:
    """Somebody who was here last so many months (and days) before TODAY."""
    return person(last_activity_on=add_months(TODAY, -months) - dt.timedelta(days=days), **fields)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def run(day: dt.date) -> None:
    """What the periodic jobs do on a day."""
    dormancy.warn(day)
    dormancy.anonymise_dormant(day)


def test_two_letters_leave_and_then_the_account_goes() -> None:
    user = person(last_activity_on=dt.date(2024, 11, 22))
    email = user.email
    day = dt.date(2026, 9, 1)
    events: dict[tuple[int, bool], str] = {}
    while day < dt.date(2026, 12, 15):
        run(day)
        state = fresh(user)
        events.setdefault((state.dormancy_notices, state.anonymised_at is not None), day.isoformat())
        day += dt.timedelta(days=1)
    assert events == {
        (0, False): "2026-09-01",
        (1, False): "2026-09-22",
        (2, False): "2026-10-22",
        (0, True): "2026-11-22",
    }
    assert letters_to(email) == []


def test_the_letters_say_when() -> None:
    user = asleep(22)
    assert dormancy.warn(TODAY) == {"notice_1": 1, "notice_2": 0}
    assert dormancy.warn(TODAY) == {}
    assert len(letters_to(user.email)) == 1


def test_signing_in_starts_the_count_anew() -> None:
    user = asleep(23)
    dormancy.warn(TODAY)
    note(user)
    assert (fresh(user).dormancy_notices, fresh(user).last_activity_on) == (0, timezone.localdate())
    assert dormancy.warn(TODAY) == {}


def test_nobody_is_surprised_because_the_job_was_down() -> None:
    user = asleep(40)
    days = [TODAY + dt.timedelta(days=n) for n in range(60)]
    seen = []
    for day in days:
        run(day)
        seen.append((fresh(user).dormancy_notices, fresh(user).anonymised_at is not None))
    assert [seen.index(state) for state in ((1, False), (2, False), (0, True))] == [0, 25, 50]


@pytest.mark.parametrize("since", [0, 24])
def test_nobody_goes_less_than_25_days_after_the_second_letter(since: int) -> None:
    asleep(25, dormancy_notices=2, dormancy_noticed_on=TODAY - dt.timedelta(days=since))
    assert dormancy.anonymise_dormant(TODAY) == {}


def test_those_who_work_on_the_site_stay_and_are_shown() -> None:
    by_group, by_right, root = asleep(30), asleep(30), asleep(30, is_superuser=True)
    access = Permission.objects.get(codename="access_admin")
    group = Group.objects.create(name="Équipe")
    group.permissions.add(access)
    by_group.groups.add(group)
    by_right.user_permissions.add(access)
    asleep(30)
    assert dormancy.warn(TODAY) == {"notice_1": 1, "notice_2": 0}
    assert set(dormancy.dormant_staff(TODAY)) == {by_group, by_right, root}


def test_what_they_shared_stays() -> None:
    user = asleep(25, dormancy_notices=2, dormancy_noticed_on=TODAY - dt.timedelta(days=25))
    assert dormancy.anonymise_dormant(TODAY) == {"anonymised": 1}
    assert fresh(user).anonymised_at is not None
    assert dormancy.anonymise_dormant(TODAY) == {}


def test_an_account_that_is_being_erased_is_not_written_to() -> None:
    user = asleep(25)
    erasure.ask(user, contributions_stay=False, successors={})
    assert dormancy.warn(TODAY) == {}


def test_one_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    late: dict[str, Any] = {"dormancy_notices": 2, "dormancy_noticed_on": TODAY - dt.timedelta(days=40)}
    first, second = asleep(25, **late), asleep(26, **late)
    real = anonymising.anonymise

    def anonymise(user: User, contributions_stay: bool, cause: str) -> object:
        if user == first:
            raise RuntimeError
        return real(user, contributions_stay, cause)

    monkeypatch.setattr(dormancy, "anonymise", anonymise)
    with pytest.raises(RuntimeError):
        dormancy.anonymise_dormant(TODAY)
    assert (fresh(first).anonymised_at, fresh(second).anonymised_at is None) == (None, False)


# ---------------------------------------------------------------- never verified
def unverified(days: int, **fields: Any) -> User:
    user: User = UserFactory(date_joined=timezone.now() - dt.timedelta(days=days), **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    return user


def test_an_address_that_nobody_verified_is_forgotten_after_a_week() -> None:
    unverified(8)
    waiting, verified = unverified(6), person(date_joined=timezone.now() - dt.timedelta(days=30))
    assert dormancy.forget_unverified() == {"deleted": 1}
    assert set(User.objects.all()) == {waiting, verified}


def test_staff_who_were_invited_stay() -> None:
    invited = unverified(30)
    invited.groups.add(Group.objects.create(name="Équipe"))
    assert dormancy.forget_unverified() == {}


def test_somebody_who_signed_in_or_did_something_stays() -> None:
    unverified(30, last_login=timezone.now())
    did = unverified(30)
    Follow.objects.create(user=did, kind="theme", target="tutorat")
    logged = unverified(30)
    log(logged, "wagtail.edit", user=logged)
    assert dormancy.forget_unverified() == {}


def test_many_accounts_take_a_query_or_two_each(django_assert_max_num_queries: Any) -> None:
    for _number in range(3):
        asleep(10)
    with django_assert_max_num_queries(3):
        dormancy.warn(TODAY)
