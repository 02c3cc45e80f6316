"""Organisations in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn

from common.admin_panels import NamePanel, slug_panel
from common.admin_viewsets import RoomViewSet

from .models import Organisation


class OrganisationViewSet(RoomViewSet):
    """Companies, public employers, non-profits, partners."""

    model = Organisation
    name = "organisations"
    icon = "group"
    menu_order = 180
    add_to_admin_menu = True
    list_display: ClassVar[list[Any]] = [
        "name",
        "kind",
        "sector",
        "headcount",
        "commune",
        BooleanColumn("example", label=_("Example"), sort_key="example"),
    ]
    list_filter: ClassVar[list[str]] = ["kind", "sector", "headcount", "at_least_300", "example"]
    list_export: ClassVar[list[str]] = [
        "name", "kind", "siret", "sector", "headcount", "at_least_300", "commune", "website", "example"
    ]  # fmt: skip
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
                    FieldPanel(
                        "siret",
                        help_text=_(
                            "14 digits, spaces allowed; empty for the self-employed and for foreign organisations."
                        ),
                    ),
                    FieldPanel("summary"),
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
            MultiFieldPanel(
                [FieldPanel("website"), FieldPanel("logo"), FieldPanel("themes"), FieldPanel("example")],
                heading=_("What is shown"),
            ),
        ]
    )


@hooks.register("register_admin_viewset")
def organisations() -> OrganisationViewSet:
    """In the menu, below the rooms."""
    return OrganisationViewSet()
