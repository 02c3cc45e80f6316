"""The register of requests about personal data: the nearest deadline first, late ones marked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.db.models import Case, QuerySet, Value, When
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import RoomViewSet
from common.admin_waiting import ROWS, Waiting, WaitingRow, first_rows, register_waiting
from members.models import DataRequest
from members.privacy import dormancy
from members.privacy.register import WARNED_DAYS

from .data_request_actions import ACTIONS, ReceiveView
from .places import account_url

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern
    from wagtail.log_actions import LogActionRegistry

State = DataRequest.State
LATE, OPEN, DONE = range(3)
TRACES = {
    "members.note_data_request": (
        gettext_lazy("Note a request"),
        gettext_lazy("Request about data received"),
    ),
    "members.extend_data_request": (gettext_lazy("Extend a request"), gettext_lazy("Deadline extended")),
    "members.close_data_request": (
        gettext_lazy("Answer a request"),
        gettext_lazy("Request about data answered"),
    ),
    "members.close_account": (
        gettext_lazy("Close the account"),
        gettext_lazy("Account closed, to be erased"),
    ),
    "members.keep_account": (gettext_lazy("Keep the account"), gettext_lazy("Erasure called off")),
    "members.anonymise": (gettext_lazy("Erase the account"), gettext_lazy("Account erased")),
}


def by_deadline(rows: QuerySet[DataRequest]) -> QuerySet[Any]:
    """With `rank`: late ones first, then open ones, each by deadline; what is closed last."""
    late = When(state=State.OPEN, due_on__lt=timezone.localdate(), then=Value(LATE))
    return rows.annotate(rank=Case(late, When(state=State.OPEN, then=Value(OPEN)), default=Value(DONE)))


class DueColumn(Column):
    """The deadline of what is open, marked when it is near or past."""

    cell_template_name = "members/admin/due_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        left = (instance.due_on - timezone.localdate()).days
        return {**context, "open": instance.state == State.OPEN, "late": left < 0, "left": left}


class DataRequestFilterSet(WagtailFilterSet):
    """What is left to do; which right; how it came."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State)
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Right"), choices=DataRequest.Kind)
    channel = django_filters.ChoiceFilter(label=gettext_lazy("Received by"), choices=DataRequest.Channel)

    class Meta:
        model = DataRequest
        fields: ClassVar[list[str]] = []


class DataRequestIndexView(generic.IndexView):
    """The nearest deadline first."""

    def get_base_queryset(self) -> QuerySet[DataRequest]:
        return by_deadline(DataRequest.objects.select_related("user", "handled_by"))

    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons: list[HeaderButton] = list(super().header_buttons)
        if self.user_has_permission("add"):
            url = reverse("admin_data_requests:receive")
            buttons.insert(0, HeaderButton(_("Note a request received"), url=url, icon_name="plus-inverse"))
        return buttons


class DataRequestInspectView(generic.InspectView):
    """A request in full, with what can be done about it."""

    template_name = "members/admin/data_request.html"

    def get_page_title(self) -> str:
        return _("Request about personal data")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row: DataRequest = self.object
        offered = [
            (action.page_title, reverse(f"admin_data_requests:{action.name}", args=[row.pk]))
            for action in ACTIONS
            if action.offered(row)
        ]
        may_act = self.user_has_permission("change")
        return {
            **context,
            "data_request": row,
            "actions": offered if may_act else [],
            "late": row.state == State.OPEN and row.due_on < timezone.localdate(),
            "account_url": account_url(row.user_id) if row.user_id else "",
            "people_url": f"{reverse('admin_people:index')}?{urlencode({'q': row.email})}"
            if row.email
            else "",
        }


class DataRequestViewSet(RoomViewSet):
    """Requests about personal data, with their deadlines."""

    model = DataRequest
    name = "data-requests"
    icon = "lock"
    menu_label = gettext_lazy("Requests about data")
    menu_order = 60
    offered = frozenset()
    inspect_view_enabled = True
    index_view_class = DataRequestIndexView
    inspect_view_class = DataRequestInspectView
    inspect_view_fields: ClassVar[list[str]] = ["details"]
    filterset_class = DataRequestFilterSet
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("who", label=gettext_lazy("Who"), accessor=lambda row: row.user or row.email or "–"),
        DueColumn("due_on", label=gettext_lazy("To be answered by"), accessor="due_on", sort_key="due_on"),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn(
            "received_at", label=gettext_lazy("Received"), sort_key="received_at", classname=WIDE_ONLY
        ),
    ]
    list_export: ClassVar[list[str]] = [
        "public_id", "kind", "state", "channel", "received_at", "due_on", "extended_at", "answered_at"
    ]  # fmt: skip
    search_fields: ClassVar[list[str]] = ["public_id", "email", "user__email", "user__last_name", "details"]
    ordering = ("rank", "due_on", "pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        acts = [path(f"<int:pk>/{act.name}/", act.as_view(), name=act.name) for act in ACTIONS]
        receive = path("receive/", ReceiveView.as_view(), name="receive")
        return [*super().get_urlpatterns(), *acts, receive]


# ---------------------------------------------------------------- the dashboard
def requests_to_answer(request: HttpRequest) -> Waiting | None:
    """Open requests, the nearest deadline first; the law gives a month."""
    if not request.user.has_perm("members.change_datarequest"):
        return None
    waiting = DataRequest.objects.filter(state=State.OPEN).select_related("user").order_by("due_on", "pk")
    total, rows = first_rows(waiting, _waiting_row)
    if not total:
        return None
    label = ngettext(
        "%(n)s request about personal data to answer", "%(n)s requests about personal data to answer", total
    )
    return Waiting("lock", label % {"n": total}, rows, f"{reverse('admin_data_requests:index')}?state=open")


def _waiting_row(row: DataRequest) -> WaitingRow:
    left = (row.due_on - timezone.localdate()).days
    url = reverse("admin_data_requests:inspect", args=[row.pk])
    return WaitingRow(row.get_kind_display(), url, deadline(row.due_on, left))


def deadline(due_on: dt.date, left: int) -> str:
    """How much time is left, said more strongly as it runs out."""
    if left < 0:
        return ngettext("late by %(n)s day", "late by %(n)s days", -left) % {"n": -left}
    if left <= WARNED_DAYS:
        return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return _("by %(date)s") % {"date": date_format(due_on, "j F")}


def dormant_staff(request: HttpRequest) -> Waiting | None:
    """Accounts of the team that nobody uses: time does not erase them, an administrator decides."""
    if not request.user.has_perm("members.change_user"):
        return None
    asleep = dormancy.dormant_staff().order_by("last_activity_on", "pk")
    total, rows = first_rows(
        asleep,
        lambda user: WaitingRow(
            str(user),
            account_url(user.pk),
            _("since %(day)s") % {"day": date_format(user.last_activity_on, "j F Y")},
        ),
    )
    if not total:
        return None
    label = ngettext(
        "%(n)s account of the team that nobody uses", "%(n)s accounts of the team that nobody uses", total
    )
    url = reverse("admin_accounts:index") if total > ROWS else ""
    return Waiting("user", label % {"n": total}, rows, url)


def register(actions: LogActionRegistry) -> None:
    """`register_log_actions`: what the history says of requests and erasures."""
    for name, (label, message) in TRACES.items():
        actions.register_action(name, label, message)


register_waiting(requests_to_answer, order=13)
register_waiting(dormant_staff, order=75)
