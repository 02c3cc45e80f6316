"""Saying that one's company takes up a practice: who may, what is dated, who is told, what waits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from members.companies.refusals import NotAllowed
from members.models import Case, Notification, Step
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, manager_of, person
from tests.toolbox.adopting.companies import (
    DROPPED,
    IN_PLACE,
    PLANNED,
    adoption,
    case_of,
    colleague,
    known,
    practice,
    said,
)
from toolbox.adopting import telling
from toolbox.adopting.refusals import ChangedMeanwhile, NotProved, OwnPractice, PracticeGone
from toolbox.adopting.saying import record, say, stamp_of, withdraw
from toolbox.models import Adoption

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_each_state_is_dated_the_first_time(tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    user = colleague(organisation)
    march = dt.date(2026, 3, 2)
    say(facts, organisation, user, said(PLANNED, on=march))
    say(facts, organisation, user, said(IN_PLACE))
    row = say(facts, organisation, user, said(IN_PLACE, experience="Cela tient."))
    assert (row.planned_on, row.in_place_on, row.dropped_on) == (march, TODAY(), None)
    assert Adoption.objects.count() == 1
    steps = Step.objects.filter(organisation=organisation).order_by("pk")
    assert [step.on for step in steps] == [march, TODAY()]


def test_whoever_does_not_belong_to_the_company_says_nothing(tree: Tree) -> None:
    with pytest.raises(NotAllowed):
        say(practice(tree), company(), known(person()), said())


def test_the_company_that_tells_it_does_not_take_it_up(tree: Tree) -> None:
    organisation = company()
    with pytest.raises(OwnPractice):
        say(practice(tree, organisation=organisation), organisation, colleague(organisation), said())


def test_a_practice_off_line_is_not_taken_up(tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    type(facts).objects.filter(pk=facts.pk).update(live=False)
    with pytest.raises(PracticeGone):
        say(facts, organisation, colleague(organisation), said())


def test_a_company_is_named_only_through_somebody_proved(tree: Tree) -> None:
    facts, organisation, young = practice(tree), company(), company(confirmed_at=None)
    proved, unproved = colleague(organisation), colleague(organisation, confirmed=False)
    row = say(facts, organisation, unproved, said(shown=True))
    assert row.shown is False
    assert say(facts, organisation, proved, said(shown=True)).shown is True
    with pytest.raises(NotProved):
        say(facts, organisation, unproved, said(DROPPED))
    with pytest.raises(NotProved):
        withdraw(row, unproved)
    assert say(facts, young, colleague(young), said(shown=True)).shown is False


def test_who_writes_over_a_colleague_is_shown_what_stands(tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    first = say(facts, organisation, colleague(organisation), said(PLANNED), seen="")
    second = colleague(organisation)
    with pytest.raises(ChangedMeanwhile) as refused:
        say(facts, organisation, second, said(DROPPED), seen="")
    assert refused.value.adoption == first
    row = say(facts, organisation, second, said(DROPPED), seen=stamp_of(first))
    assert (row.state, row.author) == (DROPPED, second)


def test_a_form_sent_twice_is_one_adoption(tree: Tree) -> None:
    facts, organisation = practice(tree), company()
    user = colleague(organisation)
    rows = [say(facts, organisation, user, said(experience="Oui."), seen="") for _each in range(2)]
    assert rows[0] == rows[1]
    assert rows[0].updated_at == rows[1].updated_at


def test_those_who_tell_the_practice_are_told_once_and_not_by_themselves(tree: Tree) -> None:
    teller = company(name="Filature")
    author, boss = person(), manager_of(teller)
    belonging(author, teller)
    facts, organisation = (
        practice(tree, organisation=teller, author=author, title="Le tutorat"),
        company(name="Usine"),
    )
    belonging(boss, organisation)
    user = colleague(organisation)
    say(facts, organisation, user, said(PLANNED, shown=True))
    say(facts, organisation, user, said(IN_PLACE, shown=True))
    told = Notification.objects.get()
    assert (told.user, told.text) == (author, "Usine adopte « Le tutorat ».")
    assert told.url.endswith("#adoptions")


def test_a_company_that_is_not_named_on_the_page_is_not_named_to_its_author(tree: Tree) -> None:
    author = person()
    facts, organisation = (
        practice(tree, organisation=None, author=author, title="Le tutorat"),
        company(name="Usine"),
    )
    say(facts, organisation, colleague(organisation), said(shown=False))
    assert Notification.objects.get(user=author).text == "Une entreprise de plus adopte « Le tutorat »."


def test_the_words_of_a_newcomer_wait_and_her_company_is_counted_meanwhile(tree: Tree) -> None:
    author = person()
    facts, organisation = practice(tree, organisation=None, author=author), company()
    newcomer = person()
    belonging(newcomer, organisation)
    row = say(facts, organisation, newcomer, said(shown=True, experience="Cela tient."))
    assert (row.held, Adoption.objects.shown().count(), Notification.objects.count()) == (True, 0, 0)
    assert case_of(row).author == newcomer
    row = say(facts, organisation, newcomer, said(shown=True))
    assert (row.held, Adoption.objects.shown().count()) == (False, 1)
    assert Case.objects.standing().count() == 0


def test_nothing_waits_where_nothing_was_written(tree: Tree) -> None:
    facts, organisation, newcomer = practice(tree), company(), person()
    belonging(newcomer, organisation)
    assert say(facts, organisation, newcomer, said()).held is False


def test_what_is_withdrawn_is_gone_with_what_was_told_of_it(tree: Tree) -> None:
    author = person()
    facts, organisation = practice(tree, organisation=None, author=author), company()
    user = colleague(organisation)
    row = say(facts, organisation, user, said())
    withdraw(row, user)
    withdraw(row, user)
    assert (Adoption.objects.count(), Notification.objects.count()) == (0, 0)


def test_staff_record_what_a_company_told_them(tree: Tree) -> None:
    facts, staff = practice(tree), person()
    row = record(facts, company(), staff, said(shown=True, experience="Dit au téléphone."))
    assert (row.shown, row.held) == (True, False)
    assert record(facts, company(confirmed_at=None), staff, said(shown=True)).shown is False


def test_who_planned_six_months_ago_is_asked_once_where_she_is(tree: Tree) -> None:
    facts, organisation = practice(tree, title="Le tutorat"), company(name="Usine")
    author = colleague(organisation)
    ago = TODAY() - dt.timedelta(days=190)
    adoption(facts, PLANNED, organisation=organisation, author=author, planned_on=ago)
    adoption(facts, PLANNED, author=None)
    adoption(facts, PLANNED, planned_on=TODAY() - dt.timedelta(days=400))
    assert (telling.nudge(), telling.nudge()) == (1, 0)
    told = Notification.objects.get()
    assert (told.user, told.text) == (
        author,
        "Il y a six mois, Usine prévoyait « Le tutorat ». Où en êtes-vous ?",
    )


def test_once_the_author_has_left_the_managers_are_asked(tree: Tree) -> None:
    organisation = company()
    boss = manager_of(organisation)
    ago = TODAY() - dt.timedelta(days=190)
    adoption(practice(tree), PLANNED, organisation=organisation, author=person(), planned_on=ago)
    telling.nudge()
    assert Notification.objects.get().user == boss
