"""What the search keeps of companies that no other room makes findable already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.findable import theme_slugs
from common.registries import SearchSource, SearchText
from members.models import Organisation

from .public import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

KIND = "company"
_elsewhere: list[Callable[[], QuerySet[Any, Any]]] = []


def found_elsewhere(keys: Callable[[], QuerySet[Any, Any]]) -> None:
    """Say which organisations (a queryset of their keys) another source of the search describes."""
    _elsewhere.append(keys)


def rows() -> QuerySet[Organisation]:
    """The companies that this source describes."""
    others = Q(pk__in=[])
    for keys in _elsewhere:
        others |= Q(pk__in=keys())
    return shown().exclude(others)


def describe(organisation: Organisation) -> SearchText | None:
    """A company by its public page; the same in every language."""
    if not getattr(organisation, "is_to_find", False) and not rows().filter(pk=organisation.pk).exists():
        return None
    with override(settings.LANGUAGE_CODE):
        url = reverse("company", args=[organisation.slug])
    return SearchText(
        kind=KIND,
        target=str(organisation.pk),
        language="",
        url=url,
        title=organisation.name,
        summary=organisation.summary,
        body=organisation.presentation,
        themes=theme_slugs(list(organisation.themes.all())),
        sector=organisation.sector,
        size=organisation.size or "",
        commune=organisation.commune_id or "",
        example=organisation.example,
    )


def everything() -> Iterable[Organisation]:
    """Every company with something to show, marked as such."""
    return rows().prefetch_related("themes").annotate(is_to_find=Value(True))


SOURCE = SearchSource(KIND, _("Company"), Organisation, describe, everything)
