"""Two organisations become one: nothing is lost, and nothing stands twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from charters.models import CharterVersion, Cohort, Signature
from common import generation, registries
from events.models import Event
from members.companies.refusals import Refusal
from members.merge_moves import links
from members.merging import MergeRefused, merge, preview
from members.models import (
    Announcement,
    AnnouncementTopic,
    ContactRequest,
    DistinctPair,
    Follow,
    FormerSlug,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationDomain,
    OrganisationMerge,
    Person,
    Step,
    User,
)
from search.models import Entry
from tests.factories.pages import EventPageFactory, PracticePageFactory
from tests.factories.shared import CommuneFactory, OrganisationFactory, ThemeFactory, UserFactory
from tests.factories.site import Tree
from toolbox.models import Practice, PracticePage

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=1)


@pytest.fixture
def kept() -> Any:
    return OrganisationFactory(name="Menuiserie des Weppes", slug="weppes", siret="73282932000074")


@pytest.fixture
def gone() -> Any:
    return OrganisationFactory(name="SARL Weppes", slug="sarl-weppes")


@pytest.fixture
def staff() -> User:
    user: User = UserFactory()
    return user


def member(organisation: Organisation, **changes: Any) -> Membership:
    values = {"user": changes.pop("user", None) or UserFactory(), **changes}
    if values.pop("proved", False):
        values |= {"confirmed_at": values.get("confirmed_at", timezone.now()), "confirmation": "call"}
    row: Membership = Membership.objects.create(organisation=organisation, **values)
    return row


def test_every_key_to_an_organisation_is_known() -> None:
    """A room that adds one is moved by itself; this says which there are."""
    mine = {link.model._meta.label for link in links() if link.model._meta.app_label == "members"}
    assert mine == {
        "members.Case",
        "members.Comment",
        "members.ContactRequest",
        "members.DistinctPair",
        "members.FormerSlug",
        "members.Invitation",
        "members.JoinRequest",
        "members.Membership",
        "members.OrganisationDomain",
        "members.OrganisationMerge",
        "members.Person",
        "members.Step",
    }
    assert {"toolbox.Practice", "charters.Signature", "events.Event_organisers"} <= {
        link.model._meta.label for link in links()
    }


def test_rows_of_every_room_move(kept: Any, gone: Any, staff: User, tree: Tree) -> None:
    page = PracticePageFactory(parent=tree.practices, organisation=gone)
    event = EventPageFactory(parent=tree.events)
    event.organisers.set([gone])
    event.save_revision().publish()
    cohort = Cohort.objects.create(code="2021", year=2021)
    cohort.cosigners.set([gone])
    version = CharterVersion.objects.create(code="v", adopted_on="2021-01-01")
    Signature.objects.create(organisation=gone, version=version)
    merge(kept, gone, by=staff)
    assert PracticePage.objects.get(pk=page.pk).organisation == kept
    assert Practice.objects.get(pk=page.facts_id).organisation == kept
    assert list(Event.objects.get().organisers.all()) == [kept]
    assert [list(cohort.cosigners.all()), Signature.objects.get().organisation] == [[kept], kept]
    assert list(Organisation.objects.all()) == [kept]


def test_saved_drafts_can_still_be_opened(kept: Any, gone: Any, staff: User, tree: Tree) -> None:
    page = PracticePageFactory(parent=tree.practices)
    page.organisation = gone
    revision = page.save_revision()
    event = EventPageFactory(parent=tree.events)
    event.organisers.set([kept, gone])
    written = event.save_revision()
    merge(kept, gone, by=staff)
    revision.refresh_from_db()
    written.refresh_from_db()
    assert revision.as_object().organisation == kept
    assert written.content["organisers"] == [kept.pk]


def test_an_event_that_both_organised_names_the_kept_one_once(
    kept: Any, gone: Any, staff: User, tree: Tree
) -> None:
    page = EventPageFactory(parent=tree.events)
    page.organisers.set([kept, gone])
    page.save_revision().publish()
    record = merge(kept, gone, by=staff)
    assert list(Event.objects.get().organisers.all()) == [kept]
    assert len(record.moved["dropped"]["events.Event_organisers"]) == 1


CONFIRMED_FIRST = [
    pytest.param({"proved": True}, {}, "kept", id="proved before unproved"),
    pytest.param({"role": "manager"}, {"proved": True}, "gone", id="proved before a role that was not"),
    pytest.param({"proved": True}, {"proved": True, "role": "manager"}, "gone", id="manager before member"),
    pytest.param(
        {"proved": True, "confirmed_at": timezone.now()},
        {"proved": True, "confirmed_at": timezone.now() - YESTERDAY},
        "gone",
        id="the earliest proof",
    ),
]


@pytest.mark.parametrize(("of_kept", "of_gone", "stronger"), CONFIRMED_FIRST)
def test_somebody_of_both_keeps_the_stronger_membership(
    kept: Any, gone: Any, staff: User, of_kept: dict[str, Any], of_gone: dict[str, Any], stronger: str
) -> None:
    user = UserFactory()
    rows = {"kept": member(kept, user=user, **of_kept), "gone": member(gone, user=user, **of_gone)}
    merge(kept, gone, by=staff)
    current = Membership.objects.current().get(user=user)
    assert (current, current.organisation) == (rows[stronger], kept)
    assert Membership.objects.filter(user=user, organisation=kept).count() == 2


def test_memberships_that_ended_move_too(kept: Any, gone: Any, staff: User) -> None:
    user = UserFactory()
    member(kept, user=user)
    former = member(gone, user=user, left_at=timezone.now())
    merge(kept, gone, by=staff)
    assert Membership.objects.get(pk=former.pk).organisation == kept
    assert Membership.objects.current().count() == 1


def test_what_cannot_stand_twice_is_ended_and_kept(kept: Any, gone: Any, staff: User) -> None:
    user: Any = UserFactory()
    soon = timezone.now() + YESTERDAY
    for organisation in (kept, gone):
        JoinRequest.objects.create(user=user, organisation=organisation)
        Invitation.objects.create(
            organisation=organisation, email="a@example.org", token_hash=organisation.slug, expires_at=soon
        )
        ContactRequest.objects.create(sender=user, organisation=organisation, subject="Tutorat")
    merge(kept, gone, by=staff)
    assert sorted(JoinRequest.objects.filter(organisation=kept).values_list("state", flat=True)) == [
        "pending",
        "withdrawn",
    ]
    assert [row.token_hash for row in Invitation.objects.open()] == ["weppes"]
    assert sorted(ContactRequest.objects.filter(organisation=kept).values_list("state", flat=True)) == [
        "closed",
        "pending",
    ]


def test_a_request_of_somebody_who_belongs_already_is_withdrawn(kept: Any, gone: Any, staff: User) -> None:
    row = member(kept)
    JoinRequest.objects.create(user=row.user, organisation=gone)
    merge(kept, gone, by=staff)
    assert JoinRequest.objects.get().state == "withdrawn"


def test_the_timeline_people_and_domains_are_one(kept: Any, gone: Any, staff: User) -> None:
    for organisation in (kept, gone):
        Step.objects.create(organisation=organisation, kind="note", text="Vu.", source="events.event:1")
        Step.objects.create(organisation=organisation, kind="note", text=organisation.name)
        OrganisationDomain.objects.create(organisation=organisation, domain="weppes.example")
    Person.objects.create(organisation=gone, email="rh@weppes.example")
    record = merge(kept, gone, by=staff)
    assert sorted(kept.steps.values_list("text", flat=True)) == [
        "Menuiserie des Weppes",
        "SARL Weppes",
        "Vu.",
    ]
    assert [kept.people.count(), kept.domains.count()] == [1, 1]
    assert [row["fields"]["text"] for row in record.moved["dropped"]["members.Step"]] == ["Vu."]


def test_followers_follow_the_kept_one_once(kept: Any, gone: Any, staff: User) -> None:
    both: Any = UserFactory()
    one: Any = UserFactory()
    news = Announcement.objects.create(key="toolbox.practice:1", title="Tutorat", url="/")
    for slug, followers in (("weppes", [both]), ("sarl-weppes", [both, one])):
        AnnouncementTopic.objects.create(announcement=news, kind="organisation", target=slug)
        for user in followers:
            Follow.objects.create(user=user, kind="organisation", target=slug)
    merge(kept, gone, by=staff)
    assert sorted(Follow.objects.values_list("user", "target")) == sorted(
        [(both.pk, "weppes"), (one.pk, "weppes")]
    )
    assert [topic.target for topic in AnnouncementTopic.objects.all()] == ["weppes"]


def test_former_addresses_lead_to_the_kept_one(kept: Any, gone: Any, staff: User) -> None:
    FormerSlug.objects.create(slug="weppes-bois", organisation=gone)
    merge(kept, gone, by=staff)
    addresses = FormerSlug.objects.order_by("slug").values_list("slug", "organisation")
    assert list(addresses) == [("sarl-weppes", kept.pk), ("weppes-bois", kept.pk)]


def test_what_was_told_apart_stays_told_apart(kept: Any, gone: Any, staff: User) -> None:
    other: Any = OrganisationFactory()
    for first, second in ((kept, gone), (gone, other), (kept, other)):
        DistinctPair.objects.create(first=first, second=second)
    merge(kept, gone, by=staff)
    assert list(DistinctPair.objects.values_list("first", "second")) == [(kept.pk, other.pk)]


def test_values_are_chosen_one_by_one(kept: Any, gone: Any, staff: User) -> None:
    theme: Any = ThemeFactory()
    gone.siret, gone.website, gone.headcount = "73282932000082", "https://weppes.example", "21"
    gone.commune = CommuneFactory(insee_code="59512", names={"fr": "Roubaix"})
    gone.save()
    gone.themes.set([theme])
    merge(kept, gone, by=staff, taken=["siret", "commune", "themes"])
    kept.refresh_from_db()
    assert (
        kept.name,
        kept.siret,
        kept.commune_id,
        kept.website,
        kept.headcount,
        list(kept.themes.all()),
    ) == (
        "Menuiserie des Weppes",
        "73282932000082",
        "59512",
        "",
        "12",
        [theme],
    )


def test_the_oldest_proof_and_the_oldest_record_stay(kept: Any, gone: Any, staff: User) -> None:
    long_ago = timezone.now() - dt.timedelta(days=900)
    Organisation.objects.filter(pk=kept.pk).update(confirmed_at=None)
    Organisation.objects.filter(pk=gone.pk).update(confirmed_at=long_ago, created_at=long_ago)
    merge(kept, gone, by=staff)
    kept.refresh_from_db()
    assert (kept.confirmed_at, kept.created_at, kept.version) == (long_ago, long_ago, 2)


def test_two_signatures_of_one_text_are_settled_by_people_first(kept: Any, gone: Any, staff: User) -> None:
    version = CharterVersion.objects.create(code="2021", adopted_on="2021-01-01")
    for organisation in (kept, gone):
        Signature.objects.create(organisation=organisation, version=version)
    member(gone)
    with pytest.raises(MergeRefused) as refused:
        merge(kept, gone, by=staff)
    assert [str(conflict.row) for conflict in refused.value.conflicts] == ["SARL Weppes, 2021"]
    assert [Organisation.objects.count(), gone.memberships.count(), OrganisationMerge.objects.count()] == [
        2,
        1,
        0,
    ]


def test_a_room_says_how_its_own_rows_are_brought_together(
    kept: Any, gone: Any, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = CharterVersion.objects.create(code="2021", adopted_on="2021-01-01")
    for organisation in (kept, gone):
        Signature.objects.create(organisation=organisation, version=version)

    def forget(row: Any, _kept: Any) -> bool:
        row.delete()
        return True

    monkeypatch.setitem(registries.merge_rules, "charters.Signature", forget)
    record = merge(kept, gone, by=staff)
    assert Signature.objects.get().organisation == kept
    assert len(record.moved["dropped"]["charters.Signature"]) == 1


def test_a_preview_counts_what_moves_and_moves_nothing(kept: Any, gone: Any, tree: Tree) -> None:
    PracticePageFactory(parent=tree.practices, organisation=gone)
    member(gone)
    member(gone)
    with translation.override("en"):
        shown = preview(kept, gone)
    assert (dict(shown.counts), shown.conflicts) == ({"good practices": 1, "memberships": 2}, [])
    assert [gone.memberships.count(), kept.memberships.count()] == [2, 0]


def test_the_merge_is_recorded_with_what_the_other_was(kept: Any, gone: Any, staff: User) -> None:
    row = member(gone)
    pk = gone.pk
    record = merge(kept, gone, by=staff, reason="Même entreprise, saisie deux fois")
    assert (record.kept, record.gone["name"], record.gone["id"], record.merged_by) == (
        kept,
        "SARL Weppes",
        pk,
        staff,
    )
    assert record.moved["moved"] == {"members.Membership": [row.pk]}
    entry = ModelLogEntry.objects.get(action="members.merge")
    assert (entry.user, entry.object_id, entry.data["gone"]) == (staff, str(kept.pk), "SARL Weppes")


def test_an_organisation_is_not_merged_with_itself(kept: Any, staff: User) -> None:
    with pytest.raises(Refusal):
        merge(kept, kept, by=staff)


def test_values_that_do_not_go_together_are_refused(kept: Any, gone: Any, staff: User) -> None:
    Organisation.objects.filter(pk=gone.pk).update(website="pas une adresse")
    with pytest.raises(Refusal):
        merge(kept, gone, by=staff, taken=["website"])
    assert Organisation.objects.count() == 2


def test_pages_and_search_follow(kept: Any, gone: Any, staff: User, tree: Tree) -> None:
    version = CharterVersion.objects.create(code="2021", adopted_on="2021-01-01")
    with TestCase.captureOnCommitCallbacks(execute=True):
        Signature.objects.create(organisation=gone, version=version, state="signed", signed_on="2021-06-01")
    assert [entry.target for entry in Entry.objects.all()] == [str(gone.pk)]
    before = generation.current()
    with TestCase.captureOnCommitCallbacks(execute=True):
        merge(kept, gone, by=staff)
    assert [entry.target for entry in Entry.objects.all()] == [str(kept.pk)]
    assert generation.current() != before
