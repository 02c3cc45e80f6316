"""Messages that their readers reported: the only ones that staff read, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminAutoHeightTextInput

from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import RoomViewSet
from members.cases.reported_messages import context_of, with_message
from members.models import MessageReport
from members.moderation import decide

from .actions import ActionView

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern

STATES = [("open", gettext_lazy("To be decided")), ("decided", gettext_lazy("Decided"))]


class ReportFilterSet(WagtailFilterSet):
    """What is left to decide; what was decided, and how."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="by_state")
    decision = django_filters.ChoiceFilter(label=gettext_lazy("Decision"), choices=MessageReport.Decision)

    class Meta:
        model = MessageReport
        fields: ClassVar[list[str]] = []

    def by_state(self, rows: QuerySet[MessageReport], _name: str, value: str) -> QuerySet[MessageReport]:
        """Those that wait, or the others."""
        return rows.filter(decided_at__isnull=value == "open")


class ReportIndexView(generic.IndexView):
    """What waits first, the oldest first. The list shows no word of the messages."""

    def get_base_queryset(self) -> QuerySet[MessageReport]:
        return with_message(MessageReport.objects.all())


class ReportInspectView(generic.InspectView):
    """One reported message."""

    template_name = "members/admin/report.html"

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        return with_message(MessageReport.objects.filter(pk=found.pk)).get()

    def get_page_title(self) -> str:
        return _("Reported message")

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        open_still = not self.object.decision and self.user_has_permission("change")
        decide_url = reverse("admin_reported_messages:decide", args=[self.object.pk]) if open_still else ""
        return {**context, **context_of(self.object), "decide_url": decide_url}


class DecisionForm(forms.Form):
    """What becomes of the message, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=MessageReport.Decision.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "Kept in the history. When the message goes, its author reads this too; who reported it does not."
        ),
    )


class DecideView(ActionView):
    """Reads the message once more, and decides."""

    model = MessageReport
    form_class = DecisionForm
    template_name = "members/admin/report_decision.html"
    page_title = gettext_lazy("Decide on a reported message")
    submit_label = gettext_lazy("Decide")
    success_message = gettext_lazy("Decided. Who reported the message is told that it was looked at.")
    header_icon = "warning"

    def rows(self) -> QuerySet[Any]:
        return with_message(MessageReport.objects.filter(decision=""))

    def act(self, form: Any) -> None:
        decide(self.object, form.cleaned_data["decision"], self.by, form.cleaned_data["note"])

    def back(self) -> str:
        return reverse("admin_reported_messages:inspect", args=[self.object.pk])

    def get_trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("admin_reported_messages:index"), "label": _("Reported messages")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **context_of(self.object)}


class ReportViewSet(RoomViewSet):
    """Reported messages."""

    model = MessageReport
    name = "reported-messages"
    icon = "warning"
    menu_order = 205
    menu_label = gettext_lazy("Reported messages")
    add_to_admin_menu = True
    offered = frozenset()
    inspect_view_enabled = True
    index_view_class = ReportIndexView
    inspect_view_class = ReportInspectView
    inspect_view_fields: ClassVar[list[str]] = ["reason"]
    filterset_class = ReportFilterSet
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "reason",
        Column("author", label=gettext_lazy("Written by"), accessor="message.author"),
        Column("reporter", label=gettext_lazy("Reported by"), accessor="reporter", classname=WIDE_ONLY),
        DateColumn("created_at", label=gettext_lazy("Reported"), sort_key="created_at"),
        Column("decision", label=gettext_lazy("Decision"), accessor="get_decision_display"),
    ]
    search_fields: ClassVar[list[str]] = ["reason", "message__author__email", "message__author__last_name"]
    ordering = ("decision", "created_at", "pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/decide/", DecideView.as_view(), name="decide")]
