"""From the answers of a short form to a page, on line or as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from common.models import Image
from common.slugs import free_slug
from events.models import EventPage
from home.models import NewsPage, VideoPage

from .posters import default_poster

if TYPE_CHECKING:
    from wagtail.models import Page

    from common.pages import BasePage
    from members.models import User

Answers = Mapping[str, Any]


def _named(answers: Answers) -> dict[str, str]:
    return {"title": answers["title"], "summary": answers["summary"]}


def news_page(answers: Answers, user: User) -> NewsPage:
    """A news item, not saved yet; its picture is."""
    page = NewsPage(**_named(answers), published_on=answers["published_on"])
    body: Any = [("text", answers["text"])] if answers["text"] else []
    page.body = body
    if answers["picture"]:
        page.picture = Image.objects.create(
            title=answers["title"],
            description=answers["picture_text"],
            file=answers["picture"],
            uploaded_by_user=user,
        )
    page.themes.set(answers["themes"])
    return page


def video_page(answers: Answers, user: User) -> VideoPage:
    """A video, not saved yet; its poster is, drawn when none was given."""
    film = answers["film"]
    page = VideoPage(
        **_named(answers),
        file=film or "",
        address=answers["address"],
        transcript=answers["transcript"],
        lead_theme=answers["lead_theme"],
        published_on=timezone.localdate(),
    )
    if film:
        page.duration = answers["duration"]
    if answers["captions"]:
        page.captions = ContentFile(answers["captions"].encode(), name="captions.vtt")
    if answers["poster"]:
        page.poster = Image.objects.create(
            title=answers["title"], file=answers["poster"], uploaded_by_user=user
        )
    else:
        page.poster = default_poster(answers["lead_theme"])
    return page


def event_page(answers: Answers, _user: User) -> EventPage:
    """An event, not saved yet; without a place it is on line."""
    return EventPage(
        **_named(answers),
        format=answers["format"],
        starts_at=answers["starts_at"],
        ends_at=answers["ends_at"],
        place=answers["place"],
        commune=answers["commune"],
        online=not answers["place"],
        lead_theme=answers["lead_theme"],
    )


@transaction.atomic
def add_page(parent: Page, page: BasePage, user: User, *, publish: bool) -> None:
    """Add the page below `parent` with its first revision, and publish it when asked to.

    Raises ValidationError when it is not fit to be published, PublishPermissionError when the user
    may not.
    """
    page.locale = parent.locale
    page.owner = user
    page.live = False
    page.slug = free_slug(parent, page.title)
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True, clean=publish)
    if publish:
        revision.publish(user=user)


def index_of(model: type[BasePage]) -> BasePage | None:
    """The French page of that type under which new pages go."""
    return model._default_manager.filter(locale__language_code=settings.LANGUAGE_CODE).first()
