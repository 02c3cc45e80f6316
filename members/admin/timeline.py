"""The timeline of organisations in the admin: every step of all of them, and writing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django import forms
from django.apps import apps
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from common.admin_exports import HarmlessExportIndexView
from common.admin_listings import WIDE_ONLY, DayColumn
from common.admin_viewsets import RoomViewSet
from members import timeline
from members.models import Membership, Organisation, Person, Step, User

from .actions import ActionView
from .places import overview_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

# How a person is named in the form: somebody recorded, or somebody with an account.
RECORDED, ACCOUNT = "person", "account"


def people_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Whom one may have met: those recorded for the organisation, and its members; each once."""
    recorded = Person.objects.filter(organisation=organisation).order_by("last_name", "first_name", "pk")
    rows = list(recorded)
    known = {row.user_id for row in rows}
    members = Membership.objects.current().filter(organisation=organisation).exclude(user__in=known - {None})
    return [
        *((f"{RECORDED}:{row.pk}", str(row)) for row in rows),
        *((f"{ACCOUNT}:{row.user_id}", str(row.user)) for row in members.select_related("user")),
    ]


def person_of(choice: str, organisation: Organisation) -> Person | None:
    """The person chosen in the form; recorded now, if it is somebody with an account."""
    kind, _colon, key = choice.partition(":")
    if kind == RECORDED:
        return Person.objects.get(pk=key, organisation=organisation)
    if kind != ACCOUNT:
        return None
    user = User.objects.get(pk=key)
    person, _created = Person.objects.get_or_create(
        user=user,
        organisation=organisation,
        defaults={"first_name": user.first_name, "last_name": user.last_name, "job_title": user.job_title},
    )
    return person


class StepForm(forms.ModelForm[Step]):
    """A step as staff write it."""

    met = forms.ChoiceField(label=_("With"), required=False)

    class Meta:
        model = Step
        fields = ("kind", "on", "met", "text")
        widgets: ClassVar[dict[str, Any]] = {
            "on": AdminDateInput,
            "text": AdminAutoHeightTextInput(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation: Organisation = organisation or self.instance.organisation
        met = self.fields["met"]
        met.choices = [("", "—"), *people_of(self.organisation)]  # type: ignore[attr-defined]
        if self.instance.person_id:
            self.initial["met"] = f"{RECORDED}:{self.instance.person_id}"

    def clean_on(self) -> Any:
        """What has not happened is no step yet."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come: a step is written once it has happened.")
            )
        return day


class AddStepView(ActionView):
    """Writes a step from the organisation's page."""

    model = Step
    permission_required = "add"
    form_class = StepForm
    page_title = _("Add a step")
    submit_label = _("Add")
    success_message = _("Added to the timeline.")
    header_icon = "history"

    def get_object(self) -> Organisation:
        return get_object_or_404(Organisation, pk=self.kwargs["organisation"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.object}

    def act(self, form: Any) -> None:
        answers = form.cleaned_data
        timeline.record(
            self.object,
            answers["kind"],
            answers["text"],
            on=answers["on"],
            author=self.by,
            person=person_of(answers["met"], self.object),
        )

    def back(self) -> str:
        return overview_url(self.object.pk)


class StepFilterSet(WagtailFilterSet):
    """By kind, by date, by who wrote."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Step.Kind)
    on = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    organisation = django_filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=Organisation.objects.all()
    )
    by_staff = django_filters.BooleanFilter(label=_("Written by hand"), method="by_hand")

    class Meta:
        model = Step
        fields: ClassVar[list[str]] = []

    def by_hand(self, rows: QuerySet[Step], _name: str, value: bool) -> QuerySet[Step]:
        """By somebody, or by the site itself."""
        return rows.filter(source="") if value else rows.exclude(source="")


def links_of(steps: Iterable[Step], user: Any) -> dict[int, str]:
    """Where what caused each step is dealt with, for those this user may open; one query a kind of row."""
    by_model: dict[str, dict[str, list[int]]] = {}
    for step in steps:
        label, _colon, key = step.source.rpartition(":")
        if key.isdigit() and label:
            by_model.setdefault(label, {}).setdefault(key, []).append(step.pk)
    finder = AdminURLFinder(user)
    found: dict[int, str] = {}
    for label, keys in by_model.items():
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):  # the name of a process, or of a room that is gone
            continue
        for key, row in model._default_manager.in_bulk([int(key) for key in keys]).items():
            url = finder.get_edit_url(row)
            found |= {pk: url for pk in keys[str(key)] if url}
    return found


class StepIndexView(HarmlessExportIndexView):
    """What happened, the latest first; only what somebody wrote by hand can be changed."""

    def get_base_queryset(self) -> QuerySet[Step]:
        rows: QuerySet[Step] = super().get_base_queryset()
        return rows.select_related("organisation", "person", "author")

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        """The organisation's own page; what can be done to the step is in the menu beside."""
        titled = self._get_title_column_class(column_class)
        return titled(
            field_name,
            label=_("Organisation"),
            get_url=lambda step: overview_url(step.organisation_id),
            sort_key="organisation__name",
        )

    def get_edit_url(self, instance: Step) -> str | None:
        return super().get_edit_url(instance) if not instance.source else None

    def get_delete_url(self, instance: Step) -> str | None:
        return super().get_delete_url(instance) if not instance.source else None


class ByHandMixin:
    """What the site wrote stays as it is: its form answers 404."""

    def get_queryset(self) -> QuerySet[Step]:
        return Step.objects.filter(source="").select_related("organisation", "person")


class StepEditView(ByHandMixin, generic.EditView):
    """Mends a step written by hand."""

    def save_instance(self) -> Any:
        answers = self.form.cleaned_data
        self.form.instance.person = person_of(answers["met"], self.form.instance.organisation)
        return super().save_instance()

    def get_success_url(self) -> str:
        return overview_url(self.object.organisation_id)


class StepDeleteView(ByHandMixin, generic.DeleteView):
    """Takes back a step written by hand."""


class StepViewSet(RoomViewSet):
    """Every step of every organisation: list, filters, export. Written from an organisation's page."""

    model = Step
    name = "steps"
    icon = "history"
    menu_label = _("Timeline")
    menu_order = 30
    offered = frozenset({"edit", "delete"})
    index_view_class = StepIndexView
    edit_view_class = StepEditView
    delete_view_class = StepDeleteView
    filterset_class = StepFilterSet
    add_to_reference_index = False
    list_display: ClassVar[list[Any]] = [
        "organisation",
        DayColumn("on", _("Date")),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("text", label=_("What happened"), accessor=lambda step: Truncator(step.text).chars(140)),
        Column("person", label=_("With"), accessor="person", classname=WIDE_ONLY),
        Column("author", label=_("Written by"), accessor="author", classname=WIDE_ONLY),
    ]
    list_export: ClassVar[list[str]] = [
        "organisation", "on", "get_kind_display", "text", "person", "author", "source"
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "get_kind_display": _("Kind"),
        "source": _("Written by the site for"),
    }
    search_fields: ClassVar[list[str]] = ["text", "organisation__name"]
    ordering = "-on"

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        return StepForm
