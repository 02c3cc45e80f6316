"""What can be talked about: each room says how it is found, whose it is, and what its author asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Topic:
    """One thing that is commented, in the active language (or in French where it is not translated).

    `url` is its page; `author_id` and `organisation_id` say whose it is; `question` is what its author asks;
    `is_open` whether one may still write (a past event that was not cancelled, a published page).
    """

    kind: str
    key: str
    title: str
    url: str
    author_id: int | None = None
    organisation_id: int | None = None
    question: str = ""
    is_open: bool = True


@dataclass(frozen=True)
class Discussable:
    """A kind of thing that is commented. `find` answers the public ones among some translation keys."""

    kind: str
    label: str | _StrPromise
    invitation: str | _StrPromise
    find: Callable[[Collection[str]], Mapping[str, Topic]]


_kinds: dict[str, Discussable] = {}


def register_discussable(discussable: Discussable) -> None:
    """Add a kind (“practice”, “tool”, “video”, “event”)."""
    _kinds[discussable.kind] = discussable


def discussable(kind: str) -> Discussable | None:
    """The kind of that name, if a room registered it."""
    return _kinds.get(kind)


def topic_of(kind: str, key: str) -> Topic | None:
    """One public thing; None when there is none."""
    known = _kinds.get(kind)
    return known.find([key]).get(key) if known else None
