"""Entries without the rows they stand for."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from search.backends import backend
from search.models import Entry


class EntryFactory(DjangoModelFactory):
    """A findable practice in French. `themes` takes slugs."""

    class Meta:
        model = Entry
        skip_postgeneration_save = True

    kind = "practice"
    target = factory.Sequence(str)
    language = "fr"
    url = factory.LazyAttribute(lambda o: f"/bonnes-pratiques/{o.target}/")
    title = factory.Sequence("Pratique {}".format)

    @classmethod
    def _create(cls, model_class: type[Entry], *args: object, **kwargs: object) -> Entry:
        slugs = kwargs.pop("themes", ())
        kwargs["themes"] = f" {' '.join(sorted(slugs))} " if slugs else ""  # type: ignore[call-overload]
        entry: Entry = super()._create(model_class, *args, **kwargs)
        backend().index([entry])
        return entry
