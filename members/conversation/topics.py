"""What can be talked about: each room says how it is found, whose it is, and what its author asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.addresses import locale_ids, path_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

# Where the exchanges stand on the page of what is talked about.
ANCHOR = "echanges"
AUTHOR = _("The author")


@dataclass(frozen=True)
class Topic:
    """One thing that is commented, in the active language (or in French where it is not translated).

    `url` is its page; `author_id` and `organisation_id` say whose it is; `question` is what its author
    asks; `is_open` whether one may still write (a past event that was not cancelled, a published page).
    """

    kind: str
    key: str
    title: str
    url: str
    author_id: int | None = None
    organisation_id: int | None = None
    question: str = ""
    is_open: bool = True

    @property
    def target(self) -> str:
        """What a follow of its exchanges is known by."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Discussable:
    """A kind of thing that is commented. `find` answers the public ones among some translation keys.

    `author_label` marks the comments of whoever made the thing.
    """

    kind: str
    label: str | _StrPromise
    invitation: str | _StrPromise
    find: Callable[[Collection[str]], Mapping[str, Topic]]
    author_label: str | _StrPromise = AUTHOR


_kinds: dict[str, Discussable] = {}


def register_discussable(discussable: Discussable) -> None:
    """Add a kind (“practice”, “tool”, “video”, “event”)."""
    _kinds[discussable.kind] = discussable


def discussable(kind: str) -> Discussable | None:
    """The kind of that name, if a room registered it."""
    return _kinds.get(kind)


def all_discussables() -> list[Discussable]:
    """The kinds that rooms registered."""
    return list(_kinds.values())


def topic_of(kind: str, key: str) -> Topic | None:
    """One public thing; None when there is none."""
    known = _kinds.get(kind)
    return known.find([key]).get(key) if known else None


def topics_of(targets: Collection[tuple[str, str]]) -> dict[tuple[str, str], Topic]:
    """The public ones among some kinds and keys, in one look-up a kind."""
    found: dict[tuple[str, str], Topic] = {}
    for kind, known in _kinds.items():
        keys = {key for asked, key in targets if asked == kind}
        found |= {(kind, key): topic for key, topic in (known.find(keys) if keys else {}).items()}
    return found


def as_key(key: str) -> UUID | None:
    """A translation key as it is stored; None when it is not one."""
    try:
        return UUID(key)
    except ValueError:
        return None


def find_pages(kind: str, pages: QuerySet[Any], keys: Collection[str]) -> dict[str, Topic]:
    """The topics of live pages with facts, in the active language or else in French, by key, in one query.

    `pages` is narrowed to what is public; `author`, `organisation` and `question` are read where the
    model has them.
    """
    wanted = [uuid for uuid in map(as_key, keys) if uuid]
    rows = pages.filter(translation_key__in=wanted, live=True, facts__live=True).select_related("facts")
    order = {locale_ids().get(settings.LANGUAGE_CODE): 1, locale_ids().get(get_language() or ""): 2}
    found: dict[str, Topic] = {}
    for page in sorted(rows.order_by("pk"), key=lambda page: order.get(page.locale_id, 0)):
        found[str(page.translation_key)] = topic_of_page(kind, page, path_for(page.url_path, page.locale_id))
    return found


def topic_of_page(kind: str, page: Any, url: str) -> Topic:
    """A page at hand as something that is talked about; no query."""
    facts = getattr(page, "facts", None)
    return Topic(
        kind,
        str(page.translation_key),
        page.title,
        url,
        author_id=getattr(facts, "author_id", None),
        organisation_id=getattr(facts, "organisation_id", None),
        question=getattr(page, "question", ""),
    )
