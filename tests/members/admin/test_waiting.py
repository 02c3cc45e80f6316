"""The dashboard says what waits for each role about companies and members."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.cases.reconciling import reconcile
from members.models import JoinRequest
from members.roles import Role
from tests.factories.shared import OrganisationFactory
from tests.harness.client import StrictClient
from tests.home.admin_session import texts
from tests.members.admin.team import account, member, reported, working

pytestmark = pytest.mark.django_db
HOME = "/admin/"


def furnish() -> None:
    """One of each thing that waits."""
    number = OrganisationFactory._meta.model.objects.count()
    member(OrganisationFactory(confirmed_at=None), proved=False)
    JoinRequest.objects.create(user=account(), organisation=OrganisationFactory())
    reported()
    reconcile()
    OrganisationFactory.create_batch(2, name=f"Ruche {chr(97 + number) * 9}")


def labels(client: StrictClient) -> list[str]:
    return texts(client.get(HOME).content.decode(), "waiting__label")


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        (Role.EDITOR, []),
        (Role.MODERATOR, ["1 thing to moderate"]),
        (
            Role.FACILITATOR,
            ["1 thing to moderate", "1 request to join to decide", "1 possible duplicate"],
        ),
        (
            Role.ADMINISTRATOR,
            [
                "2 things to moderate",
                "1 request to join to decide",
                "1 possible duplicate",
            ],
        ),
    ],
)
def test_each_role_is_told_what_it_may_deal_with(role: Role, waits: list[str]) -> None:
    furnish()
    assert labels(working(role)) == waits


def test_who_waits_longest_comes_first() -> None:
    organisation = OrganisationFactory(name="Ruche")
    member(organisation, role="manager")
    for days, name in ((1, "Sacha"), (9, "Alix")):
        moment = timezone.now() - dt.timedelta(days=days)
        JoinRequest.objects.create(
            user=account(first_name=name), organisation=organisation, created_at=moment, escalated_at=moment
        )
    rows = texts(working(Role.FACILITATOR).get(HOME).content.decode(), "waiting__rows")
    assert [row.split(",")[0] for row in rows] == ["Alix"]
    assert rows[0].index("Alix") < rows[0].index("Sacha")


def test_a_request_that_managers_may_still_answer_does_not_wait_for_us() -> None:
    organisation = OrganisationFactory()
    member(organisation, role="manager")
    JoinRequest.objects.create(user=account(), organisation=organisation)
    assert labels(working(Role.FACILITATOR)) == []


def test_each_count_is_that_of_the_list_behind_it() -> None:
    for _time in range(2):
        furnish()
    client = working(Role.ADMINISTRATOR)
    groups = [panel for panel in client.get(HOME).context["panels"] if panel.name == "waiting"]
    assert len(groups) == 1
    html = client.get(HOME).content.decode()
    urls = [
        "/admin/cases/",
        "/admin/join-requests/?queue=0",
        "/admin/duplicates/",
    ]
    assert [url for url in urls if url not in html] == []
    listed = [len(client.get(url).context["object_list"]) for url in urls[:2]]
    assert listed == [4, 2]


def test_more_rows_do_not_mean_more_queries() -> None:
    client = working(Role.ADMINISTRATOR)

    def count() -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    furnish()
    with_one = count()
    furnish()
    furnish()
    assert count() == with_one
