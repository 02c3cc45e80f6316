"""Videos: a file of ours or an address elsewhere, with captions and a transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from common.facts import Facts, FactsPage
from common.models import Image
from common.models.media import private_name
from common.pages import BasePage, ListPage
from home.video_form import VideoPageForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


def film_name(_instance: models.Model, filename: str) -> str:
    """Where films and captions are kept: behind the view that checks and serves byte ranges."""
    return private_name("films", filename)


class VideoFields(models.Model):
    """What a video's page and its row have in common."""

    file = models.FileField(_("video file"), upload_to=film_name, blank=True, help_text=_("MP4 (H.264)."))
    address = models.URLField(
        _("address elsewhere"), blank=True, help_text=_("Nothing is loaded from there before a click.")
    )
    captions = models.FileField(
        _("captions"), upload_to=film_name, blank=True, help_text=_("WebVTT, in French.")
    )
    duration = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    published_on = models.DateField(_("dated"), db_index=True)

    class Meta:
        abstract = True


class Video(VideoFields, Facts):
    """A video, whatever the language of the page it is on."""

    class Meta:
        ordering = ("-published_on", "-pk")
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return str(self.translation_key)


class VideoPage(VideoFields, FactsPage):
    """One video, its transcript and what it is about."""

    kind_label = _("Video")
    template = "home/video_page.html"
    base_form_class = VideoPageForm
    facts_model = Video
    fact_fields = ("file", "address", "captions", "duration", "published_on")

    facts = models.ForeignKey(
        Video, null=True, editable=False, on_delete=models.SET_NULL, related_name="pages"
    )
    poster = models.ForeignKey(
        Image, verbose_name=_("poster"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    transcript = models.TextField(
        _("transcript"), blank=True, help_text=_("What is said and what is shown (RGAA 4.1).")
    )

    parent_page_types: ClassVar[list[str]] = ["home.VideoIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>One film, one idea, three minutes. Captions serve those who do not hear, and everybody in "
                "the train; the transcript serves those who search. An .srt file becomes WebVTT by itself, and the "
                "duration is read from the film.</p>"
            )
        ),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("file"),
                FieldPanel("address"),
                FieldPanel(
                    "captions", help_text=_("WebVTT (.vtt) or SubRip (.srt), in the language spoken.")
                ),
                FieldPanel("poster", help_text=_("What one sees before playing; 16:9, without text.")),
                FieldRowPanel(
                    [
                        FieldPanel("duration", help_text=_("Empty: read from the film, when it says it.")),
                        FieldPanel("published_on"),
                    ]
                ),
            ],
            heading=_("The film"),
        ),
        FieldPanel("transcript"),
        FieldPanel("lead_theme"),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("example"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    @classmethod
    def to_serve(cls) -> models.QuerySet[Any]:
        return cls._default_manager.select_related("facts", "poster")

    def clean(self) -> None:
        super().clean()
        if bool(self.file) == bool(self.address):
            raise ValidationError({"file": _("Give a file or an address, one of the two.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.structure import other_videos  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["related"] = other_videos(self)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        from home.structured import video_data  # noqa: PLC0415 (it reads these models)

        return [video_data(self)]


class VideoIndexPage(ListPage):
    """All the videos."""

    kind_label = _("Videos")
    template = "home/video_index_page.html"
    subpage_types: ClassVar[list[str]] = ["home.VideoPage"]
    lists = "home.listing.video_listing"

    class Meta:
        verbose_name = _("list of videos")
