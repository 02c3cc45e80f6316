"""Outgoing mail in the admin: what failed and why, for whom, its text, and sending it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from common.admin_viewsets import HandleView, InboxInspectView, InboxViewSet
from common.admin_waiting import Waiting, WaitingRow, first_rows
from common.models import OutboxMessage
from common.opening import open_message
from common.outbox import send_again, send_all_again

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from django.utils.functional import _StrPromise

STATES = [
    ("failed", _("Failed")),
    ("waiting", _("Waiting")),
    ("withheld", _("Withheld")),
    ("returned", _("Came back")),
    ("sent", _("Sent")),
]
# What went wrong, by the name of the error that its row keeps before the colon.
EXPLANATIONS: dict[str, _StrPromise] = {
    "ConnectionRefusedError": _("The mail server does not answer."),
    "ConnectionResetError": _("The mail server hung up."),
    "SMTPServerDisconnected": _("The mail server hung up."),
    "TimeoutError": _("The mail server took too long to answer."),
    "gaierror": _("The name of the mail server is unknown."),
    "SSLError": _("The secure connection to the mail server failed."),
    "SSLCertVerificationError": _("The secure connection to the mail server failed."),
    "SMTPConnectError": _("The mail server refused the connection."),
    "SMTPHeloError": _("The mail server refused the connection."),
    "SMTPAuthenticationError": _("The mail server refused our account or its password."),
    "SMTPSenderRefused": _("The mail server refused the address we write from."),
    "SMTPRecipientsRefused": _("The mail server refused the address of the recipient."),
    "SMTPDataError": _("The mail server refused the message itself."),
    "SMTPNotSupportedError": _("The mail server does not know what we ask of it."),
    "Bounced": _("This address refused an earlier e-mail: until it is cleared, only codes are sent to it."),
    "Returned": _("The e-mail left, then came back."),
}

# What stands after the host in an address: it may be a key.
PERSONAL = re.compile(r"(https?://[^/\s]+)/\S+")


def state_of(message: OutboxMessage) -> str | _StrPromise:
    """Where a message stands, in one word."""
    if message.given_up_at:
        return _("Failed")
    if message.skipped_at:
        return _("Withheld")
    if message.sent_at is None:
        return _("Waiting")
    if message.last_error:
        return _("Came back")
    return _("Kept on this machine") if settings.DEMO else _("Sent")


def explain(error: str) -> str:
    """A kept error in the reader's language, with the words of the mail server after it."""
    name, _colon, words = error.partition(": ")
    if name not in EXPLANATIONS:
        return error
    return f"{EXPLANATIONS[name]}\n{words}".strip()


def text_of(message: OutboxMessage) -> str | _StrPromise:
    """The words of a message, without what would let who reads them act for its recipient."""
    if message.urgent:
        return _("This e-mail holds a code: only its recipient reads it.")
    return PERSONAL.sub(r"\1/…", open_message(message).text)


class OutboxFilterSet(WagtailFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state")

    class Meta:
        model = OutboxMessage
        fields: ClassVar[list[str]] = []

    def by_state(self, rows: QuerySet[OutboxMessage], _name: str, value: str) -> QuerySet[OutboxMessage]:
        """Narrow to one state."""
        kept: dict[str, QuerySet[OutboxMessage]] = {
            "failed": rows.exclude(given_up_at=None),
            "waiting": rows.filter(sent_at=None, given_up_at=None, skipped_at=None),
            "withheld": rows.exclude(skipped_at=None),
            "returned": rows.exclude(sent_at=None).exclude(last_error=""),
        }
        return kept.get(value, rows.filter(sent_at__isnull=False, last_error=""))


def can_leave_again(message: OutboxMessage) -> bool:
    """Whether nothing else will send a message."""
    return message.given_up_at is not None or message.skipped_at is not None


class SendAgainView(HandleView):
    """Puts a message that was given up, or withheld, back in the queue."""

    action = "common.send_again"
    success_message = _("The message leaves again with the next round, within a minute.")

    def handle(self) -> bool:
        if not can_leave_again(self.object):
            return False
        send_again(self.object)
        return True


class SendAllAgainView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks, then puts every message that was given up back in the queue."""

    permission_required = "change"
    template_name = "wagtailadmin/generic/send_all_again.html"
    page_title = _("Send again everything that failed")
    header_icon = "mail"
    model: Any = None
    index_url_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "failed": OutboxMessage.objects.failed().count(),
            "index_url": reverse(self.index_url_name),
        }

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        rows = send_all_again()
        for row in rows:
            log(row, SendAgainView.action, user=request.user)
        said = ngettext(
            "%(n)s e-mail leaves again with the next round, within a minute.",
            "%(n)s e-mails leave again with the next rounds.",
            len(rows),
        )
        messages.success(request, said % {"n": len(rows)})
        return redirect(self.index_url_name)


class OutboxIndexView(generic.IndexView):
    """The list, with what can be done to all that failed."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """To the addresses that refuse mail; and send everything again, while something failed."""
        buttons = [
            HeaderButton(_("Refused addresses"), url=reverse("admin_bounces:index"), icon_name="warning")
        ]
        if self.user_has_permission("change") and OutboxMessage.objects.failed().exists():
            url = reverse("admin_outbox:send_all_again")
            buttons.append(HeaderButton(_("Send all again"), url=url, icon_name="rotate"))
        return buttons


class OutboxInspectView(InboxInspectView):
    """The message as its reader sees it."""

    def can_be_handled(self) -> bool:
        return can_leave_again(self.object)

    def get_state_display_value(self) -> str:
        """Where it stands."""
        return str(state_of(self.object))

    def get_recipients_display_value(self) -> str:
        """Addresses, one after the other."""
        return ", ".join(self.object.recipients)

    def get_text_display_value(self) -> str:
        """What is written."""
        return str(text_of(self.object))

    def get_last_error_display_value(self) -> str:
        """What went wrong, explained."""
        return explain(self.object.last_error)

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
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    inspect_view_fields: ClassVar[list[str]] = [
        *("state", "recipients", "subject", "text", "created_at", "send_after", "sent_at", "skipped_at"),
        *("attempts", "last_error"),
    ]
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

    def get_urlpatterns(self) -> list[URLPattern]:
        everything = self.construct_view(SendAllAgainView)
        return [*super().get_urlpatterns(), path("send-all-again/", everything, name="send_all_again")]


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
