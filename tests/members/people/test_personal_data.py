"""What is exported and erased of profiles and conversations."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone

from common.registries import personal_data
from members.models import Block, ContactRequest, Message, MessageReport, Profile, Reading, User
from members.people import contact, photos
from members.people.blocking import block
from members.people.conversation_data import CHOICES, CONVERSATIONS, forget_judged
from members.people.personal_data import PROFILE
from members.people.reports import report
from tests.members.companies.people import company, manager_of

from .members import FIELDS, conversation, member, profile_of
from .pictures import picture

pytestmark = pytest.mark.django_db
SECTIONS = (PROFILE, CONVERSATIONS, CHOICES)


def erase(user: User, *, stay: bool) -> list[str]:
    with TestCase.captureOnCommitCallbacks(execute=True):
        kept = [str(each.what) for section in SECTIONS for each in section.erase(user, stay)]
    User.objects.filter(pk=user.pk).update(
        is_active=False, first_name="", last_name="", job_title="", anonymised_at=timezone.now()
    )
    return kept


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys(each) for each in value.values()))
    return set().union(*(keys(each) for each in value)) if isinstance(value, list) else set()


@pytest.fixture
def anne() -> User:
    user = member("Anne Martin")
    profile = profile_of(user, offers="Former des tuteurs", photo_visibility="everyone")
    photos.keep(profile, photos.squares(io.BytesIO(picture()), 1))
    return user


def test_the_sections_are_registered() -> None:
    assert [section in personal_data for section in SECTIONS] == [True, True, True]


def test_everything_that_is_exported_has_a_name(anne: User) -> None:
    paul = member("Paul Petit")
    row = conversation(anne, paul)
    contact.answer(row, paul, "Oui")
    report(row.messages.get(author=paul), anne, "Insulte")
    block(anne, member("Lou Robert"))
    for section in SECTIONS:
        rows = list(section.export(anne))
        assert (bool(rows), keys(rows) - set(section.labels)) == (True, set())


def test_a_profile_goes_with_its_words_and_its_photo(anne: User) -> None:
    exported = next(iter(PROFILE.export(anne)))
    files = list(PROFILE.files(anne))
    assert (exported["offers"], [name for name, _stored in files]) == (
        "Former des tuteurs",
        ["profile/photo-480.webp", "profile/photo-128.webp"],
    )
    assert [default_storage.exists(stored) for _name, stored in files] == [True, True]
    erase(anne, stay=True)
    profile = Profile.objects.get(user=anne)
    assert (profile.offers, profile.photo, profile.search_text) == ("", "", "")
    assert {getattr(profile, f"{field}_visibility") for field in FIELDS} == {"nobody"}
    assert [default_storage.exists(stored) for _name, stored in files] == [False, False]


def test_conversations_are_exported_with_both_sides(anne: User) -> None:
    paul = member("Paul Petit")
    contact.answer(conversation(anne, paul), paul, "Avec plaisir")
    exported = next(iter(CONVERSATIONS.export(paul)))
    assert (exported["with"], [message["text"] for message in exported["messages"]]) == (
        "Anne Martin",
        ["Bonjour, parlons-en.", "Avec plaisir"],
    )


def test_of_a_company_one_takes_only_what_one_wrote(anne: User) -> None:
    atelier = company()
    alix = manager_of(atelier)
    row = conversation(anne, atelier)
    assert list(CONVERSATIONS.export(alix)) == []
    contact.answer(row, alix, "Bonjour")
    exported = next(iter(CONVERSATIONS.export(alix)))
    assert (exported["subject"], [message["text"] for message in exported["messages"]]) == ("", ["Bonjour"])


def test_nobody_learns_from_an_export_who_declined_or_blocked(anne: User) -> None:
    paul = member("Paul Petit")
    conversation(anne, paul)
    block(paul, anne)
    exported = next(iter(CONVERSATIONS.export(anne)))
    assert exported["state"] not in ("Declined", "Décliné", "Déclinée")
    assert list(CHOICES.export(anne)) == []


@pytest.mark.parametrize("stay", [True, False])
def test_messages_stay_or_go_as_chosen(anne: User, stay: bool) -> None:
    paul = member("Paul Petit")
    row = conversation(anne, paul)
    contact.answer(row, paul, "Avec plaisir")
    block(anne, member("Lou Robert"))
    beforehand = [str(each.what) for each in CONVERSATIONS.keeps(anne, stay)]
    assert erase(anne, stay=stay) == beforehand
    row.refresh_from_db()
    texts = list(row.messages.order_by("pk").values_list("text", flat=True))
    assert texts == (["Bonjour, parlons-en.", "Avec plaisir"] if stay else ["", "Avec plaisir"])
    assert (row.subject, row.state) == ("Le tutorat" if stay else "", ContactRequest.State.CLOSED)
    assert (Block.objects.count(), Reading.objects.filter(user=anne).count()) == (0, 0)


def test_erasing_again_changes_nothing(anne: User) -> None:
    conversation(anne, member("Paul Petit"))
    erase(anne, stay=False)
    first = list(Message.objects.values())
    erase(User.objects.get(pk=anne.pk), stay=False)
    assert list(Message.objects.values()) == first


def test_what_staff_must_judge_stays_until_they_have(anne: User) -> None:
    paul = member("Paul Petit")
    row = conversation(anne, paul, "Une insulte")
    told = report(row.messages.get(), paul, "Insulte")
    assert len(erase(anne, stay=False)) == 1
    message = Message.objects.get()
    assert (message.text, message.removed_at is not None, forget_judged()) == ("Une insulte", True, 0)
    MessageReport.objects.filter(pk=told.pk).update(decision="kept", decided_at=timezone.now())
    assert (forget_judged(), Message.objects.get().text) == (1, "")


def test_a_report_outlives_who_made_it(anne: User) -> None:
    paul = member("Paul Petit")
    report(conversation(paul, anne).messages.get(), anne, "Démarchage")
    erase(anne, stay=True)
    kept = MessageReport.objects.get()
    assert (kept.reporter, kept.reason) == (None, "Démarchage")
