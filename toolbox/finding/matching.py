"""Which followed filters a practice or a tool matches on the day it is published.

The distinct filters are read once, and compared in memory with what the page says: a thousand of them cost
one query. What nobody can have done on the first day is left aside: that companies took a practice up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from members.models import Follow, Followed
from members.space.announcing import themes_of
from toolbox.models import Practice, SavedFilter

from .filters import YES
from .keys import PRACTICE, TOOL
from .queries import read_search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from common.listing import Selection
    from toolbox.models import PracticePage, ToolPage

NOT_YET = frozenset({"adopted"})
Values = dict[str, set[str]]


def practice_values(page: PracticePage) -> Values:
    """What a practice says, filter by filter."""
    return {
        "theme": {theme.slug for theme in themes_of(page)},
        **{name: {getattr(page, name)} for name in ("sector", "size", "effort", "cost")},
    }


def tool_values(page: ToolPage) -> Values:
    """The same of a tool; sectors and sizes are those of the practices that use it already."""
    users = Practice.objects.live().filter(tools__translation_key=page.translation_key)
    used = list(users.order_by().values_list("sector", "size"))
    return {
        "theme": {theme.slug for theme in themes_of(page)},
        **{name: {getattr(page, name)} for name in ("kind", "language", "audience")},
        "accessible": {YES} if page.accessible else set(),
        "sector": {sector for sector, _size in used},
        "size": {size for _sector, size in used},
    }


def matches(chosen: Selection, values: Mapping[str, set[str]]) -> bool:
    """Whether something passes every filter; one that rests only on what comes later matches nothing."""
    asked = {name: wanted for name, wanted in chosen.items() if name not in NOT_YET}
    return bool(asked) and all(values.get(name, set()).intersection(wanted) for name, wanted in asked.items())


def matching(listing: str, values: Values) -> list[str]:
    """The digests of the followed filters of a list that something with these values passes."""
    follows = Follow.objects.filter(kind=Followed.FILTER, target=OuterRef("digest"))
    rows = SavedFilter.objects.filter(Exists(follows), listing=listing).order_by("digest")
    found = []
    for digest, query in rows.values_list("digest", "query").distinct():
        search = read_search(listing, query)
        if search is not None and matches(search.chosen, values):
            found.append(digest)
    return found


def filters_for_practice(page: PracticePage) -> list[str]:
    """The digests that the announcement of a practice is about."""
    return matching(PRACTICE, practice_values(page))


def filters_for_tool(page: ToolPage) -> list[str]:
    """The digests that the announcement of a tool is about."""
    return matching(TOOL, tool_values(page))
