"""What is proposed while somebody types: things whose title has the words typed so far."""

from __future__ import annotations

from dataclasses import dataclass

from search.backends import backend
from search.forms import kind_labels
from search.models import Entry
from search.query import LONGEST
from search.results import localised

# Fewer letters begin too many words to be of help.
SHORTEST = 2


@dataclass(frozen=True)
class Suggestion:
    """A thing that may be what is being typed."""

    title: str
    url: str
    kind_label: str


def suggestions(typed: str, language: str) -> list[Suggestion]:
    """A few things, best first; none for less than two letters."""
    typed = typed.lstrip()[:LONGEST]
    if len(typed.strip()) < SHORTEST:
        return []
    ids = backend().suggest(typed, language)
    entries = Entry.objects.defer("summary", "keywords", "body").in_bulk(ids)
    labels = kind_labels()
    return [
        Suggestion(
            entry.title,
            entry.url if entry.language else localised(entry.url, language),
            labels.get(entry.kind, ""),
        )
        for pk in ids
        if (entry := entries.get(pk))
    ]
