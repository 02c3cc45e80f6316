"""Companies to confirm in the queue."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry

from members.cases.companies_to_confirm import KIND
from members.cases.deciding import carry_out, decide
from members.cases.reconciling import reconcile
from members.cases.refusals import CaseRefused
from members.companies.departure import leave
from members.companies.founding import found_company
from members.companies.representation import confirm_by_call
from members.merging import merge
from members.models import Case, Membership, Step, User
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.members.admin.team import account, member, staff
from tests.members.cases.things import passes, state_of

pytestmark = pytest.mark.django_db
NOTE = "Appel du 3 mars au standard (numéro trouvé : site). Oui."


def founded() -> tuple[Case, Membership]:
    """A company that a member just recorded."""
    membership = found_company(account(first_name="Camille"), {"name": "Filature"})
    return Case.objects.get(kind="company", state="waiting"), membership


def facilitator() -> User:
    return staff(Role.FACILITATOR)


def test_a_company_that_is_recorded_waits_with_who_recorded_it() -> None:
    case, membership = founded()
    assert (case.title, case.author, case.organisation) == (
        "Filature",
        membership.user,
        membership.organisation,
    )


def test_a_call_confirms_the_person_and_the_company() -> None:
    case, membership = founded()
    by = facilitator()
    key = KIND.choices(case)[0].key
    decided = decide(case, by, key, NOTE)
    membership.refresh_from_db()
    assert membership.is_confirmed is False
    passes(decided)
    carry_out(decided)
    membership.refresh_from_db()
    assert (membership.confirmation, membership.confirmed_by, state_of(case)) == ("call", by, "closed")
    assert Step.objects.filter(text=NOTE).count() == 1
    assert ModelLogEntry.objects.filter(action="members.confirm_by_call").count() == 1


def test_a_note_with_blanks_in_it_proves_nothing() -> None:
    case, _membership = founded()
    choice = KIND.choices(case)[0]
    with pytest.raises(CaseRefused, match="Complétez la note"):
        decide(case, facilitator(), choice.key, str(choice.reasons[0]))


def test_each_of_several_may_be_the_one_who_is_confirmed() -> None:
    case, membership = founded()
    other = member(membership.organisation, proved=False)
    keys = [(choice.key, choice.shortcut) for choice in KIND.choices(case)]
    assert keys == [(f"confirm:{membership.pk}", "1"), (f"confirm:{other.pk}", "2"), ("leave", "l")]


def test_left_as_it_is_a_company_comes_back_only_with_somebody_new() -> None:
    case, membership = founded()
    left = decide(case, facilitator(), "leave")
    passes(left)
    carry_out(left)
    assert (reconcile(), membership.organisation.confirmed_at) == ({}, None)
    member(membership.organisation, proved=False)
    assert reconcile() == {"opened": 1, "ended": 0}


def test_confirmed_on_its_own_screen_it_no_longer_waits() -> None:
    case, membership = founded()
    confirm_by_call(membership, facilitator(), NOTE)
    assert state_of(case) == "void"


def test_it_no_longer_waits_once_nobody_is_left_there() -> None:
    case, membership = founded()
    leave(membership)
    assert state_of(case) == "void"


def test_merged_into_another_its_case_moves_and_ends() -> None:
    case, membership = founded()
    kept = OrganisationFactory()
    merge(kept, membership.organisation, by=staff(Role.ADMINISTRATOR))
    case.refresh_from_db()
    assert (case.state, case.organisation) == ("void", kept)
