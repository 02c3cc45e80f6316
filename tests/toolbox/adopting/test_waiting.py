"""Lines of experience in the queue of moderators."""

from __future__ import annotations

import pytest

from members.cases.deciding import carry_out, decide, undo
from members.cases.kinds import StaleError
from members.cases.reconciling import reconcile
from members.models import Case, Notification, User
from tests.factories.shared import UserFactory
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, person
from tests.members.space.told import letters
from tests.toolbox.adopting.companies import case_of, known, practice, said
from toolbox.adopting import waiting
from toolbox.adopting.saying import say, withdraw
from toolbox.models import Adoption

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    user: User = UserFactory(admin=True)
    return user


@pytest.fixture
def held(tree: Tree) -> Adoption:
    organisation, newcomer = company(name="Usine"), person()
    belonging(newcomer, organisation)
    facts = practice(tree, organisation=None, author=person(), title="Le tutorat")
    return say(facts, organisation, newcomer, said(shown=True, experience="Cela tient."))


def texts() -> list[str]:
    return sorted(Notification.objects.values_list("text", flat=True))


def test_what_is_shown_is_on_line_at_once_and_told_when_it_can_no_longer_be_undone(
    held: Adoption, moderator: User
) -> None:
    case = decide(case_of(held), moderator, waiting.SHOW)
    held.refresh_from_db()
    assert (held.held, texts()) == (False, [])
    carry_out(case, now=True)
    assert texts() == [
        "Usine adopte « Le tutorat ».",
        "Votre retour d’expérience sur « Le tutorat » est en ligne.",
    ]


def test_what_is_undone_waits_again_and_nobody_was_told(held: Adoption, moderator: User) -> None:
    case = decide(case_of(held), moderator, waiting.SHOW)
    undo(case, moderator)
    held.refresh_from_db()
    assert (held.held, case_of(held).state, texts()) == (True, Case.State.WAITING, [])


def test_what_is_hidden_is_explained_by_mail_in_the_moderator_s_words_and_stays_hidden(
    held: Adoption, moderator: User
) -> None:
    case = decide(case_of(held), moderator, waiting.HIDE, "Vous citez un tuteur : dites-le sans personne.")
    for _twice in range(2):
        carry_out(case, now=True)
    held.refresh_from_db()
    [letter] = letters()
    assert (held.held, held.experience, letter.to) == (True, "Cela tient.", held.author.email)  # type: ignore[union-attr]
    assert "Vous citez un tuteur" in letter.text
    assert texts()[0] == "Une entreprise de plus adopte « Le tutorat »."
    assert waiting.hidden_by(held) is not None
    assert list(waiting.all_waiting()) == []


def test_words_changed_after_they_were_hidden_are_read_again_even_of_somebody_known(
    held: Adoption, moderator: User
) -> None:
    carry_out(decide(case_of(held), moderator, waiting.HIDE, "Sans personne."), now=True)
    author = known(held.author)  # type: ignore[arg-type]
    row = say(held.practice, held.organisation, author, said(shown=True, experience="Cela tient bien."))
    assert (row.held, waiting.hidden_by(row), case_of(row).state) == (True, None, Case.State.WAITING)


def test_words_taken_back_leave_nothing_to_decide(held: Adoption, moderator: User) -> None:
    case = case_of(held)
    withdraw(held, held.author)  # type: ignore[arg-type]
    case.refresh_from_db()
    assert case.state == Case.State.VOID
    with pytest.raises(StaleError):
        waiting.target_of(case)


def test_a_case_that_was_forgotten_is_opened_by_the_job(held: Adoption) -> None:
    Case.objects.all().delete()
    reconcile()
    assert case_of(held).title == "Usine – Le tutorat"
