from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from members.models import Person
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.harness.client import StrictClient
from tests.members.admin.team import account, working

pytestmark = pytest.mark.django_db
ADD = "admin_people:add"


@pytest.fixture
def facilitator() -> StrictClient:
    return working(Role.FACILITATOR)


def answers(**changes: Any) -> dict[str, Any]:
    empty = {"first_name": "", "last_name": "", "email": "", "job_title": "", "organisation": ""}
    return {**empty, **changes}


def test_somebody_is_recorded_for_an_organisation(facilitator: StrictClient) -> None:
    organisation = OrganisationFactory()
    facilitator.post(reverse(ADD), answers(last_name="Invitée", organisation=organisation.pk))
    person = Person.objects.get()
    assert (person.organisation, person.origin, person.user) == (organisation, "staff", None)


def test_the_organisation_that_one_comes_from_is_chosen_already(facilitator: StrictClient) -> None:
    organisation = OrganisationFactory()
    form = facilitator.get(f"{reverse(ADD)}?organisation={organisation.pk}").context["form"]
    assert form["organisation"].value() == organisation.pk


@pytest.mark.parametrize("verified", [True, False])
def test_whoever_has_an_account_with_that_address_is_joined_to_it(
    facilitator: StrictClient, verified: bool
) -> None:
    user = account(verified=verified)
    facilitator.post(reverse(ADD), answers(email=user.email.upper()))
    assert Person.objects.get().user == (user if verified else None)


def test_nobody_is_recorded_without_a_name_or_an_address(facilitator: StrictClient) -> None:
    response = facilitator.post(reverse(ADD), answers(job_title="RH"))
    assert response.context["form"].non_field_errors() == ["Give a name or an e-mail address."]


def test_nobody_is_recorded_twice_for_one_organisation(facilitator: StrictClient) -> None:
    organisation = OrganisationFactory()
    typed = answers(email="a@example.org", organisation=organisation.pk)
    facilitator.post(reverse(ADD), typed)
    response = facilitator.post(reverse(ADD), {**typed, "email": "A@example.org"})
    assert list(response.context["form"].errors) == ["email"]
    facilitator.post(reverse(ADD), {**typed, "organisation": OrganisationFactory().pk})
    assert Person.objects.count() == 2


def test_the_list_says_who_has_an_account(facilitator: StrictClient) -> None:
    known = Person.objects.create(last_name="A", user=account())
    Person.objects.create(last_name="B")
    rows = facilitator.get(f"{reverse('admin_people:index')}?account=true").context["object_list"]
    assert [row.pk for row in rows] == [known.pk]
