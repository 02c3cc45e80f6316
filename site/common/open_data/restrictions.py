"""Rows whose page only some may see are given to nobody here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from common.routing import has_restrictions

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from common.pages import BasePage


def public_rows(rows: QuerySet[Any], pages: type[BasePage], locale_id: int) -> QuerySet[Any]:
    """The rows whose page in a language everybody may read."""
    if not has_restrictions():
        return rows
    versions: Any = pages._default_manager.filter(facts=OuterRef("pk"), locale_id=locale_id, live=True)
    return rows.filter(Exists(versions.public()))
