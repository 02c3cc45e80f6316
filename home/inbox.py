"""Messages received through the contact form, as the admin shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, DateColumn

from common.admin_viewsets import HandleView, InboxInspectView, InboxViewSet
from common.admin_waiting import Waiting, WaitingRow, first_rows

from .models import ContactMessage

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class ContactFilterSet(WagtailFilterSet):
    """What is left to do, and what it is about."""

    handled = django_filters.BooleanFilter(label=_("Handled"), field_name="handled_at", method="by_handled")
    subject = django_filters.ChoiceFilter(label=_("Subject"), choices=ContactMessage.Subject)
    suspicious = django_filters.BooleanFilter(label=_("Looks like a robot’s"))

    class Meta:
        model = ContactMessage
        fields: ClassVar[list[str]] = []

    def by_handled(
        self,
        rows: QuerySet[ContactMessage],
        _name: str,
        value: bool,
    ) -> QuerySet[ContactMessage]:
        """Those somebody took care of, or those that wait."""
        return rows.filter(handled_at__isnull=not value)


class MarkHandledView(HandleView):
    """Somebody took care of a message."""

    action = "home.handle"
    success_message = _("Marked as handled.")

    def handle(self) -> bool:
        if self.object.handled_at is not None:
            return False
        self.object.handled_at = timezone.now()
        self.object.save(update_fields=["handled_at"])
        return True


class ContactInspectView(InboxInspectView):
    """A message, with what is needed to answer it."""

    def can_be_handled(self) -> bool:
        return self.object.handled_at is None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["reply_to"] = self.object.email
        return context


class ContactViewSet(InboxViewSet):
    """Messages received."""

    model = ContactMessage
    name = "messages"
    icon = "comment"
    menu_order = 200
    inspect_view_class = ContactInspectView
    inspect_view_fields: ClassVar[list[str]] = [
        "subject", "name", "organisation", "email", "message", "created_at", "language", "handled_at"
    ]  # fmt: skip
    handle_view_class = MarkHandledView
    filterset_class = ContactFilterSet
    list_display: ClassVar[list[Any]] = [
        "name",
        "subject",
        "organisation",
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        BooleanColumn("handled", label=_("Handled"), accessor=lambda row: row.handled_at is not None),
    ]
    list_export: ClassVar[list[str]] = [
        "subject", "name", "organisation", "email", "message", "created_at", "handled_at"
    ]  # fmt: skip
    search_fields: ClassVar[list[str]] = ["name", "email", "organisation", "message"]
    add_to_admin_menu = True


def unhandled_messages(request: HttpRequest) -> Waiting | None:
    """Messages that nobody answered yet; what looks like a robot's is left in the list."""
    if not request.user.has_perm("home.change_contactmessage"):
        return None
    total, rows = first_rows(
        ContactMessage.objects.filter(handled_at=None, suspicious=False).order_by("created_at"),
        lambda row: WaitingRow(
            row.get_subject_display(),
            reverse("admin_messages:inspect", args=[row.pk]),
            row.organisation or row.name,
        ),
    )
    if not total:
        return None
    label = ngettext("%(n)s message waits for an answer", "%(n)s messages wait for an answer", total) % {
        "n": total
    }
    return Waiting("comment", label, rows, f"{reverse('admin_messages:index')}?handled=false")
