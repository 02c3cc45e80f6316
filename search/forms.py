"""The search form: whatever comes in with the address, something that can be looked for comes out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.choices import theme_choices
from common.generation import per_generation
from common.listing import Choice, Filter, Selection, encode, page_number, selection
from common.registries import search_sources
from search.analysis import fold
from search.backends.base import Filters
from search.query import LONGEST, Query, parse

if TYPE_CHECKING:
    from django.http import QueryDict


def kind_choices() -> list[Choice]:
    """The types of things that can be found, each once."""
    return [Choice(kind, label) for kind, label in kind_labels().items()]


@per_generation
def _kind_labels(_language: str) -> dict[str, str]:
    labels = {source.kind: str(source.label) for source in search_sources.sources}
    return dict(sorted(labels.items(), key=lambda item: fold(item[1])))


def kind_labels() -> dict[str, str]:
    """The label of each type, in the active language and in its alphabetical order."""
    return _kind_labels(get_language() or "")


KIND = Filter("kind", _("Type"), kind_choices, "kind")
THEME = Filter("theme", _("Theme"), theme_choices, "themes")
FILTERS = (KIND, THEME)


def cleaned(text: str) -> str:
    """What was typed, on one line, without control characters, cut to the longest question."""
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text[: LONGEST * 2])
    return " ".join(text.split(" ")).strip()[:LONGEST]


@dataclass(frozen=True)
class SearchForm:
    """What was asked: words, filters, page. Nothing makes it invalid; what makes no sense is dropped."""

    words: str
    chosen: Selection
    page: int

    @classmethod
    def read(cls, query: QueryDict) -> SearchForm:
        """Read an address."""
        page = page_number(query)
        return cls(
            words=cleaned(query.get("q", "")),
            chosen=selection(query, FILTERS),
            page=int(page) if page.isdecimal() else 1,
        )

    @cached_property
    def language(self) -> str:
        """The language whose entries are looked for."""
        return (get_language() or "").split("-")[0]

    @cached_property
    def query(self) -> Query:
        """The words, parsed."""
        return parse(self.words, self.language)

    @property
    def filters(self) -> Filters:
        """The filters, as backends take them."""
        return Filters(self.language, self.chosen.get(KIND.name, ()), self.chosen.get(THEME.name, ()))

    @property
    def asks(self) -> bool:
        """Whether anything was asked at all, sensible or not."""
        return bool(self.words or self.chosen)

    def encoded(self, chosen: Selection | None = None) -> str:
        """The address of this question, without its page; with another selection, if given."""
        words: Selection = {"q": [self.words]} if self.words else {}
        return encode({**words, **(self.chosen if chosen is None else chosen)})
