import datetime as dt

import pytest
from django.utils import timezone

from members.models import Consent, ConsentWording, NotificationRhythm, Profile, User
from members.privacy import consents
from members.privacy.renewing import rows
from tests.factories.shared import UserFactory

pytestmark = pytest.mark.django_db


def wording(purpose: str, version: str, days: int = 0) -> ConsentWording:
    since = timezone.now() + dt.timedelta(days=days)
    return ConsentWording.objects.create(
        purpose=purpose,
        version=version,
        since=since,
        texts={"fr": f"D’accord {version}", "en": f"Agreed {version}"},
    )


@pytest.fixture
def user() -> User:
    account: User = UserFactory()
    return account


def test_agreeing_is_recorded_once_with_the_words_in_force(user: User) -> None:
    first, again = consents.give(user, "terms", "en"), consents.give(user, "terms", "fr")
    assert (first, first.language) == (again, "en")
    assert first.wording == consents.wording_in_force("terms")


def test_words_of_the_future_are_not_in_force(user: User) -> None:
    wording("terms", "demain", days=1)
    assert consents.give(user, "terms", "fr").wording.version == "2026-11"


def test_new_terms_are_asked_for_and_nothing_else_is(user: User) -> None:
    consents.give(user, "terms", "fr")
    assert rows(user) == ([], 0)
    wording("digest", "1")
    new = wording("terms", "2")
    assert consents.to_renew(user) == [new]
    assert rows(user)[1] == 1
    consents.give(user, "terms", "fr")
    assert consents.to_renew(user) == []


def test_what_was_agreed_in_older_words_is_asked_again(user: User) -> None:
    wording("digest", "1", days=-2)
    consents.give(user, "terms", "fr")
    consents.give(user, "digest", "fr")
    newer = wording("digest", "2", days=-1)
    assert consents.to_renew(user) == [newer]


def test_what_is_taken_back_is_not_asked_again(user: User) -> None:
    wording("digest", "1", days=-2)
    consents.give(user, "terms", "fr")
    consents.give(user, "digest", "fr")
    consents.withdraw(user, "digest")
    wording("digest", "2", days=-1)
    assert consents.to_renew(user) == []


def test_taking_back_the_news_stops_them(user: User) -> None:
    wording("digest", "1")
    consents.give(user, "digest", "fr")
    assert consents.withdraw(user, "digest") == 1
    assert NotificationRhythm.objects.get(user=user, kind="follow").rhythm == "never"
    assert Consent.objects.get(wording__purpose="digest").withdrawn_at is not None


def test_taking_back_the_photo_hides_it(user: User) -> None:
    wording("photo", "1")
    consents.give(user, "photo", "fr")
    consents.withdraw(user, "photo")
    assert Profile.objects.get(user=user).photo_visibility == "nobody"


def test_agreeing_again_is_another_record(user: User) -> None:
    wording("digest", "1")
    for _time in range(2):
        consents.give(user, "digest", "fr")
        consents.withdraw(user, "digest")
    assert [one.in_force for one in consents.of(user)] == [False, False]


def test_the_terms_are_not_taken_back(user: User) -> None:
    consents.give(user, "terms", "fr")
    with pytest.raises(consents.NotWithdrawableError):
        consents.withdraw(user, "terms")
    assert [(one.in_force, one.withdrawable) for one in consents.of(user)] == [(True, False)]


def test_each_version_is_shown_in_the_language_it_was_read_in(user: User) -> None:
    wording("photo", "1", days=-2)
    consents.give(user, "photo", "en")
    wording("photo", "2", days=-1)
    consents.give(user, "photo", "fr")
    shown = [(one.version, one.text, one.in_force) for one in consents.of(user)]
    assert shown == [("2", "D’accord 2", True), ("1", "Agreed 1", False)]
