"""Which entries a change touches: what is published, moved, saved or deleted is indexed again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import ForeignKey
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from common.facts import Facts, FactsPage
from common.registries import search_sources
from members.models import Organisation
from search.indexing import Reference, index_on_commit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model


def connect() -> None:
    """Listen, once."""
    page_published.connect(on_published, dispatch_uid="search")
    page_unpublished.connect(on_page, dispatch_uid="search")
    page_slug_changed.connect(on_branch, dispatch_uid="search")
    post_page_move.connect(on_branch, dispatch_uid="search")
    post_save.connect(on_row, dispatch_uid="search")
    post_delete.connect(on_row, dispatch_uid="search")


def reference(model: type[Model], pk: Any) -> Reference:
    """How the indexing task is told of a row."""
    return model._meta.label_lower, pk


def on_published(instance: Page, **_kwargs: Any) -> None:
    """Signal receiver: a page went live, or changed. A French one with facts waits for these to be saved."""
    if not (isinstance(instance, FactsPage) and instance.locale.language_code == settings.LANGUAGE_CODE):
        on_page(instance)


def on_page(instance: Page, **_kwargs: Any) -> None:
    """Signal receiver: a page was taken off line."""
    if search_sources.for_model(type(instance)):
        index_on_commit([reference(type(instance), instance.pk)])


def on_branch(instance: Page, **_kwargs: Any) -> None:
    """Signal receiver: the addresses of a page and of all below it changed, or who may read them."""
    index_on_commit(pages_under(instance))


def pages_under(page: Page) -> list[Reference]:
    """The findable pages of a branch, its own page included."""
    found: list[Reference] = []
    for source in search_sources.sources:
        if issubclass(source.model, Page):
            rows = source.model._default_manager.filter(path__startswith=page.path)
            found += [reference(source.model, pk) for pk in rows.values_list("pk", flat=True)]
    return found


def on_row(sender: type[Model], instance: Any, signal: Any, **kwargs: Any) -> None:
    """Signal receiver: a row was saved or deleted.

    Pages are indexed when they are published: saving one only counts when it goes.
    """
    if kwargs.get("raw"):
        return
    if issubclass(sender, PageViewRestriction):
        on_branch(instance.page)
    elif issubclass(sender, Page):
        if signal is post_delete:
            on_page(instance)
    else:
        index_on_commit([*_itself(sender, instance), *_pointed_at(instance), *_quoting(instance)])


def _itself(sender: type[Model], instance: Model) -> Iterator[Reference]:
    if search_sources.for_model(sender):
        yield reference(sender, instance.pk)


@cache
def _owners(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Sources' models that rows of `model` point to, and the column that does."""
    return [
        (field.related_model, field.attname)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and search_sources.for_model(field.related_model)
    ]


def _pointed_at(instance: Model) -> Iterator[Reference]:
    """A signature or a practice is part of what is found of the company that signed or shared it."""
    for model, column in _owners(type(instance)):
        pk = getattr(instance, column)
        if pk is not None:
            yield reference(model, pk)


def _quoting(instance: Model) -> Iterator[Reference]:
    """A company’s name is part of its practices; shared facts are part of each language version."""
    for source in search_sources.sources:
        pages = source.model._default_manager
        if isinstance(instance, Facts) and getattr(source.model, "facts_model", None) is type(instance):
            for pk in pages.filter(translation_key=instance.translation_key).values_list("pk", flat=True):
                yield reference(source.model, pk)
        elif isinstance(instance, Organisation) and instance.pk:
            for name in _names_of_keys(source.model):
                for pk in pages.filter(**{name: instance.pk}).values_list("pk", flat=True):
                    yield reference(source.model, pk)


def _names_of_keys(model: type[Any]) -> list[str]:
    """The foreign keys of a model to a company."""
    fields = model._meta.concrete_fields
    return [f.name for f in fields if isinstance(f, ForeignKey) and f.related_model is Organisation]
