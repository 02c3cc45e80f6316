"""Finding rows by the slugs that content files use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from wagtail.models import Page

from common.models import Commune, Operation, Theme
from members.models import Organisation

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from home.content.reading import Source

M = TypeVar("M", bound="Model")


def matching(model: type[M], **values: Any) -> QuerySet[M]:
    """Rows with those values; of pages, the French ones, which are those that files describe."""
    if issubclass(model, Page):
        values["locale__language_code"] = settings.LANGUAGE_CODE
    return model._default_manager.filter(**values)


class Lookups:
    """Rows by slug, each looked up once. What is not found is an error of the source that names it."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[Model], str, str], Any] = {}

    def find(self, model: type[M], field: str, value: str, source: Source, at: str | int | None = None) -> M:
        """The one row whose `field` is `value`. Raises ContentError."""
        key = (model, field, value)
        if key not in self._rows:
            self._rows[key] = matching(model, **{field: value}).first()
        row: M | None = self._rows[key]
        if row is None:
            del self._rows[key]
            raise source.error(f"no {model._meta.model_name} “{value}”", at)
        return row

    def optional(self, model: type[M], field: str, source: Source, key: str) -> M | None:
        """The row that a front-matter key names, None when it names none."""
        value = source.text(key, "")
        return self.find(model, field, value, source, key) if value else None

    def themes(self, source: Source, most: int = 3) -> list[Theme]:
        """The themes of a source, the main one first."""
        slugs = source.names("themes")
        if not 1 <= len(slugs) <= most:
            raise source.error(f"give one to {most} themes, the main one first", "themes")
        return [self.find(Theme, "slug", slug, source, "themes") for slug in slugs]

    def organisations(self, source: Source, key: str) -> list[Organisation]:
        """The organisations that a list of slugs names."""
        return [self.find(Organisation, "slug", slug, source, key) for slug in source.names(key)]

    def commune(self, source: Source) -> Commune | None:
        """The commune, by its INSEE code."""
        return self.optional(Commune, "insee_code", source, "commune")

    def operation(self, source: Source) -> Operation | None:
        """The funding operation."""
        return self.optional(Operation, "slug", source, "operation")
