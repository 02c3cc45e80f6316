"""Staff see to who acts for a company."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from members.models import JoinRequest, Membership, Notification, Organisation, Step
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.harness.client import StrictClient
from tests.home.admin_session import texts
from tests.members.admin.team import account, member, queries_of, working

pytestmark = pytest.mark.django_db
CALL = {
    "called": "Le standard",
    "number_found": "le site de l’entreprise",
    "on": "2026-03-02",
    "said": "Elle dirige bien les ressources humaines.",
}


@pytest.fixture
def organisation() -> Any:
    return OrganisationFactory(name="Ruche", confirmed_at=None)


@pytest.fixture
def facilitator() -> StrictClient:
    return working(Role.FACILITATOR)


def post(client: StrictClient, name: str, row: Membership, typed: dict[str, Any]) -> Any:
    return client.post(reverse(f"admin_organisations:{name}", args=[row.organisation_id, row.pk]), typed)


def traces() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def told(row: Membership) -> int:
    return Notification.objects.filter(user=row.user).count()


# ---------------------------------------------------------------- a call
def test_a_call_proves_that_somebody_acts_for_a_company(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    row = member(organisation, proved=False, role="manager")
    post(facilitator, "call", row, CALL)
    row.refresh_from_db()
    organisation.refresh_from_db()
    assert (row.confirmation, row.confirmed_by, organisation.confirmed_at is not None) == (
        "call",
        facilitator.user,  # type: ignore[attr-defined]
        True,
    )
    words = " ".join(Step.objects.values_list("text", flat=True))
    assert [
        sign for sign in ("Le standard", "le site de l’entreprise", "Elle dirige bien") if sign not in words
    ] == []
    assert (traces(), told(row)) == (["members.confirm_by_call"], 1)


@pytest.mark.parametrize("missing", ["called", "number_found", "on", "said"])
def test_a_call_that_says_too_little_proves_nothing(
    facilitator: StrictClient, organisation: Organisation, missing: str
) -> None:
    row = member(organisation, proved=False)
    response = post(facilitator, "call", row, {**CALL, missing: ""})
    row.refresh_from_db()
    assert (list(response.context["form"].errors), row.confirmed_at) == ([missing], None)
    assert {name: response.context["form"][name].value() for name in CALL} == {**CALL, missing: ""}


def test_a_call_that_is_still_to_come_proves_nothing(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    row = member(organisation, proved=False)
    response = post(facilitator, "call", row, {**CALL, "on": "2099-01-01"})
    assert list(response.context["form"].errors) == ["on"]


def test_there_is_nothing_to_prove_twice(facilitator: StrictClient, organisation: Organisation) -> None:
    assert post(facilitator, "call", member(organisation), CALL).status_code == 404


# ---------------------------------------------------------------- roles
def test_a_role_is_changed_and_the_person_is_told(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    row = member(organisation)
    post(facilitator, "role", row, {"role": "manager"})
    row.refresh_from_db()
    assert (row.role, traces(), told(row)) == ("manager", ["members.change_membership"], 1)


def test_the_last_manager_stays_one_until_the_company_is_transferred(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    row = member(organisation, role="manager")
    response = post(facilitator, "role", row, {"role": "member"})
    row.refresh_from_db()
    assert response.context["form"].non_field_errors() == [
        "Nobody else manages this company: transfer it first."
    ]
    assert (row.role, traces()) == ("manager", [])


def test_somebody_is_taken_out_with_a_reason(facilitator: StrictClient, organisation: Organisation) -> None:
    row = member(organisation)
    assert "reason" in post(facilitator, "remove", row, {"reason": ""}).context["form"].errors
    post(facilitator, "remove", row, {"reason": "A quitté l’entreprise"})
    row.refresh_from_db()
    entry = ModelLogEntry.objects.get()
    assert (row.left_at is not None, entry.action, entry.data["reason"], told(row)) == (
        True,
        "members.end_membership",
        "A quitté l’entreprise",
        1,
    )


# ---------------------------------------------------------------- transfer
def test_a_company_is_put_in_other_hands(facilitator: StrictClient, organisation: Organisation) -> None:
    former, user = member(organisation, role="manager"), account(first_name="Alix")
    url = reverse("admin_organisations:transfer", args=[organisation.pk])
    facilitator.post(url, {"email": user.email.upper(), "alone": "on"})
    former.refresh_from_db()
    assert [row.user for row in Membership.objects.managers().filter(organisation=organisation)] == [user]
    assert (former.role, former.left_at, traces()) == ("member", None, ["members.transfer"])


@pytest.mark.parametrize("fields", [{"is_active": False}, {"verified": False}])
def test_a_company_is_not_given_to_an_account_out_of_use(
    facilitator: StrictClient, organisation: Organisation, fields: dict[str, bool]
) -> None:
    user = account(**fields)
    url = reverse("admin_organisations:transfer", args=[organisation.pk])
    response = facilitator.post(url, {"email": user.email})
    assert "email" in response.context["form"].errors
    assert Membership.objects.count() == 0


# ---------------------------------------------------------------- requests to join
def asking(**fields: Any) -> JoinRequest:
    values = {"user": account(first_name="Alix"), "organisation": OrganisationFactory(), **fields}
    row: JoinRequest = JoinRequest.objects.create(**values)
    return row


def test_ours_to_decide_come_first_and_the_oldest_of_them(facilitator: StrictClient) -> None:
    managed = OrganisationFactory()
    member(managed, role="manager")
    day = dt.timedelta(days=1)
    theirs = asking(organisation=managed, created_at=timezone.now() - 9 * day)
    late = asking(organisation=managed, created_at=timezone.now() - 8 * day, escalated_at=timezone.now())
    nobody = asking(created_at=timezone.now() - 3 * day)
    done = asking(state="refused", decided_at=timezone.now())
    response = facilitator.get(reverse("admin_join_requests:index"))
    assert [row.pk for row in response.context["object_list"]] == [late.pk, nobody.pk, theirs.pk, done.pk]
    ours = facilitator.get(f"{reverse('admin_join_requests:index')}?queue=0").context["object_list"]
    assert [row.pk for row in ours] == [late.pk, nobody.pk]


def test_a_request_is_accepted_with_a_role(facilitator: StrictClient) -> None:
    row = asking()
    url = reverse("admin_join_requests:accept", args=[row.pk])
    assert facilitator.get(url).context["form"].initial == {"role": "manager"}
    facilitator.post(url, {"role": "member"})
    row.refresh_from_db()
    membership = Membership.objects.get()
    assert (row.state, membership.role, membership.confirmation) == ("accepted", "member", "staff")
    assert traces() == ["members.accept_request"]


def test_a_request_is_refused_with_a_reason_that_the_person_reads(facilitator: StrictClient) -> None:
    row = asking()
    facilitator.post(
        reverse("admin_join_requests:refuse", args=[row.pk]), {"reason": "Inconnue de l’entreprise"}
    )
    row.refresh_from_db()
    assert (row.state, traces()) == ("refused", ["members.refuse_request"])
    assert "Inconnue de l’entreprise" in Notification.objects.get(user=row.user).text


def test_a_request_that_was_answered_meanwhile_is_not_answered_again(facilitator: StrictClient) -> None:
    row = asking(state="refused", decided_at=timezone.now())
    url = reverse("admin_join_requests:accept", args=[row.pk])
    assert facilitator.post(url, {"role": "member"}).status_code == 404
    html = facilitator.get(reverse("admin_join_requests:inspect", args=[row.pk])).content.decode()
    assert "Back to the list" in texts(html, "button")
    assert url not in html


def test_the_list_of_requests_costs_the_same_with_one_and_with_three(facilitator: StrictClient) -> None:
    url = reverse("admin_join_requests:index")
    asking()
    with_one = queries_of(facilitator, url)
    asking()
    asking()
    assert queries_of(facilitator, url) == with_one
