"""Which rows came from files, so that loading twice writes nothing and people's changes are theirs."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from home.content.lookups import matching
from home.content.reading import ContentError
from home.models import LoadedRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Concatenate, ParamSpec, TypeVar

    from django.db.models import Model

    from home.content.reading import Source

    P = ParamSpec("P")
    M = TypeVar("M", bound=Model)

# Fields that change without anybody editing the row.
UNWATCHED = {
    *("last_login", "password", "created_at", "confirmed_at"),
    *("last_activity_on", "dormancy_notices", "register_state", "register_checked_at"),
}
NEW, CHANGED, SAME, REMOVED = "new", "changed", "unchanged", "removed"
KEPT, FOREIGN = "left to people", "already there"


def state_of(row: Model) -> str:
    """What would differ if somebody had edited the row: its revision, or its values."""
    if isinstance(row, Page):
        return f"{row.latest_revision_id}:{row.live}"
    fields = [field for field in row._meta.concrete_fields if field.name not in UNWATCHED]
    values = {field.attname: str(field.value_from_object(row)) for field in fields}
    links = {
        field.name: sorted(str(pk) for pk in getattr(row, field.name).values_list("pk", flat=True))
        for field in row._meta.many_to_many
        if field.name not in {"groups", "user_permissions", "tags"}
    }
    return hashlib.sha256(repr((sorted(values.items()), sorted(links.items()))).encode()).hexdigest()


class Ledger:
    """The rows that one origin has written.

    `outcomes` counts what happened to each kind of thing; `notes` says what was not done and why;
    `errors` collects what is wrong in the files.
    """

    def __init__(self, origin: LoadedRow.Origin) -> None:
        self.origin = origin
        self.rows: dict[str, LoadedRow] = {}
        self.others: dict[tuple[str, str], LoadedRow] = {}
        for row in LoadedRow.objects.all():
            if row.origin == origin:
                self.rows[row.key] = row
            else:
                self.others[row.model, row.object_pk] = row
        self.seen: set[str] = set()
        self.outcomes: dict[str, Counter[str]] = {}
        self.notes: list[str] = []
        self.errors: list[ContentError] = []

    def write(
        self,
        key: str,
        source: Source,
        model: type[M],
        write: Callable[Concatenate[Source, M | None, P], M],
        natural: dict[str, Any] | None = None,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> M | None:
        """Write a row unless its source is unchanged; return it (None when it cannot or may not be).

        `write(source, existing, …)` creates or updates and returns the row. `natural` finds a row
        that others made: one that people made is used and left alone, one that another origin wrote
        and nobody edited since is taken over.
        """
        if key in self.seen:
            self.errors.append(source.error(f"“{key}” is described twice"))
            return None
        self.seen.add(key)
        record = self.rows.get(key)
        existing = self.find(record) if record else None
        if record is None and natural:
            existing = matching(model, **natural).first()
        outcome = self._decide(record, existing, source)
        if outcome in {NEW, CHANGED}:
            try:
                with transaction.atomic():
                    existing = write(source, existing, *args, **kwargs)
                    self._record(key, source, existing)
            except ContentError as error:
                self.errors.append(error)
                return existing
            except ValidationError as error:
                self.errors.append(invalid(source, error))
                return existing
        self.count(key.partition("/")[0], outcome)
        return existing

    def _decide(self, record: LoadedRow | None, existing: Model | None, source: Source) -> str:
        other = self.others.get((existing._meta.label, str(existing.pk))) if existing else None
        if record is None:
            mine = existing is None or (other is not None and other.state == state_of(existing))
            return NEW if mine else FOREIGN
        if record.digest == source.digest or (other and self.origin == LoadedRow.Origin.SITE):
            return SAME
        if existing is None:
            self.notes.append(f"{source.name}: its row was deleted by hand and stays away")
            return KEPT
        if record.state != state_of(existing):
            self.notes.append(f"{source.name}: edited on the site since it was loaded; left as it is")
            return KEPT
        return CHANGED

    def _record(self, key: str, source: Source, row: Model) -> None:
        self.rows[key] = LoadedRow.objects.update_or_create(
            origin=self.origin,
            key=key,
            defaults={
                "digest": source.digest,
                "model": row._meta.label,
                "object_pk": str(row.pk),
                "state": state_of(row),
            },
        )[0]

    def count(self, kind: str, outcome: str) -> None:
        """Note what happened to a row."""
        self.outcomes.setdefault(kind, Counter())[outcome] += 1

    def find(self, record: LoadedRow) -> Any:
        """The row of a record, None when it is gone."""
        return apps.get_model(record.model)._default_manager.filter(pk=record.object_pk).first()

    def changed(self) -> bool:
        """Whether anything was written."""
        written = (NEW, CHANGED, REMOVED)
        return any(counts[outcome] for counts in self.outcomes.values() for outcome in written)

    def unseen(self) -> list[LoadedRow]:
        """Records whose source was not there this time, the latest first."""
        rows = [row for key, row in self.rows.items() if key not in self.seen]
        return sorted(rows, key=lambda row: -row.pk)


def is_account(row: Model) -> bool:
    """Accounts are removed even when somebody used them: their passwords are public."""
    return isinstance(row, get_user_model())


def invalid(source: Source, error: ValidationError) -> ContentError:
    """The first thing that a model or a block refuses, said of its source."""
    if not hasattr(error, "error_dict"):
        return source.error("; ".join(error.messages))
    name, messages = next(iter(error.message_dict.items()))
    return source.error(f"{name}: {'; '.join(messages)}", name)
