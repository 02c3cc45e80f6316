"""Whose a practice is, and who may read and write what is told."""

from __future__ import annotations

import pytest
from django.utils import timezone

from members.models import Membership
from tests.factories.site import Tree
from tests.members.companies.people import belonging, company, person
from toolbox import rules
from toolbox.models import Practice

from .sent import author, draft, moderator, published, sent


def test_an_author_revises_while_she_belongs_and_the_company_keeps_what_she_leaves(tree: Tree) -> None:
    organisation = company()
    hers, boss, other = person(), author(organisation), author()
    belonging(hers, organisation, role=Membership.Role.MEMBER)
    published(tree, boss)
    facts = Practice.objects.get()
    facts.author = hers
    assert [rules.may_revise(user, facts) for user in (hers, boss, other)] == [True, True, False]
    assert rules.owners(facts) == [hers, boss]
    hers.memberships.update(left_at=timezone.now())
    assert [rules.may_revise(user, facts) for user in (hers, boss)] == [False, True]
    assert rules.owners(facts) == [boss]
    facts.organisation = None
    assert [rules.may_revise(user, facts) for user in (hers, boss)] == [True, False]


@pytest.mark.parametrize(("role", "expected"), [("manager", True), ("member", False)])
def test_what_was_sent_is_read_by_the_team_and_the_managers(tree: Tree, role: str, expected: bool) -> None:
    row = sent()
    colleague = person()
    belonging(colleague, row.organisation, role=role)
    assert rules.may_read(colleague, row) is expected
    assert rules.may_read(row.author, row)
    assert rules.may_read(moderator(), row)
    assert not rules.may_read(moderator(), draft())


def test_only_its_author_writes_it_and_only_before_it_is_sent(tree: Tree) -> None:
    row = draft()
    assert rules.may_write(row.author, row)
    assert not rules.may_write(moderator(), row)
    assert not rules.may_write(sent().author, sent())
