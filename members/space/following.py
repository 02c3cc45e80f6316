"""Following themes, companies and practices.

A room says how what it owns is named (`register_followable`); a follow keeps only its kind and target.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.addresses import section
from common.known import themes
from members.models import Follow, Followed, Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User

# More than anybody reads; it bounds what one account can make the digest work.
MOST = 300


@dataclass(frozen=True)
class Subject:
    """Something that can be followed, as it is shown. `family` gives a theme its pip."""

    title: str
    url: str
    family: str = ""


@dataclass(frozen=True)
class Followable:
    """A kind of thing that can be followed: `describe` names those of the targets that are public."""

    kind: str
    label: str | _StrPromise
    describe: Callable[[Collection[str]], Mapping[str, Subject]]


@dataclass(frozen=True)
class Followee:
    """What somebody follows, as the space shows it."""

    kind: str
    target: str
    subject: Subject


class NotFollowableError(LookupError):
    """Nothing public has that kind and target."""


followables: dict[str, Followable] = {}


def register_followable(followable: Followable) -> None:
    """Add a kind; it is one of `Followed`."""
    followables[followable.kind] = followable


def in_order() -> list[tuple[str, Followable]]:
    """The kinds that rooms have registered, in the order of `Followed`."""
    return [(kind.value, followables[kind]) for kind in Followed if kind in followables]


def describe_themes(slugs: Collection[str]) -> dict[str, Subject]:
    """Themes lead to their practices."""
    practices = section("bonnes-pratiques")
    return {
        theme.slug: Subject(theme.name, f"{practices}?theme={theme.slug}", theme.family)
        for theme in themes().values()
        if theme.slug in slugs
    }


def describe_organisations(slugs: Collection[str]) -> dict[str, Subject]:
    """Companies lead to their public page."""
    confirmed = Organisation.objects.confirmed().filter(slug__in=slugs).order_by("name")
    rows = confirmed.values_list("slug", "name")
    return {slug: Subject(name, reverse("company", args=[slug])) for slug, name in rows}


def register() -> None:
    """What this room owns."""
    register_followable(Followable(Followed.THEME, _("Themes"), describe_themes))
    register_followable(Followable(Followed.ORGANISATION, _("Companies"), describe_organisations))


def subject_of(kind: str, target: str) -> Subject:
    """What would be followed. Raises NotFollowableError."""
    known = followables.get(kind) if "\0" not in target else None
    subject = known.describe([target]).get(target) if known else None
    if subject is None:
        raise NotFollowableError(f"{kind}:{target}")
    return subject


def follow(user: User, kind: str, target: str) -> bool:
    """Follow something; return whether it was not followed yet. Raises NotFollowableError."""
    subject_of(kind, target)
    if Follow.objects.filter(user=user).count() >= MOST:
        return False
    return Follow.objects.get_or_create(user=user, kind=kind, target=target)[1]


def stop_following(user: User, kind: str, target: str) -> bool:
    """Follow something no longer; return whether it was followed."""
    if "\0" in kind + target:
        return False
    return bool(Follow.objects.filter(user=user, kind=kind, target=target).delete()[0])


def followed_by(user: User) -> set[tuple[str, str]]:
    """Kind and target of all that somebody follows."""
    return set(Follow.objects.filter(user=user).values_list("kind", "target"))


def describe(follows: Collection[tuple[str, str]]) -> list[Followee]:
    """What is followed, in the order of its kind and name; one query a kind at most. What is gone is left out."""
    found = []
    for kind, followable in in_order():
        targets = [target for followed, target in follows if followed == kind]
        subjects = followable.describe(targets) if targets else {}
        found += [Followee(kind, target, subject) for target, subject in subjects.items()]
    return found


def about(follows: Collection[tuple[str, str]], prefix: str = "") -> Q:
    """The condition that a row's `kind` and `target` are one of these."""
    condition = Q(pk__in=())
    for kind in sorted({kind for kind, _target in follows}):
        targets = sorted(target for followed, target in follows if followed == kind)
        condition |= Q(**{f"{prefix}kind": kind, f"{prefix}target__in": targets})
    return condition


@transaction.atomic
def retarget(kind: str, old: str, new: str) -> None:
    """What was followed has another name now (a merge, a new address): its followers follow that."""
    already = Follow.objects.filter(kind=kind, target=new).values("user")
    Follow.objects.filter(kind=kind, target=old, user__in=already).delete()
    Follow.objects.filter(kind=kind, target=old).update(target=new)
