"""Tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from common.blocks import BodyBlock
from common.facts import Facts, FactsPage
from common.fields import BlockField
from common.models import Document
from common.pages import BasePage, ListPage
from common.web.structured import article
from members.models import Organisation

from .owned import Owned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class ToolFields(models.Model):
    """What a tool's page and its row have in common."""

    class Kind(models.TextChoices):
        """What one gets."""

        CHECKLIST = "checklist", _("Checklist")
        GUIDE = "guide", _("Guide")
        TEMPLATE = "template", _("Template")
        SPREADSHEET = "spreadsheet", _("Spreadsheet")
        SLIDES = "slides", _("Slides")
        QUESTIONNAIRE = "questionnaire", _("Questionnaire")
        POSTER = "poster", _("Poster")
        LINK = "link", _("Link")

    class Licence(models.TextChoices):
        """What one may do with it."""

        CC_BY = "cc-by-4.0", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
        OPEN = "etalab-2.0", _("Open Licence 2.0")
        RESERVED = "reserved", _("All rights reserved")

    class Audience(models.TextChoices):
        """Who may take the file and read how to use it; the title and the sentence are for everybody."""

        PUBLIC = "public", _("Everybody")
        MEMBERS = "members", _("Members")
        SIGNATORIES = "signatories", _("Signatories of the charter")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    audience = models.CharField(
        _("who may take it"), max_length=15, choices=Audience, default=Audience.PUBLIC
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    document = models.ForeignKey(
        Document,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    address = models.URLField(_("address"), blank=True, help_text=_("For a tool that stands elsewhere."))
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY)
    version = models.CharField(_("version"), max_length=20, blank=True)
    language = models.CharField(_("language of the file"), max_length=5, default="fr")
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    accessible = models.BooleanField(
        _("the file is accessible"),
        default=False,
        help_text=_("A tagged PDF, or an office file with real headings and table headers (RGAA 13.3)."),
    )
    updated_on = models.DateField(_("updated on"), null=True, blank=True)

    class Meta:
        abstract = True


class ToolQuerySet(models.QuerySet["Tool"]):
    """The vocabulary of tools."""

    def live(self) -> ToolQuerySet:
        """Published ones."""
        return self.filter(live=True)


class Tool(Owned, ToolFields, Facts):
    """A tool, whatever the language its page is read in."""

    objects = ToolQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("tool")
        verbose_name_plural = _("tools")

    def __str__(self) -> str:
        return str(self.translation_key)


class ToolPage(ToolFields, FactsPage):
    """A file or a link, and how to use it."""

    kind_label = _("Tool")
    template = "toolbox/tool_page.html"
    facts_model = Tool
    fact_fields = (
        "organisation",
        "audience",
        "kind",
        "document",
        "address",
        "licence",
        "version",
        "language",
        "page_count",
        "accessible",
        "updated_on",
    )

    facts = models.ForeignKey(
        Tool, null=True, editable=False, on_delete=models.SET_NULL, related_name="pages"
    )
    body = BlockField(BodyBlock(), verbose_name=_("how to use it"), blank=True)
    version_note = models.CharField(
        _("what changed in this version"),
        max_length=300,
        blank=True,
        help_text=_("Shown beside the file when it is replaced by a newer one."),
    )
    question = models.CharField(
        _("the author’s question"),
        max_length=200,
        blank=True,
        help_text=_("Asked under the page to those who use it, while nobody has spoken yet."),
    )

    parent_page_types: ClassVar[list[str]] = ["toolbox.ToolIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>A tool is taken and used the same day. Give the file that one can change rather than a picture "
                "of it, and say in five lines when to use it and when not to.</p>"
            )
        ),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("document"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("version"), FieldPanel("updated_on"), FieldPanel("page_count")]),
                FieldPanel("version_note"),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("language")]),
                FieldRowPanel([FieldPanel("organisation"), FieldPanel("audience")]),
                FieldPanel("accessible"),
                FieldPanel("lead_theme"),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("example"),
            ],
            heading=_("What one gets"),
        ),
        FieldPanel("body"),
        FieldPanel("question"),
    ]

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")

    @classmethod
    def to_serve(cls) -> models.QuerySet[Any]:
        return cls._default_manager.select_related("facts__document", "facts__organisation")

    def clean(self) -> None:
        super().clean()
        if not (self.document_id or self.address):
            raise ValidationError({"document": _("Give a file, or the address where it stands.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from toolbox.related import practices_for, related_tools  # noqa: PLC0415 (they read these models)

        context = super().get_context(request, *args, **kwargs)
        context["related"] = related_tools(self)
        context["practices"] = practices_for(self)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        published = self.first_published_at or timezone.now()
        return [article(self, timezone.localdate(published))]


class ToolIndexPage(ListPage):
    """The toolbox, with filters."""

    kind_label = _("Toolbox")
    template = "toolbox/tool_index_page.html"
    subpage_types: ClassVar[list[str]] = ["toolbox.ToolPage", "toolbox.KitPage"]
    lists = "toolbox.listing.tool_listing"

    class Meta:
        verbose_name = _("toolbox")
