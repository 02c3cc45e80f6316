"""Invitations by e-mail."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import override

from common.models import OutboxMessage
from members.companies import invitations
from members.companies.departure import remove
from members.companies.refusals import AlreadyDecided, AlreadyMine, NotAllowed, Refusal, TooMany
from members.models import Invitation, Membership, Notification, User
from tests.members.companies.people import belonging, company, manager_of, person

pytestmark = pytest.mark.django_db
MEMBER, MANAGER = Membership.Role.MEMBER, Membership.Role.MANAGER
ADDRESS = "camille@filature.example"


def refusal(call: object, *args: object) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        call(*args)  # type: ignore[operator]
    return type(caught.value)


def last_token() -> str:
    source = bytes(OutboxMessage.objects.latest("pk").source).decode()
    found = re.findall(r"/espace/invitation/([\w-]{20,})/", source.replace("=\n", "").replace("=\r\n", ""))
    return found[0]


def test_an_invitation_is_a_letter_with_a_link_of_which_a_hash_is_kept() -> None:
    boss = manager_of(company(name="Filature"), "Alix Martin")
    row = invitations.invite(
        Membership.objects.get().organisation, f" {ADDRESS.upper()} ", MEMBER, boss, "en"
    )
    token = last_token()
    assert (row.email, row.token_hash, invitations.by_token(token), invitations.by_token(token + "x")) == (
        ADDRESS,
        invitations.hashed(token),
        row,
        None,
    )
    assert OutboxMessage.objects.get().subject == "Alix Martin invites you to join Filature on Atout’âge"
    assert row.expires_at - timezone.now() > dt.timedelta(days=13, hours=23)


def test_the_invited_address_joins_confirmed_with_the_role_that_was_meant() -> None:
    organisation = company(name="Filature")
    boss = manager_of(organisation)
    boss.language = "en"
    boss.save()
    row = invitations.invite(organisation, ADDRESS, MANAGER, boss)
    guest = person("Camille Durand", email=ADDRESS)
    assert list(invitations.for_user(guest)) == [row]
    membership = invitations.accept(row, guest)
    assert (membership.role, membership.confirmation, membership.confirmed_by) == (MANAGER, "invited", boss)
    assert list(Notification.objects.filter(user=boss).values_list("text", flat=True)) == [
        "Camille Durand has joined Filature."
    ]
    assert refusal(invitations.accept, row, guest) is AlreadyDecided


def test_another_account_or_an_unverified_address_accepts_nothing() -> None:
    organisation = company()
    row = invitations.invite(organisation, ADDRESS, MEMBER, manager_of(organisation))
    stranger = person()
    EmailAddress.objects.create(user=stranger, email=ADDRESS, verified=False)
    assert [refusal(verb, row, stranger) for verb in (invitations.accept, invitations.decline)] == [
        NotAllowed
    ] * 2
    assert list(invitations.for_user(stranger)) == []


def test_a_second_verified_address_is_as_good_as_the_first() -> None:
    organisation = company()
    row = invitations.invite(organisation, ADDRESS, MEMBER, manager_of(organisation))
    guest = person()
    EmailAddress.objects.create(user=guest, email=ADDRESS.upper(), verified=True)
    assert invitations.accept(row, guest).is_confirmed


def test_an_address_that_is_invited_again_gets_one_invitation_with_a_new_link() -> None:
    organisation = company()
    boss = manager_of(organisation)
    first = invitations.invite(organisation, ADDRESS, MEMBER, boss)
    old = last_token()
    again = invitations.invite(organisation, ADDRESS, MANAGER, boss)
    assert (again.pk, again.role, invitations.by_token(old), Invitation.objects.count()) == (
        first.pk,
        MANAGER,
        None,
        1,
    )


@pytest.mark.parametrize("end", ["expired", "revoked", "declined"])
def test_what_is_over_is_accepted_no_more(end: str) -> None:
    organisation = company()
    boss, guest = manager_of(organisation), person(email=ADDRESS)
    row = invitations.invite(organisation, ADDRESS, MEMBER, boss)
    if end == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif end == "revoked":
        invitations.revoke(row, boss)
    else:
        invitations.decline(row, guest)
    assert refusal(invitations.accept, row, guest) is AlreadyDecided
    assert list(invitations.for_user(guest)) == []


def test_an_expired_invitation_is_sent_again() -> None:
    organisation = company()
    boss = manager_of(organisation)
    row = invitations.invite(organisation, ADDRESS, MEMBER, boss)
    Invitation.objects.update(expires_at=timezone.now())
    assert invitations.resend(row, boss).expires_at > timezone.now()
    invitations.revoke(row, boss)
    assert refusal(invitations.resend, row, boss) is AlreadyDecided


def test_only_a_confirmed_manager_invites() -> None:
    organisation = company(confirmed_at=None)
    founder, colleague = person(), person()
    belonging(founder, organisation, confirmed=False)
    belonging(colleague, organisation, role=MEMBER)
    for somebody in (founder, colleague, manager_of(company())):
        assert refusal(invitations.invite, organisation, ADDRESS, MEMBER, somebody) is NotAllowed


def test_a_manager_who_was_taken_out_mends_nothing_any_more() -> None:
    organisation = company()
    boss, other = manager_of(organisation), manager_of(organisation)
    row = invitations.invite(organisation, ADDRESS, MEMBER, other)
    remove(Membership.objects.get(user=other), boss)
    assert [refusal(verb, row, other) for verb in (invitations.resend, invitations.revoke)] == [
        NotAllowed
    ] * 2


def test_a_colleague_is_not_invited() -> None:
    organisation = company()
    boss = manager_of(organisation)
    belonging(person(email=ADDRESS), organisation, role=MEMBER)
    assert refusal(invitations.invite, organisation, ADDRESS, MEMBER, boss) is AlreadyMine


def test_limits_hold_a_day_and_an_address() -> None:
    organisation, other = company(), company()
    boss, neighbour = manager_of(organisation), manager_of(other)
    for number in range(20):
        invitations.invite(organisation, f"personne-{number}@filature.example", MEMBER, boss)
    assert refusal(invitations.invite, organisation, ADDRESS, MEMBER, boss) is TooMany
    for _again in range(3):
        invitations.invite(other, ADDRESS, MEMBER, neighbour)
    assert refusal(invitations.invite, other, ADDRESS, MEMBER, neighbour) is TooMany


def test_nothing_tells_whether_an_address_has_an_account() -> None:
    organisation = company()
    boss = manager_of(organisation)
    person(email=ADDRESS)
    rows = [
        invitations.invite(organisation, email, MEMBER, boss)
        for email in (ADDRESS, "nobody@filature.example")
    ]
    assert [row.accepted_by for row in rows] == [None, None]
    assert Notification.objects.filter(user=boss).count() == 0


def test_somebody_invited_who_asked_before_no_longer_asks() -> None:
    from members.companies.requests import ask_to_join, waiting  # noqa: PLC0415

    organisation = company()
    boss, guest = manager_of(organisation), person(email=ADDRESS)
    ask_to_join(guest, organisation)
    invitations.accept(invitations.invite(organisation, ADDRESS, MEMBER, boss), guest)
    assert list(waiting()) == []


def test_a_letter_speaks_the_language_that_was_chosen() -> None:
    organisation = company(name="Filature")
    boss: User = manager_of(organisation, "Alix Martin")
    with override("fr"):
        invitations.invite(organisation, ADDRESS, MEMBER, boss, "nl")
    source = bytes(OutboxMessage.objects.get().source).decode()
    assert "Content-Language: nl" in source
    assert "/nl/espace/invitation/" in source.replace("=\n", "")
