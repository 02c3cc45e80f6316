"""The cards of a hand as they are shown: what is on line, in the visitor's language or else in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from common.addresses import language_of, path_of
from common.known import fill
from toolbox.models import PracticePage, ToolPage

from .keys import PRACTICE, TOOL, read_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

PAGES: dict[str, Any] = {PRACTICE: PracticePage, TOOL: ToolPage}
# What a row of a hand shows; a dossier shows the whole page.
ROW = {
    PRACTICE: ("facts__sector", "facts__size", "facts__effort", "facts__cost", "facts__organisation__name"),
    TOOL: ("facts__kind", "facts__audience", "facts__page_count"),
}
LINE = (
    "title",
    "summary",
    "url_path",
    "locale_id",
    "translation_key",
    "facts__lead_theme_id",
    "facts__example",
)
RELATED = {PRACTICE: ("facts__organisation",), TOOL: ("facts__document",)}


@dataclass(frozen=True)
class Card:
    """A practice or a tool in a hand. Without a page it is no longer on line."""

    key: str
    kind: str
    page: Any = None
    note: str = ""

    @property
    def facts(self) -> Any:
        """What its page shares with its translations."""
        return self.page.facts

    @property
    def title(self) -> str:
        """How it is called, also when it is gone."""
        return self.page.title if self.page else gettext("a card that is no longer on line")

    @property
    def url(self) -> str:
        """Where it is read."""
        return path_of(self.page)

    @property
    def is_practice(self) -> bool:
        """Whether it is a practice."""
        return self.kind == PRACTICE


def pages_of(kind: str, keys: Sequence[UUID], *, whole: bool) -> dict[UUID, Any]:
    """The live pages of some keys, one each; one query."""
    rows: QuerySet[Any] = PAGES[kind].objects.filter(translation_key__in=keys, live=True, facts__live=True)
    rows = rows.select_related("facts", *RELATED[kind])
    if not whole:
        fields = [*LINE, *ROW[kind]]
        if kind == TOOL:
            fields += ["facts__document__file", "facts__document__file_size"]
        rows = rows.only(*fields)
    mine = get_language() or ""
    found: dict[UUID, Any] = {}
    for page in sorted(rows.order_by("pk"), key=lambda page: language_of(page) == mine):
        if path_of(page) and (language_of(page) in (mine, "fr") or page.translation_key not in found):
            fill(page.facts)
            found[page.translation_key] = page
    return found


def cards_for(keys: Iterable[str], notes: dict[str, str] | None = None, *, whole: bool = False) -> list[Card]:
    """The cards of some keys, in their order; two queries at most, whatever their number."""
    asked = [(key, *read_key(key)) for key in keys]
    pages: dict[str, dict[UUID, Any]] = {}
    for kind in PAGES:
        wanted = [uuid for _key, of, uuid in asked if of == kind]
        pages[kind] = pages_of(kind, wanted, whole=whole) if wanted else {}
    return [Card(key, kind, pages[kind].get(uuid), (notes or {}).get(key, "")) for key, kind, uuid in asked]
