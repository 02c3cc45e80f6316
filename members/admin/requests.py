"""Requests to join an organisation, that staff decide when nobody there does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django import forms
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log

from common.admin_exports import HarmlessExportIndexView
from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import RoomViewSet
from members.companies.requests import accept_request, refuse_request
from members.models import JoinRequest, Membership

from .actions import ActionView
from .places import overview_url

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern
    from django.utils.functional import _StrPromise

OURS, THEIRS, DONE = range(3)
WAITS_FOR: dict[int, _StrPromise] = {
    OURS: gettext_lazy("the association"),
    THEIRS: gettext_lazy("its managers"),
}


def queued(rows: QuerySet[JoinRequest]) -> QuerySet[Any]:
    """With `queue`: those that staff are to decide, those that managers are, and those decided."""
    managers = Membership.objects.managers().filter(organisation=OuterRef("organisation"))
    pending = Q(state=JoinRequest.State.PENDING)
    ours = pending & (Q(escalated_at__isnull=False) | ~Exists(managers))
    order = Case(When(ours, then=Value(OURS)), When(pending, then=Value(THEIRS)), default=Value(DONE))
    return rows.annotate(queue=order)


def waits_for(row: Any) -> str | _StrPromise:
    """Who is to answer."""
    answerer = WAITS_FOR.get(row.queue)
    return answerer or str(row.get_state_display())


class RequestFilterSet(WagtailFilterSet):
    """By who is to answer, and by what was answered."""

    queue = django_filters.ChoiceFilter(
        label=gettext_lazy("To be decided by"), choices=[(OURS, WAITS_FOR[OURS]), (THEIRS, WAITS_FOR[THEIRS])]
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=JoinRequest.State)

    class Meta:
        model = JoinRequest
        fields: ClassVar[list[str]] = []


class RequestIndexView(HarmlessExportIndexView):
    """Ours to decide first, the oldest first."""

    def get_base_queryset(self) -> QuerySet[JoinRequest]:
        return queued(JoinRequest.objects.select_related("user", "organisation", "decided_by"))


class RequestInspectView(generic.InspectView):
    """Who asks, for which organisation, in what words; and the two answers."""

    template_name = "members/admin/join_request.html"

    def get_object(self, queryset: Any = None) -> JoinRequest:
        rows = queued(JoinRequest.objects.select_related("user", "organisation", "decided_by"))
        found: JoinRequest = super().get_object(queryset) and rows.get(pk=self.pk)
        return found

    def get_page_title(self) -> str:
        return _("Request to join")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row: Any = self.object
        managers = Membership.objects.managers().filter(organisation=row.organisation).select_related("user")
        return {
            **context,
            "join_request": row,
            "waits_for": waits_for(row),
            "managers": managers,
            "organisation_url": overview_url(row.organisation_id),
            "may_decide": self.user_has_permission("change") and row.state == JoinRequest.State.PENDING,
        }


class DecideView(ActionView):
    """An answer to a request that waits for one."""

    model = JoinRequest
    header_icon = "user"
    action = ""

    def rows(self) -> QuerySet[Any]:
        waiting = JoinRequest.objects.filter(state=JoinRequest.State.PENDING)
        return waiting.select_related("user", "organisation")

    def back(self) -> str:
        return reverse("admin_join_requests:inspect", args=[self.object.pk])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def trace(self) -> None:
        """Written in the history of the request."""
        log(self.object, self.action, user=self.request.user)


class AcceptForm(forms.Form):
    """As what."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Membership.Role.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("An organisation that nobody manages needs a manager."),
    )


class AcceptView(DecideView):
    """Let in."""

    form_class = AcceptForm
    page_title = gettext_lazy("Accept the request")
    explanation = gettext_lazy(
        "The person acts for the organisation from now on. Make sure of it by a call first."
    )
    submit_label = gettext_lazy("Accept")
    success_message = gettext_lazy("Accepted. The person is told.")
    action = "members.accept_request"

    def get_initial(self) -> dict[str, Any]:
        managed = Membership.objects.managers().filter(organisation=self.object.organisation_id).exists()
        return {"role": Membership.Role.MEMBER if managed else Membership.Role.MANAGER}

    def act(self, form: Any) -> None:
        accept_request(self.object, self.by, form.cleaned_data["role"])
        self.trace()


class RefuseForm(forms.Form):
    """Why not, in words that the person reads."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=250,
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("Sent to the person, and kept in the timeline."),
    )


class RefuseView(DecideView):
    """Say no."""

    form_class = RefuseForm
    page_title = gettext_lazy("Refuse the request")
    submit_label = gettext_lazy("Refuse")
    success_message = gettext_lazy("Refused. The person is told.")
    action = "members.refuse_request"
    serious = True

    def act(self, form: Any) -> None:
        refuse_request(self.object, self.by, form.cleaned_data["reason"])
        self.trace()


class RequestViewSet(RoomViewSet):
    """Requests to join an organisation."""

    model = JoinRequest
    name = "join-requests"
    icon = "user"
    menu_label = gettext_lazy("Requests to join")
    menu_order = 40
    offered = frozenset()
    inspect_view_enabled = True
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    inspect_view_fields: ClassVar[list[str]] = ["message"]
    filterset_class = RequestFilterSet
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "user",
        Column("organisation", label=gettext_lazy("Organisation"), accessor="organisation"),
        DateColumn("created_at", label=gettext_lazy("Asked"), sort_key="created_at", classname=WIDE_ONLY),
        Column("queue", label=gettext_lazy("Waits for"), accessor=waits_for),
    ]
    list_export: ClassVar[list[str]] = [
        "user",
        "organisation",
        "message",
        "created_at",
        "get_state_display",
        "decided_at",
    ]
    export_headings: ClassVar[dict[str, Any]] = {"get_state_display": gettext_lazy("State")}
    search_fields: ClassVar[list[str]] = ["user__email", "user__last_name", "organisation__name"]
    ordering = ("queue", "created_at", "pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/accept/", AcceptView.as_view(), name="accept"),
            path("<int:pk>/refuse/", RefuseView.as_view(), name="refuse"),
        ]
