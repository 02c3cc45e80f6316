"""Saving the filters of a list, and following what will match them (decision 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from members.models import Follow, Followed, User
from members.space.following import Subject, follow, stop_following
from toolbox.models import SavedFilter

from .queries import LISTS, Search, read_search
from .refusals import NothingToSave, TooManyFilters, TooManySearches

if TYPE_CHECKING:
    from collections.abc import Collection

MOST = 50
NAME, QUERY = 120, 500


@transaction.atomic
def save(user: User, search: Search, name: str = "", *, followed: bool = False) -> SavedFilter:
    """Keep filters under a name; the same filters again take the new name.

    Raises NothingToSave, TooManyFilters, TooManySearches.
    """
    if not search.chosen:
        raise NothingToSave
    if len(search.query) > QUERY:
        raise TooManyFilters
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    row = SavedFilter.objects.filter(user=user, digest=search.digest).first()
    if row is None:
        if SavedFilter.objects.filter(user=user).count() >= MOST:
            raise TooManySearches
        row = SavedFilter(user=user, listing=search.list.name, query=search.query, digest=search.digest)
    row.name = (name.strip() or search.name)[:NAME]
    row.save()
    if followed:
        follow(user, Followed.FILTER, row.digest)
    return row


def rename(row: SavedFilter, name: str) -> None:
    """Give it another name; without one, what it says."""
    search = read_search(row.listing, row.query)
    row.name = (name.strip() or (search.name if search else "") or row.name)[:NAME]
    row.save(update_fields=["name"])


@transaction.atomic
def delete(row: SavedFilter) -> None:
    """Forget it, and no longer tell what matches it."""
    stop_following(row.user, Followed.FILTER, row.digest)
    row.delete()


def followed_digests(user: User) -> set[str]:
    """Those of her searches that she is told about."""
    return set(Follow.objects.filter(user=user, kind=Followed.FILTER).values_list("target", flat=True))


def describe_filters(targets: Collection[str]) -> dict[str, Subject]:
    """Followed filters by what they say: the name somebody gave them is hers alone."""
    rows = SavedFilter.objects.filter(digest__in=targets).order_by("listing", "query")
    found: dict[str, Subject] = {}
    for digest, listing, query in rows.values_list("digest", "listing", "query").distinct():
        search = read_search(listing, query)
        if search is not None and search.chosen:
            label = LISTS[listing].label
            found[digest] = Subject(f"{label} – {search.name}", search.url)
    return found
