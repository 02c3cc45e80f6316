"""Outgoing mail in the admin: what failed and why, its text, and sending it again."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from common.admin_viewsets import HandleView, InboxInspectView, InboxViewSet
from common.admin_waiting import Waiting, WaitingRow, first_rows
from common.models import OutboxMessage
from common.outbox import send_again

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

STATES = [("failed", _("Failed")), ("waiting", _("Waiting")), ("sent", _("Sent"))]


def state_of(message: OutboxMessage) -> str | _StrPromise:
    """Where a message stands, in one word."""
    if message.given_up_at:
        return _("Failed")
    return _("Sent") if message.sent_at else _("Waiting")


def text_of(message: OutboxMessage) -> str:
    """The plain text of a stored message."""
    parsed = message_from_bytes(bytes(message.source), policy=policy.default)
    body = parsed.get_body(("plain", "html"))
    return str(body.get_content()).strip() if body is not None else ""


class OutboxFilterSet(WagtailFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state")

    class Meta:
        model = OutboxMessage
        fields: ClassVar[list[str]] = []

    def by_state(self, rows: QuerySet[OutboxMessage], _name: str, value: str) -> QuerySet[OutboxMessage]:
        """Narrow to one state."""
        if value == "failed":
            return rows.exclude(given_up_at=None)
        return rows.filter(given_up_at=None, sent_at__isnull=value == "waiting")


class SendAgainView(HandleView):
    """Puts a message that was given up back in the queue."""

    action = "common.send_again"
    success_message = _("The message leaves again with the next round, within a minute.")

    def handle(self) -> bool:
        if self.object.given_up_at is None:
            return False
        send_again(self.object)
        return True


class OutboxInspectView(InboxInspectView):
    """The message as its reader sees it."""

    def can_be_handled(self) -> bool:
        return self.object.given_up_at is not None

    def get_state_display_value(self) -> str:
        """Where it stands."""
        return str(state_of(self.object))

    def get_recipients_display_value(self) -> str:
        """Addresses, one after the other."""
        return ", ".join(self.object.recipients)

    def get_text_display_value(self) -> str:
        """What is written."""
        return text_of(self.object)

    def get_field_label(self, field_name: str, field: Any) -> str:
        labels = {"state": _("State"), "text": _("Text")}
        return str(labels.get(field_name) or super().get_field_label(field_name, field))


class OutboxViewSet(InboxViewSet):
    """Mail on its way, gone, or given up."""

    model = OutboxMessage
    name = "outbox"
    icon = "mail"
    menu_order = 210
    add_to_admin_menu = True
    menu_label = _("E-mails")
    offered = frozenset()
    inspect_view_class = OutboxInspectView
    inspect_view_fields: ClassVar[list[str]] = [
        "state", "recipients", "subject", "text", "created_at", "send_after", "sent_at", "attempts", "last_error"
    ]  # fmt: skip
    handle_view_class = SendAgainView
    handle_label = _("Send again")
    filterset_class = OutboxFilterSet
    list_display: ClassVar[list[Any]] = [
        "subject",
        Column("recipients", label=_("To"), accessor=lambda message: ", ".join(message.recipients)),
        Column("state", label=_("State"), accessor=state_of),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
    ]
    search_fields: ClassVar[list[str]] = ["subject", "recipients"]


def failed_mail(request: HttpRequest) -> Waiting | None:
    """Mail that was given up."""
    if not request.user.has_perm("common.view_outboxmessage"):
        return None
    total, rows = first_rows(
        OutboxMessage.objects.failed(),
        lambda row: WaitingRow(
            row.subject, reverse("admin_outbox:inspect", args=[row.pk]), ", ".join(row.recipients)
        ),
    )
    if not total:
        return None
    label = ngettext("%(n)s e-mail could not be sent", "%(n)s e-mails could not be sent", total) % {
        "n": total
    }
    return Waiting("mail", label, rows, f"{reverse('admin_outbox:index')}?state=failed")
