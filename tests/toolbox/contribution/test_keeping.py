"""How long a draft is kept, what is known of a person, and what revising begins from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from common.registries import personal_data
from members.models import Membership, Notification
from tests.factories.pages import PracticePageFactory
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, manager_of, person
from tests.toolbox.contribution.telling import address, draft, member, ready, save, signed_in
from toolbox.contribution import drafting, expiring, revising
from toolbox.contribution.refusals import NotAllowed, Standing
from toolbox.contribution.words import Count, count
from toolbox.models import Contribution

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DATA = next(data for data in personal_data if data.key == "toolbox.contributions")


def states_at(days: list[int]) -> list[str]:
    """Where the only contribution stands after the job of each of these days."""
    start, found = timezone.now(), []
    for day in days:
        with time_machine.travel(start + day * DAY + dt.timedelta(minutes=1), tick=False):
            expiring.expire()
            row = Contribution.objects.first()
            found.append(f"{row.state if row else 'gone'} {Notification.objects.count()}")
    return found


def test_a_draft_is_told_of_then_discarded_then_forgotten() -> None:
    draft(member(), title="Des binômes")
    assert states_at([79, 80, 81, 89, 90, 99, 100]) == [
        "draft 0",
        "draft 1",
        "draft 1",
        "draft 1",
        "discarded 0",
        "discarded 0",
        "gone 0",
    ]


def test_one_word_more_begins_ninety_days_again() -> None:
    row = draft(member(), title="Des binômes")
    start = timezone.now()
    with time_machine.travel(start + 80 * DAY + dt.timedelta(minutes=1), tick=False):
        expiring.expire()
        save(row, "probleme", title="Des binômes volontaires")
    with time_machine.travel(start + 95 * DAY, tick=False):
        expiring.expire()
    row.refresh_from_db()
    assert (row.state, row.warned_at) == ("draft", None)


def test_her_words_are_exported_and_every_value_has_a_name() -> None:
    user = member(organisation=company())
    row = ready(user)
    found = list(DATA.export(user))
    assert [one["title"] for one in found] == [row.title]
    assert {name for one in found for name in one} <= set(DATA.labels)


def test_drafts_are_erased_and_what_was_decided_stays_without_a_name() -> None:
    user, home = member(), company()
    manager_of(home)
    belonging(user, home, role=Membership.Role.MEMBER)
    draft(user, title="Un brouillon")
    Contribution.objects.update(organisation=None)
    kept, left = ready(user), draft(user, title="Pour l’entreprise")
    Contribution.objects.filter(pk=kept.pk).update(
        state="accepted", submitted_at=timezone.now(), decided_at=timezone.now()
    )
    Contribution.objects.filter(pk=left.pk).update(organisation=home)
    announced = len(DATA.keeps(user, True))
    for _again in range(2):
        DATA.erase(user, True)
    assert announced == 1
    left_there: list[Any] = list(Contribution.objects.order_by("pk").values_list("pk", "author"))
    assert left_there == [
        (kept.pk, None),
        (left.pk, None),
    ]


def test_revising_begins_from_the_words_on_line_and_one_revision_stands(tree: Tree) -> None:
    home = company()
    author, manager = member(organisation=home), manager_of(home)
    page: Any = PracticePageFactory(parent=tree.practices, organisation=home, title="Des binômes")
    page.facts.author = author
    page.facts.save()
    with pytest.raises(NotAllowed):
        revising.begin_revision(person("Une Passante"), page.facts)
    row = revising.begin_revision(author, page.facts)
    assert (row.title, row.answers["actions_text"], row.answers["year"]) == (
        "Des binômes",
        "Des binômes.",
        "2024",
    )
    assert revising.begin_revision(author, page.facts) == row
    with pytest.raises(Standing) as refused:
        revising.begin_revision(manager, page.facts)
    assert refused.value.contribution == row
    path = f"/espace/partager/reviser/practice/{page.translation_key}/"
    assert [signed_in(user).get(path).status_code for user in (author, manager, person())] == [200, 200, 404]


@pytest.mark.parametrize("kind", ["practice", "tool"])
def test_it_is_previewed_on_the_very_page_even_when_nothing_is_said_yet(tree: Tree, kind: str) -> None:
    user = member(organisation=company())
    for row in (ready(user, kind), draft(user, kind)):
        page = signed_in(user).get(f"/espace/partager/{row.public_id}/apercu/")
        assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert (
        signed_in(person("Une Passante")).get(f"/espace/partager/{row.public_id}/apercu/").status_code == 404
    )


def test_words_are_counted_as_one_reads_them_and_a_count_only_helps() -> None:
    assert count("L’usure, à mi-carrière : 3 postes.") == 5
    levels = [Count(words, 50, 250).level for words in (0, 10, 30, 100, 400)]
    assert levels == ["none", "few", "some", "good", "many"]


def test_a_discarded_draft_is_had_back_from_the_list() -> None:
    user = member()
    row = draft(user, title="Des binômes")
    drafting.discard(row, user)
    client = signed_in(user)
    assert "Des binômes" in client.get("/espace/partager/").content.decode()
    client.post(f"/espace/partager/{row.public_id}/retablir/")
    assert client.get(address(row, "probleme")).status_code == 200
