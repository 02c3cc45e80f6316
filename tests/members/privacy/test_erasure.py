"""Erasing one's account: asked, taken back, executed."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Mapping
from functools import partial

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from common.models import OutboxMessage
from members.models import ContactRequest, DataRequest, Erasure, Membership, Message, MessageReport, User
from members.oversight import reactivate
from members.privacy import anonymising, erasure, handover
from members.roles import Role
from tests.factories.shared import UserFactory
from tests.harness.client import StrictClient
from tests.members.companies.people import belonging, company, person
from tests.members.privacy.people import known, letters_to, reauthenticated

pytestmark = pytest.mark.django_db
PATH = "/espace/donnees/effacer/"


def asked(user: User, stay: bool = True, to: Mapping[int, Membership | None] | None = None) -> Erasure:
    """Asked for; `to` says which colleague takes over each membership."""
    return erasure.ask(user, contributions_stay=stay, successors=to or {})


def link_in_last_letter(address: str) -> str:
    row = OutboxMessage.objects.filter(recipients__icontains=address).latest("pk")
    found = re.search(r"/espace/donnees/garder/[\w:.-]+/", bytes(row.source).decode().replace("=\n", ""))
    assert found is not None
    return found[0]


def is_active(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


def later(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + dt.timedelta(days=days))


# ---------------------------------------------------------------- asking
def test_the_account_is_closed_at_once_and_the_register_knows() -> None:
    user = person()
    row = asked(user)
    user.refresh_from_db()
    assert (user.is_active, row.execute_at.date()) == (False, timezone.localdate() + dt.timedelta(days=7))
    request = DataRequest.objects.get()
    assert (request.kind, request.state, request.user) == ("erasure", "answered", user)
    assert len(letters_to(user.email)) == 1


def test_asking_twice_is_asking_once() -> None:
    user = person()
    assert asked(user) == asked(user)
    assert len(letters_to(user.email)) == 1


def test_the_last_administrator_stays() -> None:
    group = Group.objects.get_or_create(name=Role.ADMINISTRATOR.group)[0]
    user, other = person(), person("Sacha Petit")
    user.groups.add(group)
    with pytest.raises(handover.ErasureRefusedError):
        asked(user)
    other.groups.add(group)
    assert asked(user).user == user
    with pytest.raises(handover.ErasureRefusedError):
        asked(other)


def test_a_superuser_counts_as_an_administrator() -> None:
    user = person()
    user.groups.add(Group.objects.get_or_create(name=Role.ADMINISTRATOR.group)[0])
    UserFactory(admin=True)
    assert asked(user).user == user


def test_the_last_manager_says_who_takes_over() -> None:
    user, colleague = person(), person("Alix Martin")
    organisation = company()
    mine = belonging(user, organisation)
    theirs = belonging(colleague, organisation, role="member")
    with pytest.raises(handover.ErasureRefusedError):
        asked(user)
    user.refresh_from_db()
    assert user.is_active
    asked(user, to={mine.pk: theirs})
    theirs.refresh_from_db()
    assert theirs.role == "manager"


def test_the_last_manager_may_leave_it_to_the_association() -> None:
    user = person()
    organisation = company()
    mine = belonging(user, organisation)
    belonging(person("Alix Martin"), organisation, role="member")
    assert asked(user, to={mine.pk: None}).user == user


def test_a_manager_whose_account_is_closed_decides_nothing() -> None:
    user, closed = person(), person("Alix Martin")
    organisation = company()
    mine = belonging(user, organisation)
    belonging(closed, organisation)
    belonging(person("Sacha Petit"), organisation, role="member")
    asked(closed)
    assert [each.membership for each in handover.handovers(user)] == [mine]
    with pytest.raises(handover.ErasureRefusedError):
        asked(user)


@pytest.mark.django_db(transaction=True)
def test_of_two_last_managers_who_go_at_once_one_hands_over() -> None:
    organisation = company()
    users = [person("Alix Martin"), person("Camille Durand")]
    for user in users:
        belonging(user, organisation)
    belonging(person("Sacha Petit"), organisation, role="member")
    outcomes = at_once([partial(asked, user) for user in users])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Erasure", "ErasureRefusedError"]


@pytest.mark.django_db(transaction=True)
def test_of_two_last_administrators_who_go_at_once_one_stays() -> None:
    group = Group.objects.get_or_create(name=Role.ADMINISTRATOR.group)[0]
    users = [person("Alix Martin"), person("Camille Durand")]
    for user in users:
        user.groups.add(group)
    outcomes = at_once([partial(asked, user) for user in users])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Erasure", "ErasureRefusedError"]


def at_once(verbs: list[Callable[[], object]]) -> list[object]:
    """Run verbs at the same moment, each with its own connection; what each returned or raised."""
    gate, outcomes = threading.Barrier(len(verbs)), []

    def run(verb: Callable[[], object]) -> None:
        try:
            gate.wait(5)
            outcomes.append(verb())
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


def test_a_manager_who_is_alone_or_not_the_last_hands_nothing_over() -> None:
    user = person()
    alone, shared = company(), company()
    belonging(user, alone)
    belonging(user, shared)
    belonging(person("Alix Martin"), shared)
    assert handover.handovers(user) == []
    assert asked(user).user == user


# ---------------------------------------------------------------- taking it back
def test_the_link_of_the_letter_opens_the_account_again_once() -> None:
    user = person()
    asked(user)
    link = link_in_last_letter(user.email)
    assert (StrictClient().get(link).status_code, is_active(user)) == (200, False)
    assert (StrictClient().post(link)["Location"], is_active(user)) == ("/compte/login/", True)
    assert DataRequest.objects.get().state == "withdrawn"
    assert [StrictClient().get(link).status_code, StrictClient().post(link).status_code] == [410, 410]


def test_an_older_link_does_not_cancel_a_newer_erasure() -> None:
    user = person()
    asked(user)
    link = link_in_last_letter(user.email)
    StrictClient().post(link)
    user.refresh_from_db()
    asked(user)
    assert StrictClient().post(link).status_code == 410
    user.refresh_from_db()
    assert not user.is_active


def test_a_link_that_was_made_up_is_over() -> None:
    assert StrictClient().get("/espace/donnees/garder/abc:def/").status_code == 410


def test_the_link_does_not_open_an_account_suspended_meanwhile() -> None:
    user, other = person(), person("Sacha Petit")
    talk = ContactRequest.objects.create(sender=user, recipient=other, subject="Bonjour")
    row = asked(user)
    MessageReport.objects.create(
        message=Message.objects.create(request=talk, author=user, text="Un message"),
        reporter=other,
        reason="…",
        decision="suspended",
        decided_at=timezone.now() + dt.timedelta(hours=1),
    )
    erasure.cancel(row)
    user.refresh_from_db()
    assert not user.is_active


# ---------------------------------------------------------------- executing it
def test_nothing_is_erased_before_seven_days_and_all_is_after() -> None:
    user = known()
    email = user.email
    asked(user, to={user.memberships.get().pk: None})
    with later(6.9):
        assert erasure.execute_due() == {}
    with later(7.1):
        assert erasure.execute_due() == {"erased": 1}
        assert erasure.execute_due() == {}
    row = Erasure.objects.get()
    assert row.done_at is not None
    assert [sorted(kept) for kept in row.retained] == [["until", "what", "why"]] * len(row.retained)
    assert letters_to(email)[-1:] != []
    assert len(letters_to(email)) == 1


def test_an_account_that_staff_opened_again_is_kept() -> None:
    user, staff = person(), UserFactory(admin=True)
    asked(user)
    reactivate(user, staff, "She called.")
    with later(8):
        assert erasure.execute_due() == {}
    user.refresh_from_db()
    assert (user.is_active, user.anonymised_at, erasure.pending_of(user)) == (True, None, None)


def test_one_that_fails_stops_no_other_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = person(), person("Sacha Petit")
    asked(first)
    asked(second)
    real = anonymising.anonymise

    def anonymise(user: User, stay: bool, cause: str) -> object:
        if user == first:
            raise RuntimeError
        return real(user, stay, cause)

    with later(8):
        monkeypatch.setattr(erasure, "anonymise", anonymise)
        with pytest.raises(RuntimeError):
            erasure.execute_due()
        assert [User.objects.get(pk=one.pk).anonymised_at is None for one in (first, second)] == [True, False]
        monkeypatch.undo()
        assert erasure.execute_due() == {"erased": 1}


# ---------------------------------------------------------------- pages
def test_the_page_says_what_goes_and_what_stays() -> None:
    user = known()
    page = reauthenticated(user).get(PATH)
    assert page.status_code == 200
    assert [kept.what for kept in page.context["stays"]] != []
    assert "La Fonderie" not in [field.label for field in page.context["form"].successor_fields()]


def test_erasing_wants_the_address_typed_and_the_password() -> None:
    user = person()
    client = StrictClient()
    client.force_login(user)
    data = {"contributions": "stay", "confirmation": "autre@example.org"}
    assert client.post(PATH, data).context["form"].errors.keys() == {"confirmation"}
    data["confirmation"] = f" {user.email.upper()} "
    answer = client.post(PATH, data)
    assert answer["Location"].startswith("/compte/reauthenticate/")
    assert Erasure.objects.count() == 0
    answer = client.post(answer["Location"], {"password": "un mot de passe assez long"})
    assert answer["Location"] == "/espace/donnees/compte-ferme/"
    assert Erasure.objects.get().user == user
    assert client.get("/espace/donnees/")["Location"].startswith("/compte/login/")
    assert client.get("/espace/donnees/compte-ferme/").status_code == 200


def test_the_form_asks_who_takes_over() -> None:
    user, colleague = person(), person("Alix Martin")
    organisation = company()
    mine = belonging(user, organisation)
    theirs = belonging(colleague, organisation, role="member")
    client = reauthenticated(user)
    data = {"contributions": "go", "confirmation": user.email}
    assert client.post(PATH, data).context["form"].errors.keys() == {f"successor_{mine.pk}"}
    client.post(PATH, {**data, f"successor_{mine.pk}": str(theirs.pk)})
    theirs.refresh_from_db()
    assert (theirs.role, Erasure.objects.get().keep_contributions) == ("manager", False)


def test_the_company_cannot_be_handed_to_a_stranger() -> None:
    user, stranger = person(), person("Sacha Petit")
    organisation = company()
    mine = belonging(user, organisation)
    belonging(person("Alix Martin"), organisation, role="member")
    elsewhere = belonging(stranger, company(), role="member")
    data = {"contributions": "go", "confirmation": user.email, f"successor_{mine.pk}": str(elsewhere.pk)}
    assert reauthenticated(user).post(PATH, data).context["form"].errors.keys() == {f"successor_{mine.pk}"}
    elsewhere.refresh_from_db()
    assert elsewhere.role == "member"


def test_the_last_administrator_is_told_on_the_page() -> None:
    user = person()
    user.groups.add(Group.objects.get_or_create(name=Role.ADMINISTRATOR.group)[0])
    client = reauthenticated(user)
    assert client.get(PATH).context["last_administrator"]
    client.post(PATH, {"contributions": "stay", "confirmation": user.email})
    assert Erasure.objects.count() == 0
