"""Videos are commented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.conversation.topics import Discussable, find_pages, register_discussable

from .models import VideoPage

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.conversation.topics import Topic


def find_videos(keys: Collection[str]) -> dict[str, Topic]:
    """Those on line."""
    return find_pages("video", VideoPage.objects.all(), keys)


def register() -> None:
    """Let them be commented."""
    register_discussable(
        Discussable(
            "video",
            _("Video"),
            _("What does this film make you want to try? What did it leave unsaid?"),
            find_videos,
            _("The author of the video"),
        )
    )
