from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Membership, Organisation, Person, Step
from members.roles import Role
from tests.factories.pages import PracticePageFactory
from tests.factories.shared import OrganisationFactory
from tests.factories.site import Tree
from tests.harness.client import StrictClient
from tests.home.admin_session import texts
from tests.members.admin.team import account, member, queries_of, working

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Any:
    return OrganisationFactory(name="Ruche", slug="ruche")


@pytest.fixture
def facilitator() -> StrictClient:
    return working(Role.FACILITATOR)


def add(client: StrictClient, organisation: Organisation, **changes: Any) -> Any:
    typed = {"kind": "meeting", "on": "2026-03-02", "met": "", "text": "Pyramide des âges lue ensemble."}
    return client.post(reverse("admin_organisations:step", args=[organisation.pk]), {**typed, **changes})


def shown(client: StrictClient, organisation: Organisation, query: str = "") -> list[str]:
    url = reverse("admin_organisations:inspect", args=[organisation.pk])
    return texts(client.get(f"{url}{query}").content.decode(), "step__text")


def test_a_step_is_written_from_the_page_of_the_organisation(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    response = add(facilitator, organisation)
    step = Step.objects.get()
    assert response["Location"] == reverse("admin_organisations:inspect", args=[organisation.pk])
    assert (step.organisation, step.kind, step.on, step.source) == (
        organisation,
        "meeting",
        dt.date(2026, 3, 2),
        "",
    )
    assert step.author == facilitator.user  # type: ignore[attr-defined]


def test_what_is_still_to_come_is_no_step_and_the_words_are_given_back(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    response = add(facilitator, organisation, on=tomorrow.isoformat())
    assert "on" in response.context["form"].errors
    assert response.context["form"]["text"].value() == "Pyramide des âges lue ensemble."
    assert Step.objects.count() == 0


def test_a_step_is_with_somebody_recorded_or_with_a_member(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    guest = Person.objects.create(last_name="Invitée", organisation=organisation)
    user = account(first_name="Alix", job_title="RH")
    member(organisation, user=user)
    add(facilitator, organisation, met=f"person:{guest.pk}")
    add(facilitator, organisation, met=f"account:{user.pk}")
    met = [str(step.person) for step in Step.objects.order_by("pk") if step.person]
    assert met == ["Invitée", "Alix"]
    assert Person.objects.get(user=user).job_title == "RH"


def test_somebody_of_another_organisation_is_not_offered(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    stranger = Person.objects.create(last_name="Ailleurs", organisation=OrganisationFactory())
    former = account()
    Membership.objects.create(user=former, organisation=organisation, left_at=timezone.now())
    for choice in (f"person:{stranger.pk}", f"account:{former.pk}", "person:x"):
        assert "met" in add(facilitator, organisation, met=choice).context["form"].errors


def test_the_timeline_is_read_from_the_latest_and_by_kind(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    for kind, day, text in (
        ("note", "2026-01-01", "b"),
        ("contact", "2026-02-01", "a"),
        ("note", "2025-01-01", "c"),
    ):
        Step.objects.create(organisation=organisation, kind=kind, on=day, text=text)
    assert shown(facilitator, organisation) == ["a", "b", "c"]
    assert shown(facilitator, organisation, "?kind=note") == ["b", "c"]
    assert shown(facilitator, organisation, "?kind=nonsense") == ["a", "b", "c"]


def test_the_timeline_turns_its_pages(facilitator: StrictClient, organisation: Organisation) -> None:
    for n in range(17):
        day = dt.date(2026, 1, 1) - dt.timedelta(days=n)
        Step.objects.create(organisation=organisation, kind="note", on=day, text=f"{n}")
    assert shown(facilitator, organisation, "?p=2") == ["15", "16"]


def test_what_a_room_wrote_leads_to_what_caused_it_and_is_not_changed(
    organisation: Organisation, tree: Tree
) -> None:
    page = PracticePageFactory(parent=tree.practices)
    Step.objects.create(
        organisation=organisation, kind="note", text="a", source=f"toolbox.practicepage:{page.pk}"
    )
    Step.objects.create(organisation=organisation, kind="note", text="b", source="members.departure:12")
    Step.objects.create(organisation=organisation, kind="note", text="c", source="une.chose:1")
    url = reverse("admin_organisations:inspect", args=[organisation.pk])
    html = working(Role.ADMINISTRATOR).get(url).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert (html.count("See where it comes from"), html.count("/admin/steps/edit/")) == (1, 0)


def test_a_step_written_by_hand_is_mended_and_taken_back(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    step = Step.objects.create(organisation=organisation, kind="note", text="a")
    typed = {"kind": "contact", "on": "2026-03-02", "met": "", "text": "b"}
    facilitator.post(reverse("admin_steps:edit", args=[step.pk]), typed)
    step.refresh_from_db()
    assert (step.kind, step.text, step.organisation) == ("contact", "b", organisation)
    facilitator.post(reverse("admin_steps:delete", args=[step.pk]))
    assert Step.objects.count() == 0


def test_the_list_of_steps_costs_the_same_with_one_and_with_three(facilitator: StrictClient) -> None:
    url = reverse("admin_steps:index")

    def write() -> None:
        organisation = OrganisationFactory()
        person = Person.objects.create(last_name="Une", organisation=organisation)
        Step.objects.create(organisation=organisation, kind="note", text="a", person=person, author=account())

    write()
    with_one = queries_of(facilitator, url)
    write()
    write()
    assert queries_of(facilitator, url) == with_one


def test_the_steps_of_one_organisation_are_taken_away(
    facilitator: StrictClient, organisation: Organisation
) -> None:
    Step.objects.create(organisation=organisation, kind="note", on="2026-03-02", text="Vu ensemble")
    Step.objects.create(organisation=OrganisationFactory(), kind="note", text="Ailleurs")
    url = f"{reverse('admin_steps:index')}?organisation={organisation.pk}&kind=&export=csv"
    response: Any = facilitator.get(url)
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert [line.split(",")[:4] for line in lines[1:]] == [["Ruche", "2026-03-02", "Note", "Vu ensemble"]]
