"""Small tables remembered whole: a page that names a theme or a commune needs no join for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.generation import per_generation
from common.models import Commune, Operation, Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model


@per_generation
def themes() -> dict[int, Theme]:
    """Every theme by id, in order. Shared: never change one."""
    return {theme.pk: theme for theme in Theme.objects.all()}


@per_generation
def communes() -> dict[str, Commune]:
    """Every commune by INSEE code, by name. Shared: never change one."""
    return {commune.insee_code: commune for commune in Commune.objects.all()}


@per_generation
def operations() -> dict[int, Operation]:
    """Every funding operation by id. Shared: never change one."""
    return {operation.pk: operation for operation in Operation.objects.all()}


REMEMBERED: dict[Any, Callable[[], dict[Any, Any]]] = {
    Theme: themes,
    Commune: communes,
    Operation: operations,
}


@per_generation
def _links(model: type[Model]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one and field.related_model in REMEMBERED
    ]


def fill(row: Model) -> None:
    """Give a row its theme, commune and operation from what is remembered."""
    deferred = row.get_deferred_fields()
    for field in _links(type(row)):
        if field.attname not in deferred:
            found = REMEMBERED[field.related_model]().get(getattr(row, field.attname))
            if found is not None:
                field.set_cached_value(row, found)
