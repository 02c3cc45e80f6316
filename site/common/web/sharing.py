"""Pictures for shared links: made in the background at publication, only looked up when a page is read."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.models import Page

from common.addresses import absolute, language_of
from common.background import is_waiting
from common.generation import bump_on_commit, per_generation
from common.models import ShareImage, Theme
from common.pages import BasePage
from common.templatetags.french import typeset_text

from .drawing import DEFAULT_FAMILY, DESIGN, CardText, draw_card

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "partage"
DEFAULT = "images/share.png"


def lead_theme(page: BasePage) -> Theme | None:
    """The theme whose pip the card bears: the main one, or the first of a page that has several."""
    lead: Theme | None = getattr(page, "lead_theme", None)
    if lead is None and hasattr(page, "themes"):
        lead = min(page.themes.all(), key=lambda theme: theme.position, default=None)
    return lead


def card_text(page: BasePage) -> CardText:
    """What the card of a page says, in the page's language, which must be active."""
    theme = lead_theme(page)
    texts = {
        "title": page.title,
        "label": theme.name if theme else str(page.kind_label),
        "kind": page.share_line,
        "site": settings.WAGTAIL_SITE_NAME,
        "promise": _("Experience is a trump card"),
    }
    if language_of(page) == settings.LANGUAGE_CODE:
        texts = {name: typeset_text(text) for name, text in texts.items()}
    return CardText(**texts, family=theme.family if theme else DEFAULT_FAMILY)


def name_for(page: BasePage, text: CardText) -> str:
    """The file's name: it changes with the words and with the design, so that it can be kept for ever."""
    digest = hashlib.blake2b(f"{DESIGN}\0{text}".encode(), digest_size=6).hexdigest()
    return f"{FOLDER}/{page.translation_key}-{language_of(page)}-{digest}.png"


def make(page: BasePage) -> bool:
    """Make the picture of a page if it is missing or out of date; return whether it was made."""
    language = language_of(page)
    with override(language):
        text = card_text(page)
    name = name_for(page, text)
    key = {"translation_key": page.translation_key, "language": language}
    old = ShareImage.objects.filter(**key).first()
    if old is not None and old.name == name and default_storage.exists(name):
        return False
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(draw_card(text)))
    ShareImage.objects.update_or_create(**key, defaults={"name": name})
    if old is not None and old.name != name:
        default_storage.delete(old.name)
    return True


def shared(pages: Iterable[Page]) -> Iterable[BasePage]:
    """Those of the pages that have words of their own to show."""
    for page in pages:
        specific = page.specific
        if isinstance(specific, BasePage) and specific.alias_of_id is None:
            yield specific


@task()
def make_share_images(translation_key: str) -> None:
    """Background task: make the pictures of a page's language versions (idempotent).

    Pages learn of them once the queue holds no other: a long queue empties the caches once.
    """
    for page in shared(Page.objects.live().public().filter(translation_key=translation_key)):
        make(page)
    if not is_waiting(make_share_images.module_path):
        bump_on_commit()


def make_on_publish(instance: Page, **_kwargs: Any) -> None:
    """Signal receiver: a page was published. Its other languages may show facts that changed with it."""
    key = str(instance.translation_key)
    transaction.on_commit(lambda: make_share_images.enqueue(key))


def make_missing() -> int:
    """Make every picture that is missing or out of date; return how many were made."""
    pages = Page.objects.live().public().filter(alias_of=None, depth__gt=1).order_by("pk")
    made = sum(make(page) for page in shared(pages.specific().iterator(chunk_size=100)))
    if made:
        bump_on_commit()
    return made


def forget_deleted(instance: Page, **_kwargs: Any) -> None:
    """Signal receiver: a page was deleted; its picture goes with it."""
    for row in ShareImage.objects.filter(
        translation_key=instance.translation_key, language=language_of(instance)
    ):
        row.delete()
        transaction.on_commit(functools.partial(default_storage.delete, row.name))


@per_generation
def address_of(translation_key: str, language: str) -> str | None:
    """The address of a page's picture, None while it is not made."""
    row = ShareImage.objects.filter(translation_key=translation_key, language=language).first()
    return default_storage.url(row.name) if row else None


def default_image() -> str:
    """The full address of the picture of what has none of its own."""
    return absolute(static(DEFAULT))
