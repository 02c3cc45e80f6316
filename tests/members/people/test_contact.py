"""Getting in touch: the verbs."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from members.models import Block, ContactRequest, Membership, Message, Notification, User
from members.people import contact, emails, limits
from members.people.blocking import block, blocked_by, unblock
from members.people.inbox import unread_count
from members.people.refusals import ContactRefusedError, Refusal
from members.people.registration import close_forgotten
from tests.members.companies.people import belonging, company, manager_of

from .members import conversation, member, unverify

pytestmark = pytest.mark.django_db
State = ContactRequest.State


def state_of(row: ContactRequest) -> str:
    row.refresh_from_db()
    return row.state


def refused(verb: Any, *args: Any) -> Refusal:
    with pytest.raises(ContactRefusedError) as caught:
        verb(*args)
    return caught.value.refusal


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


# ---------------------------------------------------------------- a first message
def test_a_first_message_waits_for_an_answer() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = contact.write(anne, paul, "Le  tutorat\r\nBcc: x@example.org", "Bonjour !\r\nParlons-en.")
    assert (row.subject, state_of(row)) == ("Le tutorat Bcc: x@example.org", State.PENDING)
    assert [message.text for message in row.messages.all()] == ["Bonjour !\nParlons-en."]
    with override("en"):
        assert [emails.sentence(row, row.messages.get())] == ["Anne Martin wrote to you."]
    assert (len(told(paul)), told(anne)) == (1, [])


def test_the_sender_says_no_more_until_the_other_answers() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    assert refused(contact.answer, row, anne, "Alors ?") == Refusal.WAITING
    assert refused(contact.write, anne, paul, "Encore", "Alors ?") == Refusal.WAITING
    contact.answer(row, paul, "Avec plaisir.")
    assert state_of(row) == State.ACCEPTED
    contact.answer(row, anne, "Mardi ?")
    assert [message.text for message in row.messages.all()] == [
        "Bonjour, parlons-en.",
        "Avec plaisir.",
        "Mardi ?",
    ]


def test_a_button_pressed_twice_sends_one_message() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    first, again = conversation(anne, paul), conversation(anne, paul)
    contact.answer(first, paul, "Avec plaisir.")
    contact.answer(first, paul, "Avec plaisir.")
    assert (first, Message.objects.count()) == (again, 2)


def test_writing_back_from_a_profile_goes_on_with_the_conversation() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    assert contact.write(paul, anne, "Autre sujet", "Je voulais vous écrire aussi.") == row
    assert (state_of(row), ContactRequest.objects.count()) == (State.ACCEPTED, 1)


def test_the_other_side_may_accept_before_answering() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    contact.accept(row, paul)
    contact.accept(row, paul)
    contact.answer(row, anne, "Merci !")
    assert (state_of(row), len(told(anne))) == (State.ACCEPTED, 1)


def test_a_request_that_is_declined_ends_without_a_word() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    contact.decline(row, paul)
    assert (state_of(row), told(anne)) == (State.BLOCKED, [])
    assert refused(contact.answer, row, anne, "Alors ?") == Refusal.ENDED
    assert refused(contact.write, anne, paul, "Encore", "Alors ?") == Refusal.UNANSWERED
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        assert state_of(conversation(anne, paul)) == State.PENDING


def test_either_side_may_close_what_was_answered_and_begin_again() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    assert refused(contact.close, row, anne) == Refusal.WAITING
    contact.answer(row, paul, "Avec plaisir.")
    contact.close(row, anne)
    assert refused(contact.answer, row, paul, "Alors ?") == Refusal.ENDED
    assert state_of(conversation(paul, anne, "Une autre question.")) == State.PENDING


def test_what_nobody_answers_in_two_months_is_closed() -> None:
    row = conversation(member("Anne Martin"), member("Paul Petit"))
    assert close_forgotten() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=61)):
        assert close_forgotten() == 1
    assert state_of(row) == State.CLOSED


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x07", "x" * 5001])
def test_a_text_is_neither_empty_nor_endless(text: str) -> None:
    refusal = refused(contact.write, member("Anne Martin"), member("Paul Petit"), "Sujet", text)
    assert refusal == (Refusal.TOO_LONG if text.startswith("x") else Refusal.EMPTY)


# ---------------------------------------------------------------- who cannot be written to
def test_nobody_writes_to_herself() -> None:
    anne = member("Anne Martin")
    assert refused(contact.write, anne, anne, "Moi", "Moi") == Refusal.SELF


@pytest.mark.parametrize("what", ["inactive", "unverified", "anonymised"])
def test_who_left_cannot_be_written_to(what: str) -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(paul, anne)
    if what == "unverified":
        unverify(paul)
    elif what == "inactive":
        User.objects.filter(pk=paul.pk).update(is_active=False)
    else:
        User.objects.filter(pk=paul.pk).update(
            is_active=False, anonymised_at=timezone.now(), first_name="", last_name=""
        )
    assert refused(contact.answer, row, anne, "Bonjour") == Refusal.UNREACHABLE
    contact.decline(row, anne)
    assert (
        refused(contact.write, anne, User.objects.get(pk=paul.pk), "Sujet", "Bonjour") == Refusal.UNREACHABLE
    )


def test_only_members_with_a_name_write() -> None:
    paul, nameless, new = member("Paul Petit"), member(""), member("Ève Neuve")
    unverify(new)
    assert refused(contact.write, nameless, paul, "Sujet", "Bonjour") == Refusal.NAMELESS
    assert refused(contact.write, new, paul, "Sujet", "Bonjour") == Refusal.NOT_A_MEMBER


@pytest.mark.parametrize("verb", [contact.accept, contact.decline, contact.close])
def test_a_stranger_decides_nothing(verb: Any) -> None:
    row = conversation(member("Anne Martin"), member("Paul Petit"))
    refused(verb, row, member("Une Étrangère"))
    assert state_of(row) == State.PENDING


def test_a_stranger_does_not_answer() -> None:
    row = conversation(member("Anne Martin"), member("Paul Petit"))
    assert refused(contact.answer, row, member("Une Étrangère"), "Bonjour") == Refusal.NOT_A_MEMBER


# ---------------------------------------------------------------- blocking
def test_who_is_blocked_can_neither_write_nor_know() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    block(paul, anne)
    block(paul, anne)
    assert (state_of(row), Block.objects.count(), told(anne), told(paul)) == (State.BLOCKED, 1, [], [])
    assert refused(contact.write, anne, paul, "Encore", "Alors ?") == Refusal.UNREACHABLE
    assert refused(contact.write, paul, anne, "Bonjour", "Alors ?") == Refusal.BLOCKED_BY_ME


def test_blocking_closes_what_runs() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    contact.answer(row, paul, "Avec plaisir.")
    block(anne, paul)
    assert state_of(row) == State.CLOSED
    assert refused(contact.answer, row, paul, "Alors ?") == Refusal.ENDED


def test_blocking_can_be_taken_back() -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    block(paul, anne)
    assert [row.blocked for row in blocked_by(paul)] == [anne]
    assert (unblock(paul, anne), unblock(paul, anne)) == (True, False)
    assert state_of(conversation(anne, paul)) == State.PENDING


# ---------------------------------------------------------------- companies
def test_any_manager_answers_for_the_company() -> None:
    atelier = company(name="Atelier du Nord")
    first, second = manager_of(atelier, "Alix Martin"), manager_of(atelier, "Sacha Robert")
    colleague = member("Lou Simple")
    belonging(colleague, atelier, role=Membership.Role.MEMBER)
    anne = member("Anne Petit")
    row = conversation(anne, atelier)
    assert (len(told(first)), len(told(second)), told(colleague)) == (1, 1, [])
    contact.answer(row, second, "Bonjour, pour l’atelier.")
    assert told(anne)[0].startswith("Sacha Robert, ")
    assert "Atelier du Nord" in told(anne)[0]
    assert refused(contact.answer, row, colleague, "Moi aussi") == Refusal.NOT_A_MEMBER
    contact.answer(row, first, "Je complète.")
    assert row.messages.count() == 3


def test_a_company_without_a_confirmed_manager_cannot_be_written_to() -> None:
    anne, atelier = member("Anne Petit"), company()
    belonging(member("Lou Attente"), atelier, confirmed=False)
    assert refused(contact.write, anne, atelier, "Sujet", "Bonjour") == Refusal.UNREACHABLE


def test_a_company_to_be_confirmed_cannot_be_written_to() -> None:
    atelier = company(confirmed_at=None)
    manager_of(atelier)
    assert refused(contact.write, member("Anne Petit"), atelier, "Sujet", "Bonjour") == Refusal.UNREACHABLE


def test_a_manager_does_not_write_to_her_own_company() -> None:
    atelier = company()
    assert refused(contact.write, manager_of(atelier), atelier, "Sujet", "Bonjour") == Refusal.OWN_COMPANY


def test_a_manager_who_left_reads_nothing_more() -> None:
    atelier = company()
    alix, _sacha = manager_of(atelier), manager_of(atelier, "Sacha Robert")
    row = conversation(member("Anne Petit"), atelier)
    assert unread_count(alix) == 1
    Membership.objects.filter(user=alix).update(left_at=timezone.now())
    assert unread_count(alix) == 0
    assert refused(contact.answer, row, alix, "Bonjour") == Refusal.NOT_A_MEMBER


def test_when_every_manager_blocked_somebody_the_company_cannot_be_written_to() -> None:
    atelier, anne = company(), member("Anne Petit")
    alix, sacha = manager_of(atelier), manager_of(atelier, "Sacha Robert")
    block(alix, anne)
    row = conversation(anne, atelier)
    assert (told(alix), len(told(sacha))) == ([], 1)
    block(sacha, anne)
    assert state_of(row) == State.BLOCKED
    assert refused(contact.write, anne, atelier, "Encore", "Alors ?") == Refusal.UNREACHABLE


# ---------------------------------------------------------------- limits
def test_ten_conversations_a_day() -> None:
    anne = member("Anne Martin")
    for number in range(10):
        conversation(anne, member(f"Paul N{number}"))
    assert refused(conversation, anne, member("Paul Dernier")) == Refusal.CONVERSATIONS
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        conversation(anne, member("Paul Demain"))


def test_three_conversations_on_the_first_day() -> None:
    new = member("Ève Neuve", date_joined=timezone.now())
    for number in range(3):
        conversation(new, member(f"Paul N{number}"))
    assert refused(conversation, new, member("Paul Dernier")) == Refusal.NEWCOMER


def test_the_settings_change_the_limits(settings: Any) -> None:
    settings.CONTACT_LIMITS = {"messages": 2}
    anne, paul = member("Anne Martin"), member("Paul Petit")
    row = conversation(anne, paul)
    contact.accept(row, paul)
    contact.answer(row, anne, "Deux")
    assert refused(contact.answer, row, anne, "Trois") == Refusal.MESSAGES
    assert limits.limits().messages == 2


def test_a_company_is_written_to_in_vain_three_times_a_month() -> None:
    atelier, anne = company(), member("Anne Petit")
    alix = manager_of(atelier)
    for _number in range(3):
        contact.decline(conversation(anne, atelier), alix)
    assert refused(conversation, anne, atelier) == Refusal.UNANSWERED


# ---------------------------------------------------------------- at the same moment
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crossed", [True, False])
def test_two_first_messages_at_the_same_moment_make_one_conversation(crossed: bool) -> None:
    anne, paul = member("Anne Martin"), member("Paul Petit")
    gate = threading.Barrier(2)
    errors: list[BaseException] = []
    refusals: list[Refusal] = []

    def send(sender: User, recipient: User, text: str) -> None:
        try:
            gate.wait(5)
            contact.write(sender, recipient, "Sujet", text)
        except ContactRefusedError as error:
            refusals.append(error.refusal)
        except BaseException as error:  # noqa: BLE001 (told to the test, whatever it is)
            errors.append(error)
        finally:
            connection.close()

    pairs = [
        (anne, paul, "Bonjour Paul"),
        (paul, anne, "Bonjour Anne") if crossed else (anne, paul, "Ou alors"),
    ]
    threads = [threading.Thread(target=send, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (errors, refusals) == ([], [] if crossed else [Refusal.WAITING])
    assert (ContactRequest.objects.count(), Message.objects.count()) == (1, 2 if crossed else 1)
