"""The rows of one organisation handed to another: every key to it, found by looking (decision 16)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.serializers import serialize
from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from wagtail.models import ReferenceIndex, Revision, RevisionMixin

from common.registries import merge_rules

from .merge_rules import RULES
from .models import AnnouncementTopic, DistinctPair, Followed, Organisation
from .space.following import retarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model, QuerySet


class Link(NamedTuple):
    """A column that points to organisations."""

    model: type[Model]
    column: Field[Any, Any]

    @property
    def owner(self) -> type[Model]:
        """The model itself, or the one whose many-to-many link it holds."""
        through: Any = self.model._meta.auto_created
        return through or self.model

    def rows(self, organisation: Organisation) -> QuerySet[Any]:
        """Its rows that point to one organisation, whatever a manager would hide."""
        return _rows(self.model).filter(**{self.column.name: organisation})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that both organisations have, where only one may stand: people settle it first."""

    label: str
    row: Any


def links() -> Iterator[Link]:
    """Every foreign key to an organisation, of every app; those of many-to-many links included."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        points_here = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if points_here and relation.related_model is not Organisation.themes.through:
            yield Link(relation.related_model, relation.field)  # type: ignore[arg-type, union-attr]


@dataclass
class Move:
    """Hands the rows of one organisation to another, and remembers which. Inside a transaction."""

    kept: Organisation
    gone: Organisation
    moved: dict[str, list[Any]] = field(default_factory=dict)
    dropped: dict[str, list[Any]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def everything(self) -> None:
        """Rows, followers, drafts."""
        for link in links():
            for row in link.rows(self.gone).order_by("pk"):
                self.row(row, link)
        retarget(Followed.ORGANISATION, self.gone.slug, self.kept.slug)
        topics = AnnouncementTopic.objects.filter(kind=Followed.ORGANISATION, target=self.gone.slug)
        for topic in topics:
            if not self.change(topic, target=self.kept.slug):
                topic.delete()
        self.drafts()
        self.references()

    def row(self, row: Any, link: Link) -> None:
        """Move one row, by its room's rule if it has one."""
        label, pk = link.model._meta.label, row.pk
        as_it_was = json.loads(serialize("json", [row]))[0]
        rule = merge_rules.get(label) or RULES.get(label)
        handled = rule is not None and rule(row, self.kept)
        if link.model is DistinctPair:
            handled = self.pair(row)
        if handled and not _rows(link.model).filter(pk=pk).exists():
            self.dropped.setdefault(label, []).append(as_it_was)
        elif handled or self.change(row, **{link.column.name: self.kept}):
            self.moved.setdefault(label, []).append(pk)
        elif link.model._meta.auto_created:
            _rows(link.model).filter(pk=pk).delete()
            self.dropped.setdefault(label, []).append(as_it_was)
        else:
            self.conflicts.append(Conflict(capfirst(str(link.model._meta.verbose_name)), row))

    def change(self, row: Any, **values: Any) -> bool:
        """Write, unless a constraint of the database is against it. No signal: nothing of the row is new."""
        try:
            with transaction.atomic():
                _rows(type(row)).filter(pk=row.pk).update(**values)
        except IntegrityError:
            return False
        return True

    def pair(self, row: DistinctPair) -> bool:
        """What was told apart from one is told apart from both; a pair is written in order."""
        ends = {row.first_id, row.second_id} - {self.gone.pk} | {self.kept.pk}
        if len(ends) == 1 or not self.change(row, first=min(ends), second=max(ends)):
            row.delete()
        return True

    def drafts(self) -> None:
        """Saved versions of pages name organisations too: one that names a row that is gone cannot be opened."""
        for model, names in drafted().items():
            content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
            for revision in Revision.objects.filter(content_type=content_type).iterator(chunk_size=100):
                content = {**revision.content}
                for name in names & content.keys():
                    content[name] = self.instead(content[name])
                if content != revision.content:
                    Revision.objects.filter(pk=revision.pk).update(content=content)

    def instead(self, value: Any) -> Any:
        """A stored key, or list of keys, after the merge."""
        if isinstance(value, list):
            return list(dict.fromkeys(self.instead(each) for each in value))
        return self.kept.pk if value == self.gone.pk else value

    def references(self) -> None:
        """Wagtail's index of what uses what."""
        content_type = ContentType.objects.get_for_model(Organisation)
        for row in ReferenceIndex.objects.filter(
            to_content_type=content_type, to_object_id=str(self.gone.pk)
        ):
            self.change(row, to_object_id=str(self.kept.pk))

    def counts(self) -> list[tuple[str, int]]:
        """How many rows moved, by what they are called; a page and its facts count once."""
        counted: Counter[str] = Counter()
        for owner, label in {(link.owner, link.model._meta.label) for link in links()}:
            number = len(self.moved.get(label, []))
            name = str(owner._meta.verbose_name_plural)
            if number:
                counted[name] = min(number, counted[name]) if counted[name] else number
        return sorted(counted.items())


def drafted() -> dict[type[Any], set[str]]:
    """The fields that name organisations in saved versions, by model."""
    names: dict[type[Any], set[str]] = {}
    for link in links():
        owner: Any = link.owner
        if issubclass(owner, RevisionMixin):
            columns: Any = owner._meta.many_to_many if owner is not link.model else [link.column]
            through = [each.name for each in columns if each.remote_field.model is Organisation]
            names.setdefault(owner, set()).update(through)
    return names


def _rows(model: type[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._base_manager.all()  # noqa: SLF001 (what Django itself uses for related rows)
    return rows
