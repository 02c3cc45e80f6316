"""Themes, communes and funding operations in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column

from common.admin_fields import LinesField, TranslatedField
from common.admin_panels import NamePanel, slug_panel
from common.admin_viewsets import RoomViewSet
from common.models import Commune, Operation, Theme


class ThemeForm(WagtailAdminModelForm):
    """A theme's names; what it is called in addresses and its family do not change."""

    names = TranslatedField(label=_("Names"))
    descriptions = TranslatedField(
        label=_("Descriptions"), long=True, help_text=_("One line: what one finds under this theme.")
    )


class ThemeViewSet(RoomViewSet):
    """The thirteen themes: their words can be mended, their number is the identity's."""

    model = Theme
    name = "themes"
    icon = "tag"
    menu_order = 10
    add_to_settings_menu = True
    offered = frozenset({"edit"})
    list_display: ClassVar[list[Any]] = [
        Column("name", label=_("Theme"), sort_key="position"),
        "family",
        Column("description", label=_("Description")),
    ]
    ordering = "position"
    edit_handler = ObjectList([FieldPanel("names"), FieldPanel("descriptions")], base_form_class=ThemeForm)


class CommuneForm(WagtailAdminModelForm):
    """A commune's names."""

    names = TranslatedField(label=_("Names"), help_text=_("Most communes have one name in every language."))
    postal_codes = LinesField(label=_("Postal codes"), help_text=_("One a line."))


class CommuneViewSet(RoomViewSet):
    """The communes: INSEE's list, whose names and postal codes can be mended."""

    model = Commune
    name = "communes"
    icon = "site"
    menu_order = 20
    add_to_settings_menu = True
    offered = frozenset({"edit"})
    list_display: ClassVar[list[Any]] = ["__str__", "insee_code", "epci_name", "population"]
    search_fields: ClassVar[list[str]] = ["sort_name", "insee_code"]
    list_per_page = 50
    ordering = "sort_name"
    edit_handler = ObjectList([FieldPanel("names"), FieldPanel("postal_codes")], base_form_class=CommuneForm)


class OperationForm(WagtailAdminModelForm):
    """A funding operation."""

    funders = LinesField(label=_("Funders"), help_text=_("One a line, in the order of the agreement."))


class OperationViewSet(RoomViewSet):
    """Publicly funded operations."""

    model = Operation
    name = "operations"
    icon = "list-ul"
    menu_label = _("Funding")
    menu_name = "operations"
    menu_order = 190
    add_to_admin_menu = True
    list_display: ClassVar[list[Any]] = ["title", "programme", "starts", "ends", "keep_until"]
    list_filter: ClassVar[list[str]] = ["emblem"]
    search_fields: ClassVar[list[str]] = ["title", "programme", "number"]
    ordering = "-starts"
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "<p>Pages, events and films that name this operation show its publicity block on the screen "
                    "and in print. The wording is the funder’s own: copy it, do not improve it.</p>"
                )
            ),
            NamePanel("title"),
            slug_panel(),
            MultiFieldPanel(
                [FieldPanel("funders"), FieldRowPanel([FieldPanel("programme"), FieldPanel("number")])],
                heading=_("Who pays"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                    FieldPanel(
                        "keep_until",
                        help_text=_(
                            "Evidence is kept until that day; nothing of this operation is deleted before."
                        ),
                    ),
                ],
                heading=_("Period"),
            ),
            MultiFieldPanel([FieldPanel("wording"), FieldPanel("emblem")], heading=_("Publicity")),
            FieldPanel("description"),
            FieldPanel("example"),
        ],
        base_form_class=OperationForm,
    )
