"""What changed on a page while somebody was revising it: three versions of each field, and who changed which."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from .writing import answers_of, fields_of, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wagtail.models import Revision

    from toolbox.models import Contribution

# Longer words are compared by their beginnings: this only tells which of two texts a third comes from.
COMPARED = 4000


@dataclass(frozen=True)
class Meanwhile:
    """The words that a revision began from (`base`), hers (`mine`), and those of the page (`theirs`).

    `page` holds theirs, ready to be written over; it is not to be saved as it is.
    """

    page: Any
    base: Mapping[str, Any]
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    fields: tuple[str, ...]

    @property
    def by_author(self) -> frozenset[str]:
        """What she changed."""
        return frozenset(
            name
            for name in self.fields
            if name in self.mine and not same(self.mine[name], self.base.get(name))
        )

    @property
    def by_others(self) -> frozenset[str]:
        """What was changed on the page."""
        return frozenset(name for name in self.fields if not same(self.theirs.get(name), self.base.get(name)))

    @property
    def only_others(self) -> frozenset[str]:
        """What she left as it was, and others changed."""
        return self.by_others - self.by_author

    @property
    def both(self) -> tuple[str, ...]:
        """What both changed, each in another way: somebody has to choose."""
        touched = self.by_author & self.by_others
        return tuple(
            name
            for name in self.fields
            if name in touched and not same(self.mine[name], self.theirs.get(name))
        )


def look(contribution: Contribution) -> Meanwhile | None:
    """The three versions; None while there is no page."""
    if contribution.page is None:
        return None
    page: Any = others_words(contribution)
    theirs = answers_of(page)
    base = _base(contribution, page, theirs)
    return Meanwhile(page, base, contribution.answers, theirs, fields_of(contribution.kind))


def was_published(page: Any) -> bool:
    """Whether it is or was on line: what is told of it then is a revision."""
    return page.live or page.first_published_at is not None


def _base(contribution: Contribution, page: Any, theirs: Mapping[str, Any]) -> Mapping[str, Any]:
    revision = contribution.base_revision if was_published(page) else contribution.revision
    return answers_of(revision.as_object()) if revision is not None else theirs


def others_words(contribution: Contribution) -> Any:
    """The page as others have it: its latest words, or those on which hers were written when hers are the latest."""
    page: Any = contribution.page.specific if contribution.page is not None else None
    if page is None or page.latest_revision_id is None:
        return page
    if page.latest_revision_id != contribution.revision_id or not was_published(page):
        return page.get_latest_revision_as_object()
    before = revision_before(contribution, page)
    if before is None or before.pk == page.live_revision_id:
        return page
    return before.as_object()


def others_revision(contribution: Contribution) -> Revision | None:
    """The revision that holds these words."""
    page: Any = contribution.page.specific if contribution.page is not None else None
    if page is None or page.latest_revision_id != contribution.revision_id:
        return page.latest_revision if page is not None else None
    return revision_before(contribution, page)


def revision_before(contribution: Contribution, page: Any) -> Revision | None:
    """What hers were written on, or what went on line since."""
    base, live = contribution.base_revision, page.live_revision
    if base is None or (live is not None and live.created_at > base.created_at):
        found: Revision | None = live
        return found
    return base


def took_in(contribution: Contribution, page: Any, revision: Revision | None) -> bool:
    """Whether what was just published holds her words, though perhaps corrected.

    An editor who had the page open since before she sent hers publishes words without them.
    """
    if contribution.revision_id is None or contribution.revision is None:
        return False
    if revision is not None and revision.pk == contribution.revision_id:
        return True
    if contribution.base_revision is None:
        return True
    base, mine, now = (
        answers_of(contribution.base_revision.as_object()),
        answers_of(contribution.revision.as_object()),
        answers_of(page),
    )
    hers = [name for name in fields_of(contribution.kind) if not same(mine.get(name), base.get(name))]
    return not hers or any(_closer(now.get(name), mine.get(name), base.get(name)) for name in hers)


def _closer(now: Any, mine: Any, base: Any) -> bool:
    """Whether these words come from hers rather than from those before."""
    if same(now, mine):
        return True
    if same(now, base):
        return False
    words, of_mine, of_base = (str(value)[:COMPARED].split() for value in (now, mine, base))
    return SequenceMatcher(None, words, of_mine).ratio() > SequenceMatcher(None, words, of_base).ratio()
