"""Addresses that refuse our mail, in the admin: which, why, and writing to them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, DateColumn

from common import bounces
from common.admin_viewsets import HandleView, InboxInspectView, InboxViewSet
from common.models import Bounce

if TYPE_CHECKING:
    from django.db.models import QuerySet


class BounceFilterSet(WagtailFilterSet):
    """By kind, and by whether it still counts."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Bounce.Kind)
    cleared = django_filters.BooleanFilter(label=_("Cleared"), field_name="cleared_at", method="by_cleared")

    class Meta:
        model = Bounce
        fields: ClassVar[list[str]] = []

    def by_cleared(self, rows: QuerySet[Bounce], _name: str, value: bool) -> QuerySet[Bounce]:
        """Those that take mail again, or those that still refuse it."""
        return rows.filter(cleared_at__isnull=not value)


class ClearBounceView(HandleView):
    """Somebody made sure that the address works."""

    action = "common.clear_bounce"
    success_message = _("We write to this address again.")

    def handle(self) -> bool:
        return bounces.clear(self.object.address) > 0


class BounceInspectView(InboxInspectView):
    """An address, and what its mail server answered."""

    def can_be_handled(self) -> bool:
        return self.object.cleared_at is None


class BounceViewSet(InboxViewSet):
    """Addresses that refused our mail; reached from the list of e-mails."""

    model = Bounce
    name = "bounces"
    icon = "warning"
    menu_label = _("Refused addresses")
    inspect_view_class = BounceInspectView
    inspect_view_fields: ClassVar[list[str]] = ["address", "kind", "count", "reason", "last_at", "cleared_at"]
    handle_view_class = ClearBounceView
    handle_label = _("Write to this address again")
    filterset_class = BounceFilterSet
    list_display: ClassVar[list[Any]] = [
        "address",
        "kind",
        "count",
        DateColumn("last_at", label=_("Last refused"), sort_key="last_at"),
        BooleanColumn("cleared", label=_("Cleared"), accessor=lambda row: row.cleared_at is not None),
    ]
    search_fields: ClassVar[list[str]] = ["address"]
