"""What a practice's page says of those who took it up, and of when it was last read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from members.privacy.months import add_months
from toolbox.adopting import counting
from toolbox.adopting.asking import MONTHS
from toolbox.adopting.reread_views import revise_path
from toolbox.adopting.rules import memberships_of
from toolbox.models import Adoption
from toolbox.related import adopted_next
from toolbox.rules import may_revise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template.context import Context

    from toolbox.models import Practice, PracticePage, Tool

register = template.Library()

STALE_AFTER_MONTHS = MONTHS + 6


@register.simple_tag
def adoptions_of(practice: Practice) -> counting.Spread:
    """Who took a practice up; the same for everybody."""
    return counting.spread(practice.pk)


@register.simple_tag
def adopted_after(page: PracticePage) -> Sequence[PracticePage]:
    """What those who took a practice up took up next."""
    return adopted_next(page)


def signed_in(context: Context) -> Any:
    """Who reads, if she is signed in; nobody in a preview."""
    user = getattr(context.get("request"), "user", None)
    return user if user is not None and user.is_authenticated else None


@dataclass(frozen=True)
class Mine:
    """What the reader's companies say of a practice; whether one of them may still, or tells it itself."""

    said: Sequence[Adoption] = ()
    may_say: bool = True
    tells: bool = False


@register.simple_tag(takes_context=True)
def adoptions_by_mine(context: Context, practice: Practice) -> Mine:
    """Two queries for those signed in; visitors, whose page is kept for all, all get the same."""
    user = signed_in(context)
    mine = (
        {row.organisation_id for row in memberships_of(user)} if user is not None and practice.pk else set()
    )
    if not mine:
        return Mine()
    rows = Adoption.objects.filter(practice=practice, organisation__in=mine).select_related("organisation")
    said = list(rows.order_by("organisation__name", "pk"))
    left = mine - {row.organisation_id for row in said} - {practice.organisation_id}
    return Mine(said, bool(left), practice.organisation_id in mine)


@dataclass(frozen=True)
class LastRead:
    """When something was last read again (None: never), and since when it was not, when that is long."""

    on: dt.date | None = None
    stale_since: dt.date | None = None
    by: str = ""


@register.simple_tag
def last_read(facts: Practice | Tool) -> LastRead:
    """What the page says of it; no query."""
    if not facts.pk:
        return LastRead()
    by = "author" if facts.author_id else "company" if facts.organisation_id else ""
    since = facts.checked_on or timezone.localdate(facts.published_at)
    if since <= add_months(timezone.localdate(), -STALE_AFTER_MONTHS):
        return LastRead(facts.checked_on, since, by)
    return LastRead(facts.checked_on, None, by)


@register.simple_tag(takes_context=True)
def revise_link(context: Context, facts: Practice | Tool) -> str:
    """Where the reader may write it anew; empty for everybody else."""
    user = signed_in(context)
    return revise_path(facts) if user is not None and facts.pk and may_revise(user, facts) else ""
