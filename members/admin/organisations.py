"""Organisations in the admin: the list and the form. One of them in full: `overview`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic

from common.admin_exports import HarmlessExportIndexView
from common.admin_listings import WIDE_ONLY
from common.admin_panels import NamePanel, slug_panel
from common.admin_viewsets import RoomViewSet
from common.vocabulary import Headcount, Sector
from members.duplicates import find_duplicates
from members.models import Membership, Organisation

from .memberships import membership_urls
from .organisation_form import OrganisationForm
from .overview import OverviewView
from .places import comparison_url

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

STATES = [
    ("to_confirm", _("To confirm: somebody waits")),
    ("unknown", _("Nobody acts for it yet")),
    ("confirmed", _("Confirmed")),
]


class OrganisationFilterSet(WagtailFilterSet):
    """What waits first, then what is counted by."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state")
    managed = django_filters.BooleanFilter(label=_("Has a manager"), method="by_manager")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Organisation.Kind)
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=Sector)
    headcount = django_filters.ChoiceFilter(label=_("Headcount band"), choices=Headcount)
    at_least_300 = django_filters.BooleanFilter(label=_("300 employees or more"))
    origin = django_filters.ChoiceFilter(label=_("Recorded by"), choices=Organisation.Origin)
    example = django_filters.BooleanFilter(label=_("Example"))

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = []

    def by_state(self, rows: QuerySet[Organisation], _name: str, value: str) -> QuerySet[Organisation]:
        """In whose name nothing shows yet, with or without somebody who waits; or the others."""
        if value == "confirmed":
            return rows.confirmed()  # type: ignore[attr-defined]
        waits = Exists(Membership.objects.current().filter(organisation=OuterRef("pk")))
        return rows.filter(waits if value == "to_confirm" else ~waits, confirmed_at=None)

    def by_manager(self, rows: QuerySet[Organisation], _name: str, value: bool) -> QuerySet[Organisation]:
        """Whether somebody decides for it."""
        managers = Exists(Membership.objects.managers().filter(organisation=OuterRef("pk")))
        return rows.filter(managers if value else ~managers)


class OrganisationIndexView(HarmlessExportIndexView):
    """A name leads to all that is known of the organisation; its form is one click further."""

    def get_base_queryset(self) -> QuerySet[Organisation]:
        rows: QuerySet[Organisation] = super().get_base_queryset().select_related("commune")
        return rows

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        titled = self._get_title_column_class(column_class)
        return self._get_custom_column(field_name, titled, get_url=self.get_inspect_url, **kwargs)


class OrganisationAddView(generic.CreateView):
    """Says at once when there may be one already."""

    def save_action(self) -> HttpResponseBase:
        response: HttpResponseBase = super().save_action()
        pair = next((one for one in find_duplicates() if self.object.pk in {one.first, one.second}), None)
        if pair is not None and self.request.user.has_perm("members.add_organisationmerge"):
            button = messages.button(comparison_url(pair.first, pair.second), _("Compare"))
            messages.warning(self.request, _("It looks like one that is here already."), buttons=[button])
        return response


class OrganisationEditView(generic.EditView):
    """The row is held while it is checked and saved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            Organisation.objects.select_for_update(of=("self",)).filter(pk=self.kwargs["pk"]).first()
            response: HttpResponseBase = super().post(request, *args, **kwargs)
        return response


class OrganisationViewSet(RoomViewSet):
    """Companies, public employers, non-profits, partners."""

    model = Organisation
    name = "organisations"
    icon = "group"
    menu_order = 10
    index_view_class = OrganisationIndexView
    add_view_class = OrganisationAddView
    edit_view_class = OrganisationEditView
    inspect_view_enabled = True
    inspect_view_class = OverviewView
    filterset_class = OrganisationFilterSet
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", classname=WIDE_ONLY),
        "commune",
        Column("sector", label=_("Sector"), accessor="get_sector_display", classname=WIDE_ONLY),
        Column("headcount", label=_("Headcount band"), accessor="get_headcount_display", classname=WIDE_ONLY),
        BooleanColumn(
            "confirmed", label=_("Confirmed"), accessor=lambda row: row.confirmed_at is not None, width="8%"
        ),
    ]
    list_export: ClassVar[list[str]] = [
        "name", "get_kind_display", "siret", "get_sector_display", "get_headcount_display", "at_least_300", "naf_code",
        "commune", "website", "get_origin_display", "created_at", "confirmed_at", "example",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "get_kind_display": _("Kind"),
        "get_sector_display": _("Sector"),
        "get_headcount_display": _("Headcount band"),
        "get_origin_display": _("Recorded by"),
    }
    search_fields: ClassVar[list[str]] = ["name", "siret", "summary"]
    ordering = "name"
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "<p>One row a company, whatever it does with us: its practices, its signature and its events all "
                    "point here. Search before you add: duplicates are tedious to merge.</p>"
                )
            ),
            MultiFieldPanel(
                [
                    NamePanel("name"),
                    slug_panel(),
                    FieldPanel("kind"),
                    FieldPanel("siret"),
                    FieldPanel("summary"),
                    FieldPanel("presentation"),
                ],
                heading=_("Who it is"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("sector"),
                    FieldRowPanel([FieldPanel("headcount"), FieldPanel("at_least_300")]),
                    FieldRowPanel([FieldPanel("naf_code"), FieldPanel("naf_version")]),
                    FieldPanel("commune"),
                ],
                heading=_("What it is counted by"),
            ),
            MultiFieldPanel([FieldPanel("mail_domains")], heading=_("Who may prove to act for it")),
            MultiFieldPanel(
                [
                    FieldPanel("website"),
                    FieldPanel("logo"),
                    FieldPanel("themes"),
                    FieldPanel("example"),
                    FieldPanel("seen_version", widget=HiddenInput),
                ],
                heading=_("What is shown"),
            ),
        ],
        base_form_class=OrganisationForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *membership_urls()]
