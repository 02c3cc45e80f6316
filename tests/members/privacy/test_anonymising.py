"""What an erasure leaves: nothing that says who it was."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from wagtail.models import ModelLogEntry

from common.models import OutboxMessage
from common.registries import PersonalData, personal_data
from members.models import Consent, DataExport, Membership, Notification, Person, Profile, Step, User
from members.privacy import erasure
from members.privacy.anonymising import anonymise
from members.space.notification import notify
from tests.members.companies.people import company, manager_of, person
from tests.members.privacy.people import known, working

pytestmark = pytest.mark.django_db
WORDS = ("durand", "camille", "192.0.2.1")


def rows_with(*words: str) -> list[str]:
    """Every row of the database in which one of the words can be read, in any field."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values() if model._meta.managed else ():
            text = " ".join(readable(value) for value in row.values()).lower()
            if any(word in text for word in words):
                found.append(f"{model._meta.label}: {row}")
    return found


def readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


@pytest.mark.parametrize("contributions_stay", [True, False])
def test_nothing_in_the_database_says_who_it_was(contributions_stay: bool) -> None:
    user = known()
    assert len(rows_with(*WORDS)) > 10
    anonymise(user, contributions_stay, "asked")
    assert rows_with(*WORDS) == []


def test_the_row_stays_and_is_nobody_s() -> None:
    user = known()
    anonymise(user, True, "asked")
    user.refresh_from_db()
    assert (user.email, user.is_active, user.has_usable_password()) == (
        f"former-{user.pk}@invalid",
        False,
        False,
    )
    assert user.get_full_name() == user.public_name
    assert not EmailAddress.objects.filter(user=user).exists()


def test_somebody_else_may_take_the_address() -> None:
    user = known()
    email = user.email
    anonymise(user, True, "asked")
    assert person("Une Autre", email=email).email == email


def test_the_company_keeps_its_steps_without_the_name() -> None:
    user = known()
    anonymise(user, True, "asked")
    texts = sorted(
        Step.objects.filter(kind__in=["meeting", "contact"], source="").values_list("text", flat=True)
    )
    former = User.objects.get(pk=user.pk).public_name
    assert texts == sorted([f"Vu {former} à l’atelier.", f"{former} a rappelé."])


def test_memberships_end_and_say_when_somebody_acted_for_the_company() -> None:
    user = known()
    anonymise(user, True, "asked")
    assert [row.left_at is not None for row in Membership.objects.filter(user=user)] == [True]
    assert not Consent.objects.filter(user=user).exists()


def test_somebody_of_the_same_name_is_left_alone() -> None:
    user = known()
    other = Person.objects.create(first_name="Camille", last_name="Durand", email="autre@example.org")
    elsewhere = Step.objects.create(
        organisation=company(), kind="contact", text="Camille Durand", person=other
    )
    anonymise(user, True, "asked")
    elsewhere.refresh_from_db()
    other.refresh_from_db()
    assert (elsewhere.text, str(other)) == ("Camille Durand", "Camille Durand")


def test_a_contact_that_nothing_refers_to_goes() -> None:
    user = known()
    Step.objects.all().delete()
    anonymise(user, True, "asked")
    assert not Person.objects.exists()


def test_others_read_former_member_where_her_name_was() -> None:
    user = known()
    colleague = manager_of(Membership.objects.get(user=user).organisation, "Sacha Petit")
    notify(colleague, "company", key="c", text="Camille Durand s’en va.", url="/espace/")
    anonymise(user, True, "asked")
    user.refresh_from_db()
    assert Notification.objects.get(user=colleague, key="c").text == f"{user.public_name} s’en va."


def test_the_history_stays_without_the_name() -> None:
    user = known()
    anonymise(user, True, "asked")
    entries = ModelLogEntry.objects.filter(object_id=str(user.pk), content_type__model="user")
    actions = sorted(entry.action for entry in entries)
    assert actions == ["members.anonymise", "wagtail.edit"]
    assert {entry.label for entry in entries} == {User.objects.get(pk=user.pk).public_name}


def test_letters_that_wait_do_not_leave() -> None:
    user = known()
    other = person("Sacha Petit")
    send_mail("À une autre", "Bonjour", None, [other.email])
    anonymise(user, True, "asked")
    assert [row.subject for row in OutboxMessage.objects.all()] == ["À une autre"]


def test_copies_and_photo_leave_the_disk() -> None:
    user = known()
    name = "private/exports/x/copie.zip"
    stored = default_storage.save(name, ContentFile(b"PK"))
    DataExport.objects.create(user=user, state="ready", file=stored, ready_at=user.date_joined)
    anonymise(user, True, "asked")
    assert not default_storage.exists(stored)
    assert Profile.objects.get(user=user).photo == ""


def test_sessions_and_roles_are_gone() -> None:
    user = known()
    user.groups.add(Group.objects.create(name="Équipe"))
    Session.objects.create(session_key="s" * 32, expire_date=user.date_joined + dt.timedelta(days=99))
    anonymise(user, True, "asked")
    user.refresh_from_db()
    assert (user.groups.count(), Session.objects.count()) == (0, 0)


def test_what_staff_published_stays() -> None:
    user = known()
    image = working(user)
    anonymise(user, True, "asked")
    image.refresh_from_db()
    assert image.file.storage.exists(image.file.name)
    assert str(image.uploaded_by_user) == User.objects.get(pk=user.pk).public_name


def test_what_stays_was_said_before() -> None:
    user = known()
    before = {kept.what for kept in erasure.what_stays(user, contributions_stay=True)}
    after = {kept.what for kept in anonymise(user, True, "asked")}
    assert after <= before


def test_it_may_run_again() -> None:
    user = known()
    anonymise(user, True, "asked")
    first = User.objects.get(pk=user.pk).anonymised_at
    anonymise(user, True, "asked")
    assert User.objects.get(pk=user.pk).anonymised_at == first
    assert ModelLogEntry.objects.filter(action="members.anonymise").count() == 1


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that fails undoes what the others did; run again, all is erased."""

    def fail(_user: User, _stay: bool) -> Any:
        raise RuntimeError

    user = known()
    before = rows_with(*WORDS)
    last = PersonalData(key="last", label="last", export=lambda _user: (), erase=fail, order=999)
    personal_data.append(last)
    try:
        with pytest.raises(RuntimeError):
            anonymise(user, True, "asked")
    finally:
        personal_data.remove(last)
    assert rows_with(*WORDS) == before
    anonymise(user, True, "asked")
    assert rows_with(*WORDS) == []
