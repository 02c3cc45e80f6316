"""The charter in the admin: who signed, who is labelled, and the text."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from common.admin_fields import TranslatedField
from common.admin_viewsets import RoomViewSet

from .models import CharterVersion, Cohort, Engagement, Label, Signature


class SignatureFilterSet(WagtailFilterSet):
    """By where they stand and when they were signed."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=Signature.State)
    cohort = django_filters.ModelChoiceFilter(label=_("Cohort"), queryset=Cohort.objects.all())
    version = django_filters.ModelChoiceFilter(label=_("Version"), queryset=CharterVersion.objects.all())

    class Meta:
        model = Signature
        fields: ClassVar[list[str]] = []


class SignatureViewSet(RoomViewSet):
    """Signatures of the charter."""

    model = Signature
    name = "signatures"
    icon = "edit"
    list_display: ClassVar[list[Any]] = [
        "organisation",
        "state",
        "cohort",
        "signed_on",
        BooleanColumn("example", label=_("Example"), sort_key="example"),
    ]
    list_export: ClassVar[list[str]] = [
        "organisation",
        "version",
        "cohort",
        "state",
        "signed_on",
        "words",
        "example",
    ]
    filterset_class = SignatureFilterSet
    search_fields: ClassVar[list[str]] = ["organisation__name"]
    ordering = "-signed_on"
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "<p>One signature a company and a version of the text. A company that leaves is marked as "
                    "withdrawn, not deleted: past years keep their figures.</p>"
                )
            ),
            FieldRowPanel([FieldPanel("organisation"), FieldPanel("version")]),
            FieldRowPanel([FieldPanel("state"), FieldPanel("signed_on")]),
            FieldPanel("cohort", help_text=_("Those who signed at the same ceremony.")),
            FieldPanel("words", help_text=_("Why it signed, in one sentence: shown in the directory.")),
            FieldPanel("example"),
        ]
    )


class LabelViewSet(RoomViewSet):
    """Labels, which run for a time."""

    model = Label
    name = "labels"
    icon = "success"
    list_display: ClassVar[list[Any]] = ["reference", "signature", "awarded_on", "valid_until"]
    search_fields: ClassVar[list[str]] = ["reference", "signature__organisation__name"]
    ordering = "-awarded_on"
    edit_handler = ObjectList(
        [
            FieldPanel("signature"),
            FieldPanel("reference", help_text=_("Printed on the badge; anyone can check it on the site.")),
            FieldRowPanel([FieldPanel("awarded_on"), FieldPanel("valid_until")]),
        ]
    )


class CohortViewSet(RoomViewSet):
    """Cohorts: companies that sign together."""

    model = Cohort
    name = "cohorts"
    icon = "group"
    list_display: ClassVar[list[Any]] = ["__str__", "code", "ceremony_on"]
    ordering = "-year"
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("year"), FieldPanel("ceremony_on")]),
            FieldPanel("code", help_text=_("Stands in addresses: a year is enough.")),
            FieldPanel("cosigners", help_text=_("The public bodies that sign beside the companies.")),
        ]
    )


class VersionViewSet(RoomViewSet):
    """The texts that were signed."""

    model = CharterVersion
    name = "charter-versions"
    icon = "doc-full"
    list_display: ClassVar[list[Any]] = ["code", "adopted_on"]
    ordering = "-adopted_on"
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "<p>A text that somebody signed does not change. To change it, add a version and its "
                    "engagements; earlier signatures keep theirs.</p>"
                )
            ),
            FieldPanel("code"),
            FieldPanel("adopted_on"),
            FieldPanel("preamble"),
        ]
    )


class EngagementForm(WagtailAdminModelForm):
    """An engagement, in each language."""

    titles = TranslatedField(label=_("Titles"), help_text=_("Begins with a verb: what the company will do."))
    texts = TranslatedField(label=_("Texts"), long=True)


class EngagementViewSet(RoomViewSet):
    """The promises of the charter."""

    model = Engagement
    name = "engagements"
    icon = "list-ol"
    list_display: ClassVar[list[Any]] = ["__str__", "version", "position"]
    list_filter: ClassVar[list[str]] = ["version"]
    ordering = "position"
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("version"), FieldPanel("position")]),
            FieldPanel("code"),
            FieldPanel("titles"),
            FieldPanel("texts"),
            FieldPanel("themes"),
        ],
        base_form_class=EngagementForm,
    )


class CharterGroup(ViewSetGroup):
    """Everything about the charter."""

    items = (SignatureViewSet, LabelViewSet, CohortViewSet, VersionViewSet, EngagementViewSet)
    menu_label = _("Charter")
    menu_name = "charter"
    menu_icon = "form"
    menu_order = 160


@hooks.register("register_admin_viewset")
def viewsets() -> CharterGroup:
    """One entry in the menu."""
    return CharterGroup()
