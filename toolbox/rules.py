"""Whose a practice or a tool is, and who may read or write a contribution: one predicate each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.companies.rules import is_manager, membership_of
from members.models import Membership

if TYPE_CHECKING:
    from members.models import User

    from .models import Contribution, Practice, Tool

MODERATING = "toolbox.change_contribution"


def may_revise(user: User, facts: Practice | Tool | None) -> bool:
    """Whether this person may propose new words for a practice or a tool that is published.

    Its author while she belongs to the company, or when there is none; and the confirmed managers of
    the company, who keep what an author leaves behind.
    """
    if facts is None or not user.is_active:
        return False
    organisation = facts.organisation
    if organisation is None:
        return facts.author_id == user.pk
    if facts.author_id == user.pk and membership_of(user, organisation) is not None:
        return True
    return is_manager(user, organisation)


def owners(facts: Practice | Tool) -> list[User]:
    """Whom a practice or a tool concerns: its author while it is still hers, then the company's managers."""
    author = facts.author
    found = [author] if author is not None and may_revise(author, facts) else []
    if facts.organisation_id is not None:
        managers = Membership.objects.managers().filter(organisation=facts.organisation_id)
        rows = managers.select_related("user").order_by("joined_at", "pk")
        found += [row.user for row in rows if row.user_id != facts.author_id]
    return found


def may_moderate(user: User) -> bool:
    """Whether this person decides what is published of what members tell."""
    return user.is_active and user.has_perm(MODERATING)


def may_read(user: User, contribution: Contribution) -> bool:
    """Its author always; once it was sent, those who moderate, and the managers of its company."""
    if not user.is_active:
        return False
    if contribution.author_id == user.pk:
        return True
    if contribution.submitted_at is None:
        return False
    if may_moderate(user):
        return True
    organisation = contribution.organisation
    return organisation is not None and is_manager(user, organisation)


def may_write(user: User, contribution: Contribution) -> bool:
    """Its author, while it is hers to write: begun or sent back, and the page still hers to revise."""
    if not user.is_active or contribution.author_id != user.pk:
        return False
    return contribution.may_be_written and _page_is_hers(user, contribution)


def _page_is_hers(user: User, contribution: Contribution) -> bool:
    """Whether she may still revise what it revises; nothing stands in the way of what was never on line."""
    if contribution.page is None:
        return True
    facts = getattr(contribution.page.specific, "facts", None)
    return facts is None or may_revise(user, facts)
