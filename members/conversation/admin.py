"""Comments in the admin: all of them, each with its place, to be hidden or shown with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from common.admin_exports import HarmlessExportIndexView
from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import RoomViewSet
from members.admin.actions import ActionView, ReasonForm
from members.models import Comment

from .showing import hide_at_once, show_at_once
from .topics import all_discussables, discussable, topic_of
from .words import excerpt_of, shown

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern
    from wagtail.log_actions import LogActionRegistry

State = Comment.State
LIST = "admin_comments:index"


def kinds() -> list[tuple[str, Any]]:
    """What can be commented, for a filter."""
    return [(each.kind, each.label) for each in all_discussables()]


def kind_label(comment: Comment) -> str:
    """What it is about."""
    known = discussable(comment.target_kind)
    return str(known.label) if known else comment.target_kind


def with_people(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """With what the screens show of each."""
    return rows.select_related("author", "organisation", "parent__author")


class CommentFilterSet(WagtailFilterSet):
    """By state, by what is commented, by whether an answer is expected."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State)
    target_kind = django_filters.ChoiceFilter(label=gettext_lazy("Under"), choices=kinds)
    sort = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Comment.Sort)

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = []


class CommentIndexView(HarmlessExportIndexView):
    """The latest first."""

    def get_base_queryset(self) -> QuerySet[Comment]:
        return with_people(Comment.objects.all())


class CommentInspectView(generic.InspectView):
    """One comment, where it stands, and what can be done about it."""

    template_name = "members/conversation/admin_comment.html"

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        return with_people(Comment.objects.filter(pk=found.pk)).get()

    def get_page_title(self) -> str:
        return _("Comment")

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment = self.object
        may = self.user_has_permission("change")
        return {
            **super().get_context_data(**kwargs),
            "comment": comment,
            "html": shown(comment.text),
            "topic": topic_of(comment.target_kind, comment.target),
            "kind_label": kind_label(comment),
            "reports": comment.reports.order_by("created_at", "pk"),
            "may_hide": may and comment.state in (State.VISIBLE, State.HELD),
            "may_show": may and comment.state in (State.HIDDEN, State.HELD),
        }


class JudgeView(ActionView):
    """Says why, and acts at once."""

    model = Comment
    form_class = ReasonForm
    header_icon = "comment"
    states: ClassVar[tuple[str, ...]] = ()

    def rows(self) -> QuerySet[Any]:
        return with_people(Comment.objects.filter(state__in=self.states))

    def back(self) -> str:
        return reverse("admin_comments:inspect", args=[self.object.pk])

    def get_trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse(LIST), "label": _("Comments")}]

    def get_explanation(self) -> str:
        return f"“{excerpt_of(self.object.text, 300)}” {super().get_explanation()}"


class HideView(JudgeView):
    """Takes a comment off line."""

    page_title = gettext_lazy("Hide a comment")
    submit_label = gettext_lazy("Hide it")
    explanation = gettext_lazy(
        "Nobody reads it any more. Its author is told why at once, and how to contest."
    )
    success_message = gettext_lazy("Hidden. Its author was told why.")
    serious = True
    states = (State.VISIBLE, State.HELD)

    def act(self, form: Any) -> None:
        hide_at_once(self.object, self.by, form.cleaned_data["reason"])


class ShowView(JudgeView):
    """Puts a comment on line, for the first time or again."""

    page_title = gettext_lazy("Show a comment")
    submit_label = gettext_lazy("Show it")
    explanation = gettext_lazy("Everybody reads it, and those who follow are told.")
    success_message = gettext_lazy("On line. Its author was told.")
    states = (State.HIDDEN, State.HELD)

    def act(self, form: Any) -> None:
        show_at_once(self.object, self.by, form.cleaned_data["reason"])


class CommentViewSet(RoomViewSet):
    """Comments and questions."""

    model = Comment
    name = "comments"
    icon = "comment"
    menu_order = 206
    menu_label = gettext_lazy("Comments")
    add_to_admin_menu = True
    offered = frozenset()
    inspect_view_enabled = True
    index_view_class = CommentIndexView
    inspect_view_class = CommentInspectView
    inspect_view_fields: ClassVar[list[str]] = ["text"]
    filterset_class = CommentFilterSet
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        TitleColumn(
            "text",
            label=gettext_lazy("Text"),
            accessor=lambda row: excerpt_of(row.text) or _("(deleted)"),
            get_url=lambda row: reverse("admin_comments:inspect", args=[row.pk]),
        ),
        Column("author", label=gettext_lazy("Written by"), accessor=lambda row: row.author or "–"),
        Column("kind", label=gettext_lazy("Under"), accessor=kind_label, classname=WIDE_ONLY),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
    ]
    search_fields: ClassVar[list[str]] = ["text", "author__email", "author__last_name", "organisation__name"]
    ordering = ("-created_at", "-pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/hide/", HideView.as_view(), name="hide"),
            path("<int:pk>/show/", ShowView.as_view(), name="show"),
        ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history says of what staff did."""
    actions.register_action(
        "members.hide_comment", gettext_lazy("Hide a comment"), gettext_lazy("Comment hidden")
    )
    actions.register_action(
        "members.show_comment", gettext_lazy("Show a comment"), gettext_lazy("Comment put on line")
    )
