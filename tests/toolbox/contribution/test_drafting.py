"""Saving what is typed: never refused, never covered without a word, and had back for a while."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from members.models import Membership
from tests.members.companies.people import belonging, company, manager_of, person
from tests.toolbox.contribution.telling import draft, member, save
from toolbox.contribution import drafting
from toolbox.contribution.drafting import Seen, digest
from toolbox.contribution.questions import step_at
from toolbox.contribution.refusals import NotAllowed, NotNow, Overwriting, TooMany
from toolbox.models import Contribution

pytestmark = pytest.mark.django_db
PROBLEM, CARD = "probleme", "fiche"
A, B = "une-fenetre", "une-autre"


def test_a_draft_begins_with_what_is_known_of_her_only_company() -> None:
    home = company(sector="commerce", headcount="21")
    row = drafting.begin(member(organisation=home), "practice")
    assert (row.organisation, row.answers) == (home, {"sector": "commerce", "size": "50to249"})


def test_whoever_has_several_companies_chooses_and_the_card_follows() -> None:
    user = member(organisation=company(sector="industrie"))
    other = company(sector="commerce", headcount="21")
    belonging(user, other)
    row = drafting.begin(user, "practice")
    assert (row.organisation, row.answers) == (None, {})
    row = save(row, CARD, organisation=other.slug)
    assert (row.organisation, row.answers["sector"], row.answers["size"]) == (other, "commerce", "50to249")


def test_a_company_that_is_not_hers_is_not_taken() -> None:
    row = save(draft(member()), CARD, organisation=company().slug)
    assert row.organisation is None


def test_each_save_counts_and_saving_the_same_again_does_not() -> None:
    row = draft(member())
    row = save(row, PROBLEM, title="Des binômes")
    assert (row.version, row.title) == (2, "Des binômes")
    assert save(row, PROBLEM, title="Des binômes").version == 2


def test_two_windows_cannot_cover_each_other_s_words() -> None:
    row = draft(member())
    save(row, PROBLEM, Seen(1, "", A), title="De la première fenêtre")
    with pytest.raises(Overwriting) as refused:
        save(row, PROBLEM, Seen(1, "", B), title="De la seconde")
    assert refused.value.theirs == {"title": "De la première fenêtre"}
    row.refresh_from_db()
    assert (row.title, row.version) == ("De la première fenêtre", 2)


def test_a_form_whose_answer_was_lost_by_the_network_saves_again() -> None:
    row = draft(member())
    for words in ("Des", "Des bi", "Des binômes"):
        row = save(row, PROBLEM, Seen(1, "", A), title=words)
    assert (row.title, row.version) == ("Des binômes", 4)


def test_two_windows_on_two_steps_do_not_disturb_each_other() -> None:
    row = draft(member())
    step = step_at("practice", "actions")
    assert step is not None
    seen = digest(drafting.current(row, step))
    save(row, PROBLEM, Seen(1, "", A), title="Des binômes")
    row = save(row, "actions", Seen(1, seen, B), actions_text="Nous avons commencé.")
    assert (row.title, row.answers["actions_text"]) == ("Des binômes", "Nous avons commencé.")


def test_only_its_author_writes_and_only_before_it_is_sent() -> None:
    home = company()
    row = draft(member(organisation=home))
    with pytest.raises(NotAllowed):
        save(row, PROBLEM, user=manager_of(home), title="À moi")
    Contribution.objects.update(state="submitted", submitted_at=timezone.now())
    with pytest.raises(NotNow):
        save(row, PROBLEM, title="Trop tard")


def test_what_is_discarded_is_had_back_where_it_stood_for_ten_days() -> None:
    user = member()
    row = draft(user, title="Des binômes")
    drafting.discard(row, user)
    assert [move.state for move in row.moves.all()] == ["draft", "discarded"]
    assert drafting.restore(row, user).state == "draft"
    drafting.discard(row, user)
    Contribution.objects.update(saved_at=timezone.now() - dt.timedelta(days=10, minutes=1))
    with pytest.raises(NotNow):
        drafting.restore(row, user)


def test_a_manager_takes_up_what_somebody_who_left_began_and_not_before() -> None:
    home = company()
    author, manager = member(organisation=home), manager_of(home)
    row = draft(author, title="Des binômes")
    with pytest.raises(NotAllowed):
        drafting.take_up(row, manager)
    Membership.objects.filter(user=author).update(left_at=timezone.now())
    with pytest.raises(NotAllowed):
        drafting.take_up(row, person("Une Autre"))
    assert drafting.take_up(row, manager).author == manager


def test_nobody_keeps_hundreds_of_drafts() -> None:
    user = member()
    for _each in range(drafting.MOST_DRAFTS):
        drafting.begin(user, "practice")
    with pytest.raises(TooMany):
        drafting.begin(user, "tool")
