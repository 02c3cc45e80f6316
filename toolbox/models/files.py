"""What became of a tool's files: their versions, and how often they were taken (decision 0020)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable

from common.blocks import BodyBlock
from common.fields import BlockField
from common.models import Document
from common.models.media import private_name
from common.pages import BasePage

from .tools import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class ToolVersion(models.Model):
    """One file that a tool had, from the day it was published; the latest is the tool's own."""

    tool = models.ForeignKey(Tool, verbose_name=_("tool"), on_delete=models.CASCADE, related_name="versions")
    document = models.ForeignKey(
        Document, verbose_name=_("file"), on_delete=models.PROTECT, related_name="tool_versions"
    )
    number = models.CharField(_("version"), max_length=20, blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("version of a tool")
        verbose_name_plural = _("versions of tools")
        constraints = (models.UniqueConstraint(name="tool_version_once", fields=("tool", "document")),)

    def __str__(self) -> str:
        return self.number or f"{self.published_at:%d/%m/%Y}"


class Download(models.Model):
    """How often a tool was taken on one day: a number, and nothing of who took it."""

    class Way(models.TextChoices):
        """By itself, or with others."""

        FILE = "file", _("File")
        LINK = "link", _("Link")
        KIT = "kit", _("Kit")

    tool = models.ForeignKey(Tool, verbose_name=_("tool"), on_delete=models.PROTECT, related_name="downloads")
    day = models.DateField(_("day"))
    way = models.CharField(_("way"), max_length=5, choices=Way, default=Way.FILE)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        ordering = ("-day", "tool")
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads by day")
        constraints = (models.UniqueConstraint(name="download_once_a_day", fields=("tool", "day", "way")),)

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class KitPage(BasePage):
    """Several tools for one situation, to be taken together."""

    kind_label = _("Kit")
    template = "toolbox/kit_page.html"

    body = BlockField(BodyBlock(), verbose_name=_("when to use it"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["toolbox.ToolIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>A kit answers one situation: “a first interview at mid-career”. Three to eight tools, in the "
                "order in which they serve; the archive is made by itself.</p>"
            )
        ),
        *BasePage.content_panels,
        InlinePanel("kit_tools", label=_("tool"), heading=_("Tools"), min_num=2, max_num=20),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("kit")
        verbose_name_plural = _("kits")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from toolbox.files.kits import shown_kit  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["kit"] = shown_kit(self, request.user)
        return context


class KitTool(Orderable):
    """A tool's place in a kit."""

    page = ParentalKey(KitPage, on_delete=models.CASCADE, related_name="kit_tools")
    tool = models.ForeignKey(Tool, verbose_name=_("tool"), on_delete=models.PROTECT, related_name="in_kits")
    note = models.CharField(_("when it serves"), max_length=200, blank=True)

    panels: ClassVar[Sequence[Any]] = [FieldPanel("tool"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("tool of a kit")
        verbose_name_plural = _("tools of a kit")

    def __str__(self) -> str:
        return f"{self.tool_id}"


def archive_name(_archive: models.Model, filename: str) -> str:
    """Where the archives of kits are kept."""
    return private_name("kits", filename)


class KitArchive(models.Model):
    """The zip of a kit for one audience, made in the background.

    `kit` is the translation key of its page; `fingerprint` says of what it was made: when it is not
    that of the tools of today, it is made anew.
    """

    class State(models.TextChoices):
        """Whether it can be taken."""

        WANTED = "wanted", _("To be made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    kit = models.UUIDField(_("kit"))
    audience = models.CharField(_("audience"), max_length=15, default="public")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WANTED)
    fingerprint = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to=archive_name, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)

    class Meta:
        verbose_name = _("archive of a kit")
        verbose_name_plural = _("archives of kits")
        constraints = (
            models.UniqueConstraint(name="kit_archive_once_an_audience", fields=("kit", "audience")),
            models.CheckConstraint(
                name="kit_archive_ready_is_there", condition=~Q(state="ready") | ~Q(file="")
            ),
        )

    def __str__(self) -> str:
        return str(self.kit)
