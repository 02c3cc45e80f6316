"""The queue narrowed: by kind, by who is on it, by company, by author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from members.cases.describing import decidable_kinds
from members.cases.queue import held_by_others, waiting_for
from members.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

MINE, OTHERS, FREE = "mine", "others", "free"
HELD = [(MINE, _("By me")), (OTHERS, _("By a colleague")), (FREE, _("By nobody"))]
SEARCHED = ("title", "organisation__name", "author__last_name", "author__first_name", "author__email")
# What leads from one case to the next within the same list.
CARRIED = ("q", "kind", "taken", "company", "author")


class CaseFilterSet(WagtailFilterSet):
    """Only the kinds that one may decide on are offered."""

    kind = django_filters.ChoiceFilter(label=_("Kind"))
    taken = django_filters.ChoiceFilter(
        label=pgettext_lazy("by a moderator", "Taken"), choices=HELD, method="by_holder"
    )
    company = django_filters.CharFilter(
        label=_("Company"), field_name="organisation__name", lookup_expr="icontains"
    )
    author = django_filters.CharFilter(label=_("Sent by"), method="by_author")

    class Meta:
        model = Case
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = decidable_kinds(self.request.user)
        self.filters["kind"].extra["choices"] = [(kind.key, kind.label) for kind in kinds]

    def by_holder(self, rows: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        """Who is on it at this moment."""
        user = self.request.user
        others = held_by_others(user)
        mine = Q(taken_by=user)
        return rows.filter({MINE: mine, OTHERS: others, FREE: ~others & ~mine}[value])

    def by_author(self, rows: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        """Part of a name, or of an address."""
        full = Concat("author__first_name", Value(" "), "author__last_name")
        named = rows.alias(author_name=full)
        return named.filter(Q(author_name__icontains=value) | Q(author__email__icontains=value))


def narrowed(request: HttpRequest) -> QuerySet[Case]:
    """The part of the queue that the address names: the same in the list and from one case to the next."""
    rows = waiting_for(request.user)  # type: ignore[arg-type]
    filters = CaseFilterSet(request.GET, queryset=rows, request=request)
    if filters.is_valid():
        rows = filters.qs
    words = request.GET.get("q", "").strip()
    found = Q()
    for name in SEARCHED if words else ():
        found |= Q(**{f"{name}__icontains": words})
    return rows.filter(found)


def carried(request: HttpRequest) -> str:
    """That part of the address, to be added to those of cases."""
    query = request.GET.copy()
    for name in [name for name in query if name not in CARRIED or not query[name]]:
        del query[name]
    return query.urlencode()
