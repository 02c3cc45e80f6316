"""What anybody may take of the search: what the search page finds, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.addresses import absolute
from common.choices import theme_choices
from common.open_data.datasets import Asked, Dataset, Found, register_dataset
from common.open_data.fields import Field, Kind
from search.backends.base import PER_PAGE
from search.forms import FILTERS, SearchForm, cleaned, kind_choices
from search.models import Entry
from search.results import localised, look_for

if TYPE_CHECKING:
    from collections.abc import Sequence


def found_entries(asked: Asked) -> Found:
    """A page of entries, best first. Asking for nothing finds nothing, as on the page.

    The backend answers the last page for a later one: here, a page too far is empty.
    """
    form = SearchForm(words=cleaned(asked.words), chosen=asked.chosen, page=asked.page)
    results, _relaxed = look_for(form)
    if results.page != asked.page:
        return Found(results.total, ())
    entries = Entry.objects.in_bulk(results.ids)
    records: Sequence[tuple[Entry, str]] = [
        (entry, form.language) for pk in results.ids if (entry := entries.get(pk))
    ]
    return Found(results.total, records)


def address_of(record: tuple[Entry, str]) -> str:
    """Where it stands, in the language asked for if it stands there."""
    entry, language = record
    return absolute(entry.url if entry.language else localised(entry.url, language))


FIELDS = (
    Field("kind", _("Type"), Kind.CHOICE, lambda r: r[0].kind, choices=kind_choices, required=True),
    Field("title", _("Title"), Kind.TEXT, lambda r: r[0].title, required=True),
    Field("summary", _("Summary"), Kind.TEXT, lambda r: r[0].summary, "One telling sentence."),
    Field("url", _("Address"), Kind.ADDRESS, address_of, "Where the site shows it.", required=True),
    Field(
        "language",
        _("Language"),
        Kind.CODE,
        lambda r: r[0].language or settings.LANGUAGE_CODE,
        "Of its words.",
        required=True,
    ),
    Field("themes", _("Themes"), Kind.CHOICES, lambda r: r[0].theme_slugs, choices=theme_choices),
    Field(
        "date", _("Date"), Kind.DATE, lambda r: r[0].date, "Of publication, of the event, of the signature."
    ),
    Field(
        "example",
        _("Example"),
        Kind.FLAG,
        lambda r: r[0].example,
        "Invented to show what the space is for.",
        required=True,
    ),
)


def register() -> None:
    """Let what is found be taken."""
    register_dataset(
        Dataset(
            name="search",
            order=50,
            label=_("Search"),
            description=(
                "Practices, tools, events, signatories, pages, news and videos that hold the words of `q`, best "
                f"first, {PER_PAGE} a page. Without words and without a filter, nothing."
            ),
            filters=FILTERS,
            fields=FIELDS,
            look_up=found_entries,
            takes_words=True,
        )
    )
