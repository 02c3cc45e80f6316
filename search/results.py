"""The search page: from a question to what is shown, whatever the backend."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse

from common.addresses import roots
from common.choices import theme_choices
from common.listing import Chip, Choice, Facet, Filter, Listing, Option, Selection
from common.routing import known_page
from search.backends import backend
from search.backends.base import PER_PAGE, Results
from search.forms import KIND, THEME, SearchForm, kind_labels
from search.highlighting import excerpt, mark
from search.models import Entry

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Hit:
    """A thing found, as the page shows it. `language` is that of its words."""

    kind_label: str
    url: str
    title: SafeString
    excerpt: SafeString
    themes: Sequence[Choice]
    date: dt.date | None
    example: bool
    language: str


def answer(form: SearchForm) -> Listing[Entry]:
    """Look for what was asked. A question of stop words alone finds nothing; no question, neither.

    `extra["relaxed"]`: nothing had all the words, these have some of them.
    """
    results, relaxed = look_for(form)
    facets = [_facet(KIND, form, results.kinds), _facet(THEME, form, results.themes)]
    return Listing(
        total=results.total,
        page=Paginator(range(results.total), PER_PAGE).page(results.page),
        items=hits(results.ids, form.query.stems, form.language),
        facets=[facet for facet in facets if facet.options],
        chips=_chips(form),
        query=form.encoded(),
        path=reverse("search"),
        extra={"relaxed": relaxed},
    )


def look_for(form: SearchForm) -> tuple[Results, bool]:
    """What the index answers, and whether these hold but some of the words: nothing had them all."""
    if not form.asks or (form.words and not form.query):
        return Results(), False
    results = backend().search(form.query, form.filters, form.page)
    if results.kinds or results.themes or len(form.query.groups) <= 1:
        # Something has all the words, be it behind a filter.
        return results, False
    results = backend().search(form.query.relaxed(), form.filters, form.page)
    return results, bool(results.total)


def hits(ids: Sequence[int], wanted: AbstractSet[str], language: str) -> list[Hit]:
    """The entries of some ids, in the same order, with the words found marked."""
    entries = Entry.objects.in_bulk(ids)
    labels = kind_labels()
    themes = {choice.value: choice for choice in theme_choices()}
    return [_hit(entry, wanted, language, labels, themes) for pk in ids if (entry := entries.get(pk))]


def _hit(
    entry: Entry,
    wanted: AbstractSet[str],
    language: str,
    labels: Mapping[str, str],
    themes: Mapping[str, Choice],
) -> Hit:
    return Hit(
        kind_label=labels.get(entry.kind, ""),
        url=entry.url if entry.language else localised(entry.url, language),
        title=mark(entry.title, wanted, language),
        excerpt=excerpt(entry.title, entry.summary, entry.body, wanted, language),
        themes=[themes[slug] for slug in entry.theme_slugs if slug in themes],
        date=entry.date,
        example=entry.example,
        language=entry.language or settings.LANGUAGE_CODE,
    )


def localised(address: str, language: str) -> str:
    """The address in a language of something that has one in French; the French one failing that."""
    root = roots().get(language)
    tree, *rest = re.split(r"(?=[?#])", address, maxsplit=1)
    if language == settings.LANGUAGE_CODE or root is None:
        return address
    path = tree.removeprefix("/")
    if known_page(root.url_path + path) is None:
        return address
    return root.prefix + path + "".join(rest)


def _facet(of: Filter, form: SearchForm, counts: Mapping[str, int]) -> Facet:
    """The choices that would find something, or that are chosen."""
    selected = form.chosen.get(of.name, [])
    options = [
        Option(
            choice.value, choice.label, choice.family, counts.get(choice.value, 0), choice.value in selected
        )
        for choice in of.choices()
    ]
    return Facet(of.name, of.label, of.multiple, [o for o in options if o.count or o.selected])


def _chips(form: SearchForm) -> list[Chip]:
    """The selected values, each with the address that drops it."""
    chips = []
    for each in (KIND, THEME):
        for choice in each.choices():
            if choice.value in form.chosen.get(each.name, []):
                left: Selection = {
                    name: rest
                    for name, values in form.chosen.items()
                    if (rest := [v for v in values if (name, v) != (each.name, choice.value)])
                }
                chips.append(Chip(choice.label, form.encoded(left)))
    return chips
