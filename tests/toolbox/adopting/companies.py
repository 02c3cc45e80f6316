"""Practices, and the companies that take them up."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from members.models import Case, Comment, Membership, Organisation, User
from tests.factories.pages import PracticePageFactory
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, person
from toolbox.adopting.saying import Said
from toolbox.models import Adoption, Practice, PracticePage

PLANNED, IN_PLACE, DROPPED = Adoption.State.PLANNED, Adoption.State.IN_PLACE, Adoption.State.DROPPED


def practice_page(tree: Tree, **fields: Any) -> PracticePage:
    """A published practice."""
    page: PracticePage = PracticePageFactory(parent=tree.practices, **fields)
    return page


def practice(tree: Tree, **fields: Any) -> Practice:
    """Its facts, with whoever told it when `author` is given."""
    author = fields.pop("author", None)
    facts = practice_page(tree, **fields).facts
    assert facts is not None
    if author is not None:
        facts.author = author
        facts.save(update_fields=["author"])
    return facts


def known(user: User) -> User:
    """Somebody whose comments were on line already: her words wait for nobody."""
    Comment.objects.create(
        target_kind="practice",
        target="x",
        author=user,
        text="Merci !",
        state=Comment.State.VISIBLE,
        published_at=timezone.now(),
    )
    return user


def colleague(organisation: Organisation, *, confirmed: bool = True, **fields: Any) -> User:
    """A member of a company, known to moderators."""
    user = known(person(**fields))
    belonging(user, organisation, role=Membership.Role.MEMBER, confirmed=confirmed)
    return user


def adoption(facts: Practice | None, state: str = IN_PLACE, **fields: Any) -> Adoption:
    """A company that took a practice up, today unless a day is given."""
    assert facts is not None
    day = f"{state}_on"
    values = {
        "organisation": fields.pop("organisation", None) or company(),
        day: timezone.localdate(),
        **fields,
    }
    return Adoption.objects.create(practice=facts, state=state, **values)


def said(state: str = IN_PLACE, **fields: Any) -> Said:
    """What somebody says."""
    return Said(state, **fields)


def case_of(row: Adoption) -> Case:
    """The case that stands for it."""
    return Case.objects.standing().get(kind="adoption", target=row.public_id)
