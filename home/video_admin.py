"""Videos in the admin: what each still wants, and an editor that does not send films again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from common.admin_listings import WIDE_ONLY, DayColumn, RoomPageFilterSet, RoomPageViewSet, WantsColumn
from common.admin_waiting import Waiting, editable, first_rows, page_row

from .films import WANTS_CAPTIONS, WANTS_TRANSCRIPT
from .models import VideoPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


def video_wants(video: VideoPage) -> list[str | _StrPromise]:
    """What a video still wants for everybody to follow it."""
    wants: list[str | _StrPromise] = []
    if not video.captions:
        wants.append(_("no captions") if video.file else _("captions: see the host"))
    if not video.transcript:
        wants.append(_("no transcript"))
    return wants


def length_of(video: VideoPage) -> str:
    """Minutes and seconds."""
    return f"{video.duration // 60}:{video.duration % 60:02}" if video.duration else ""


class VideoFilterSet(RoomPageFilterSet):
    """By what a video still wants."""

    wants = django_filters.ChoiceFilter(
        label=_("To complete"),
        choices=[
            ("any", _("Captions or transcript")), ("captions", _("Captions")), ("transcript", _("Transcript"))
        ],
        method="by_want",
    )  # fmt: skip

    class Meta(RoomPageFilterSet.Meta):
        model = VideoPage

    def by_want(self, rows: QuerySet[VideoPage], _name: str, value: str) -> QuerySet[VideoPage]:
        """Those that want it."""
        wanted = {
            "captions": WANTS_CAPTIONS,
            "transcript": WANTS_TRANSCRIPT,
            "any": WANTS_CAPTIONS | WANTS_TRANSCRIPT,
        }
        return rows.filter(wanted[value])


class VideoViewSet(RoomPageViewSet):
    """Videos, with what each still wants."""

    model = VideoPage
    name = "videos"
    icon = "media"
    menu_order = 120
    filterset_class = VideoFilterSet
    quick_url_name = "publish_video"
    quick_label = _("Publish a video")
    between: ClassVar[Sequence[Column]] = (
        DayColumn("published_on", _("Dated")),
        Column("duration", label=_("Length"), accessor=length_of, sort_key="duration", classname=WIDE_ONLY),
        WantsColumn(video_wants),
    )


class NoAutosave:
    """An autosaved form would send the chosen film again at each keystroke."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["autosave_enabled"] = False
        return context


class FilmCreateView(NoAutosave, CreateView):
    """A new video."""


class FilmEditView(NoAutosave, EditView):
    """A video."""


class VideoPageViews(PageViewSet):
    """The editor's views of a video."""

    model = VideoPage
    name = "video-pages"
    add_view_class = FilmCreateView
    edit_view_class = FilmEditView


def videos_to_complete(request: HttpRequest) -> Waiting | None:
    """Published videos that not everybody can follow."""
    pages = VideoPage.objects.filter(WANTS_CAPTIONS | WANTS_TRANSCRIPT, live=True, alias_of=None)
    total, rows = first_rows(
        editable(pages, request).order_by("-published_on"),
        lambda page: page_row(page, ", ".join(str(want) for want in video_wants(page))),
    )
    if not total:
        return None
    label = ngettext(
        "%(n)s video without captions or transcript", "%(n)s videos without captions or transcript", total
    )
    return Waiting(
        "media", label % {"n": total}, rows, f"{reverse('admin_videos:index')}?wants=any&state=live"
    )
