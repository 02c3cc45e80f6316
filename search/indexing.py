"""Keeping entries true to what they stand for. Every function may run twice without harm."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override
from django_tasks import task
from wagtail.models import Page

from common.known import communes, themes
from common.models.translated import in_language
from common.registries import SearchSource, SearchText, search_sources
from common.routing import has_restrictions
from common.vocabulary import Sector, Size
from search.backends import backend
from search.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A row to look at again: its model's label and its primary key.
Reference = tuple[str, Any]

BATCH = 200
WRITTEN = [field.name for field in Entry._meta.fields if field.name not in ("id", "kind", "target")]


def index_on_commit(references: Sequence[Reference]) -> None:
    """Ask for some rows to be indexed again when the transaction commits (at once outside one)."""
    if references:
        transaction.on_commit(lambda: _enqueue(references))


def _enqueue(references: Sequence[Reference]) -> None:
    for batch in batches(references):
        index_rows.enqueue([list(reference) for reference in batch])


@task()
def index_rows(references: list[list[Any]]) -> None:
    """Background task: make the entries of some rows what they must be now."""
    by_model: dict[str, list[Any]] = {}
    for label, pk in references:
        by_model.setdefault(label, []).append(pk)
    for label, pks in by_model.items():
        for source in search_sources.for_model(apps.get_model(label)):
            write(source, [str(pk) for pk in pks], some(source, pks))


def some(source: SearchSource, pks: Sequence[Any]) -> Iterable[Any]:
    """Some rows of a source, with all that is read of them where the source says how."""
    everything = source.all()
    rows = everything if isinstance(everything, QuerySet) else source.model._default_manager.all()
    return rows.filter(pk__in=pks)


def rebuild() -> dict[str, int]:
    """Index everything anew and forget what is no longer there. Returns entries by kind."""
    kept: dict[str, set[str]] = {}
    for source in search_sources.sources:
        of_kind = kept.setdefault(source.kind, set())
        for rows in batches(source.all()):
            of_kind.update(write(source, [str(row.pk) for row in rows], rows))
    stale = [
        pk
        for pk, kind, target in Entry.objects.values_list("pk", "kind", "target")
        if target not in kept.get(kind, ())
    ]
    for batch in batches(stale):
        forget(batch)
    backend().optimise()
    return {kind: len(targets) for kind, targets in kept.items()}


def write(source: SearchSource, targets: Sequence[str], rows: Iterable[Any]) -> list[str]:
    """Write the entries of some targets out of their rows; drop those that must not be found.

    Returns the targets that can be found.
    """
    texts = [text for row in rows if (text := source.describe(row)) and not is_restricted(row)]
    found = [text.target for text in texts]
    gone = set(targets) - set(found)
    with transaction.atomic():
        forget(list(Entry.objects.of(source.kind, sorted(gone)).values_list("pk", flat=True)))
        Entry.objects.bulk_create(
            [entry_of(source, text) for text in texts],
            update_conflicts=True,
            unique_fields=["kind", "target"],
            update_fields=WRITTEN,
        )
        # Not the keys that bulk_create sets: SQLite before 3.35 returns none.
        backend().index(list(Entry.objects.of(source.kind, found)))
    return found


def forget(ids: Sequence[int]) -> None:
    """Delete entries, and what the backend holds of them."""
    if ids:
        backend().remove(ids)
        Entry.objects.filter(pk__in=ids).delete()


def entry_of(source: SearchSource, text: SearchText) -> Entry:
    """The entry that keeps a text, not saved."""
    return Entry(
        kind=text.kind,
        target=text.target,
        language=text.language,
        date=text.date,
        themes=f" {' '.join(sorted(text.themes))} " if text.themes else "",
        sector=text.sector,
        size=text.size,
        commune=text.commune,
        example=text.example,
        url=text.url,
        title=text.title,
        summary=text.summary,
        keywords="\n".join(keywords(source, text)),
        body=text.body,
    )


def keywords(source: SearchSource, text: SearchText) -> Iterator[str]:
    """Names in the text's language by which it is also found: its type, themes, sector, size, commune."""
    language = text.language or settings.LANGUAGE_CODE
    names = {theme.slug: theme.names for theme in themes().values()}
    commune = communes().get(text.commune)
    with override(language):
        yield str(source.label)
        for slug in text.themes:
            yield in_language(names.get(slug, {}), language)
        if text.sector:
            yield str(Sector(text.sector).label)
        if text.size:
            yield str(Size(text.size).label)
        if commune:
            yield in_language(commune.names, language)


def is_restricted(row: Any) -> bool:
    """Whether a page, or one above it, is shown to some only."""
    return isinstance(row, Page) and has_restrictions() and row.get_view_restrictions().exists()


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of `BATCH` at most."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
