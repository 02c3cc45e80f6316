"""What may be taken away: each room registers its datasets in `AppConfig.ready` (decision 0023)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from common import generation
from common.addresses import locale_ids
from common.generation import per_generation
from common.listing import Filter, Selection, narrowed
from common.routing import has_restrictions

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from common.pages import BasePage

    from .fields import Field

CHUNK = 100


@dataclass(frozen=True)
class Asked:
    """What is asked of a dataset. `chosen` holds values that its filters know."""

    language: str
    chosen: Selection = field(default_factory=dict)
    page: int = 1
    per_page: int = 50
    words: str = ""

    @property
    def locale_id(self) -> int:
        """The locale of the language; 0 when the site has no pages in it."""
        return locale_ids().get(self.language, 0)


@dataclass(frozen=True)
class Found:
    """One page of records, and how many there are in all."""

    total: int
    records: Sequence[Any]


@dataclass(frozen=True)
class Dataset:
    """Rows that the public site lists, and what is said of each.

    `rows` answers them in order, before any filter; `read` turns the keys of some into records, in the
    same order, in a number of queries that does not depend on how many; `find` answers the key of the
    one that an address names. `defaults` stand for filters that nobody chose. What is not kept in rows
    has a `look_up` instead: no files are made of it, and it has no address for one.
    """

    name: str
    label: str | _StrPromise
    description: str
    filters: Sequence[Filter]
    fields: Sequence[Field]
    one: str = ""
    index: type[BasePage] | None = None
    slug: str = ""
    rows: Callable[[Asked], QuerySet[Any]] | None = None
    read: Callable[[Sequence[Any], Asked], Sequence[Any]] = lambda _keys, _asked: ()
    find: Callable[[str, Asked], Any | None] = lambda _key, _asked: None
    details: Sequence[Field] = ()
    defaults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # What the API calls a filter whose name means something else there.
    renamed: Mapping[str, str] = field(default_factory=dict)
    look_up: Callable[[Asked], Found] | None = None
    takes_words: bool = False
    # How a line of an embedded list is made: names of fields.
    title: str = "title"
    shown: Sequence[str] = ()
    order: int = 100

    def settled(self, chosen: Selection) -> Selection:
        """What was chosen, with what stands for the rest."""
        return {**{name: list(values) for name, values in self.defaults.items()}, **chosen}

    def keys(self, asked: Asked) -> QuerySet[Any]:
        """The keys of the rows that pass the filters, in order, each once."""
        if self.rows is None:
            raise TypeError(f"the dataset “{self.name}” has no rows")
        chosen = self.settled(asked.chosen)
        return narrowed(self.rows(asked), self.filters, chosen).values_list("pk", flat=True)

    def parameters(self) -> dict[str, Filter]:
        """The filters, under the names that the API has for them."""
        return {self.renamed.get(each.name, each.name): each for each in self.filters}

    def page(self, asked: Asked) -> Found:
        """One page of what is asked for."""
        if self.look_up is not None:
            return self.look_up(asked)
        if not self.is_public(asked.language):
            return Found(0, ())
        keys = self.keys(asked)
        total, begin = keys.count(), (asked.page - 1) * asked.per_page
        wanted = list(keys[begin : begin + asked.per_page]) if begin < total else []
        return Found(total, self.read(wanted, asked) if wanted else ())

    def record(self, key: str, asked: Asked) -> Any | None:
        """The record at a key, as all of the site's visitors may see it."""
        pk = self.find(key, asked) if self.is_public(asked.language) else None
        return next(iter(self.read([pk], asked)), None) if pk is not None else None

    def chunks(self, asked: Asked) -> Iterator[Sequence[Any]]:
        """Every record, a hundred in memory at a time."""
        with working(asked.language):
            keys = list(self.keys(asked))
        for begin in range(0, len(keys), CHUNK):
            with working(asked.language):
                records = self.read(keys[begin : begin + CHUNK], asked)
            yield records

    def is_public(self, language: str) -> bool:
        """Whether everybody may see the list that these rows come from."""
        return self.index is None or list_page(self.index, language) is not None

    def field(self, name: str) -> Field:
        """One of its fields."""
        return next(one for one in self.fields if one.name == name)


@contextmanager
def working(language: str) -> Iterator[None]:
    """A piece of work that may be done after the request: in a language, under the generation of now.

    Without one, what is remembered would be forgotten by turns, here and in the requests beside.
    """
    generation.pin()
    try:
        with override(language):
            yield
    finally:
        generation.unpin()


@per_generation
def list_page(model: type[BasePage], language: str) -> BasePage | None:
    """The live page of a list in a language, if everybody may see it."""
    found: BasePage | None = model._default_manager.filter(
        live=True, locale_id=locale_ids().get(language, 0), alias_of=None
    ).first()
    if found is not None and has_restrictions() and found.get_view_restrictions().exists():
        return None
    return found


datasets: dict[str, Dataset] = {}


def register_dataset(dataset: Dataset) -> None:
    """Add a dataset; a list has one. They are told in their `order`."""
    datasets[dataset.name] = dataset
    for name in sorted(datasets, key=lambda each: datasets[each].order):
        datasets[name] = datasets.pop(name)


def dataset_at(page: Any) -> Dataset | None:
    """The dataset of the list that a page is."""
    return next((each for each in datasets.values() if each.index and type(page) is each.index), None)


def listed_datasets() -> list[Dataset]:
    """Those that have a list on the site, in their order."""
    return [each for each in datasets.values() if each.index is not None]
