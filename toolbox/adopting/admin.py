"""Adoptions, and the answers of authors who read again, as the team sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup

from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import GuardedDeleteView, InboxInspectView, RoomViewSet
from common.vocabulary import Sector
from members.cases.opening import settle
from toolbox.models import Adoption, PracticePage, Rereading

from . import waiting
from .admin_forms import AddForm, EditForm
from .admin_titles import TitledIndexView, titled

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet


def practice_choices() -> list[tuple[int, str]]:
    """Practices that somebody took up, by title."""
    taken = Adoption.objects.order_by().values("practice")
    pages = PracticePage.objects.filter(facts__in=taken, alias_of=None).order_by("title", "pk")
    return list(dict(pages.values_list("facts", "title")).items())


class AdoptionFilterSet(WagtailFilterSet):
    """Which practice, how far, who, and whether somebody is to look."""

    practice = django_filters.ChoiceFilter(label=_("Good practice"), choices=practice_choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=Adoption.State)
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=Sector, field_name="organisation__sector")
    held = django_filters.BooleanFilter(label=_("Words kept from readers"))
    shown = django_filters.BooleanFilter(label=_("Named on the practice"))

    class Meta:
        model = Adoption
        fields: ClassVar[list[str]] = []


class AdoptionIndexView(TitledIndexView):
    """The latest first."""

    about = ("practice",)

    def get_base_queryset(self) -> QuerySet[Adoption]:
        rows: QuerySet[Adoption] = super().get_base_queryset()
        return rows.select_related("practice", "organisation", "author")


class AddView(generic.CreateView):
    """What a company told the team."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class EditView(generic.EditView):
    """What a company asked the team to change."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class DeleteView(GuardedDeleteView):
    """Nothing waits for a moderator any more."""

    def delete_action(self) -> None:
        settle(waiting.KIND, self.object.public_id)
        super().delete_action()


class AdoptionViewSet(RoomViewSet):
    """Which company took up which practice."""

    model = Adoption
    name = "adoptions"
    icon = "pick"
    menu_order = 10
    index_view_class = AdoptionIndexView
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteView
    filterset_class = AdoptionFilterSet
    add_to_reference_index = False
    list_display: ClassVar[list[Any]] = [
        "organisation",
        Column("title", label=_("Good practice"), accessor=titled),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        BooleanColumn("shown", label=_("Named"), accessor="shown", width="8%"),
        BooleanColumn("held", label=_("Kept from readers"), accessor="held", width="8%"),
        DateColumn("updated_at", label=_("Changed"), sort_key="updated_at", classname=WIDE_ONLY),
    ]
    list_export: ClassVar[list[str]] = [
        "organisation", "organisation.get_sector_display", "organisation.get_headcount_display", "title",
        "get_state_display", "planned_on", "in_place_on", "dropped_on", "experience", "shown", "held", "updated_at",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "organisation": _("company"),
        "organisation.get_sector_display": _("sector"),
        "organisation.get_headcount_display": _("headcount band"),
        "title": _("good practice"),
        "get_state_display": _("state"),
        "planned_on": _("planned on"),
        "in_place_on": _("in place on"),
        "dropped_on": _("dropped on"),
        "experience": _("experience"),
        "shown": _("named on the practice"),
        "held": _("waits for a moderator"),
        "updated_at": _("changed at"),
    }
    search_fields: ClassVar[list[str]] = ["organisation__name", "experience"]
    ordering = ("-updated_at", "-pk")

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        """Adding names the practice and the company, which do not change afterwards."""
        return EditForm if for_update else AddForm


# ---------------------------------------------------------------- does it still hold?
class RereadingFilterSet(WagtailFilterSet):
    """By what was answered."""

    answer = django_filters.ChoiceFilter(label=_("Answer"), choices=Rereading.Answer)
    answered = django_filters.BooleanFilter(
        label=_("Answered"), field_name="answered_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Rereading
        fields: ClassVar[list[str]] = []


class RereadingIndexView(TitledIndexView):
    """The latest first."""

    about = ("practice", "tool")

    def get_base_queryset(self) -> QuerySet[Rereading]:
        rows: QuerySet[Rereading] = super().get_base_queryset()
        return rows.select_related("practice", "tool", "reader")


class RereadingInspectView(InboxInspectView):
    """What was answered, in full."""

    def can_be_handled(self) -> bool:
        return False


class RereadingViewSet(RoomViewSet):
    """What authors answer when they are asked whether it still holds."""

    model = Rereading
    name = "rereadings"
    icon = "history"
    menu_label = _("Still true?")
    menu_order = 20
    offered = frozenset()
    index_view_class = RereadingIndexView
    inspect_view_enabled = True
    inspect_view_class = RereadingInspectView
    inspect_view_fields: ClassVar[list[str]] = ["sent_at", "answer", "words", "answered_at", "expires_at"]
    filterset_class = RereadingFilterSet
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        Column("title", label=_("Practice or tool"), accessor=titled),
        Column("answer", label=_("Answer"), accessor="get_answer_display", sort_key="answer"),
        Column(
            "words",
            label=_("In the author’s words"),
            accessor=lambda row: Truncator(row.words).chars(120),
            classname=WIDE_ONLY,
        ),
        DateColumn("answered_at", label=_("Answered"), sort_key="answered_at", classname=WIDE_ONLY),
        DateColumn("sent_at", label=_("Asked"), sort_key="sent_at", classname=WIDE_ONLY),
    ]
    list_export: ClassVar[list[str]] = ["title", "get_answer_display", "words", "sent_at", "answered_at"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("practice or tool"),
        "get_answer_display": _("answer"),
        "words": _("in the author’s words"),
        "sent_at": _("sent at"),
        "answered_at": _("answered at"),
    }
    search_fields: ClassVar[list[str]] = ["words"]
    ordering = ("-sent_at", "-pk")


class SharingGroup(ViewSetGroup):
    """What companies make of what is shared."""

    items = (AdoptionViewSet, RereadingViewSet)
    menu_label = _("Taken up")
    menu_name = "taken-up"
    menu_icon = "pick"
    menu_order = 155
