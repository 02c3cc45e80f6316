"""Announcing what is new to whoever follows one of its topics: one row, whatever their number.

A room says how its pages are announced (`connect`); publishing and unpublishing do the rest. What
is not on line is never announced, and nothing is twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from common.addresses import language_of, path_of
from common.gathering import is_quiet
from members.models import Announcement, AnnouncementTopic, Followed

if TYPE_CHECKING:
    from common.models import Theme
    from common.pages import BasePage
    from members.models import Organisation, User

TITLE_LENGTH = 255
SUMMARY_LENGTH = 300
# What appeared longer ago is listed in the space at its date, and mailed to nobody (content loaded in bulk).
FRESH = dt.timedelta(days=3)


@dataclass(frozen=True)
class Publication:
    """What a page announces: its kind, what names it in every language, and what it is about.

    After `expires_at` it is no news any more. One that is `off` is announced to nobody (a cancelled event).
    `filters` tells which saved searches it matches (asked at its first announcement only).
    """

    kind: str
    key: str
    themes: Iterable[Theme] = ()
    organisations: Iterable[Organisation] = ()
    practice: str = ""
    expires_at: dt.datetime | None = None
    off: bool = False
    filters: Callable[[], Iterable[str]] = tuple


# ---------------------------------------------------------------- verbs
@transaction.atomic
def announce(
    kind: str,
    key: str,
    title: str,
    url: str,
    themes: Iterable[Theme] = (),
    organisation: Organisation | None = None,
    practice: str | None = None,
    language: str = settings.LANGUAGE_CODE,
    *,
    summary: str = "",
    author: User | None = None,
    organisations: Iterable[Organisation] = (),
    published_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    filters: Callable[[], Iterable[str]] = tuple,
) -> Announcement | None:
    """Tell whoever follows one of the topics, with their next digest; once for each `key`.

    `kind` says what it is ("practice", "tool", "event", "news", "video"), `practice` is the key
    under which a practice is followed, and `author` is not told. None when it was announced
    already (its words then follow the page, and another language adds its own) or is about nothing.
    """
    about = topics(themes, [*organisations, *([organisation] if organisation else [])], practice)
    if not about:
        return None
    # Withdrawn before any letter said it: it starts afresh, behind what each person was told up to.
    Announcement.objects.filter(key=key, told_at=None).exclude(withdrawn_at=None).delete()
    now = timezone.now()
    words = {"title": title[:TITLE_LENGTH], "url": url}
    quiet = published_at is not None and published_at < now - FRESH
    fresh: dict[str, Any] = {
        **words,
        "kind": kind,
        "language": language,
        "summary": summary[:SUMMARY_LENGTH],
        "author": author,
        "created_at": published_at if quiet else now,
        "quiet": quiet,
        "expires_at": expires_at,
    }
    row, created = Announcement.objects.get_or_create(key=key, defaults=fresh)
    if not created:
        row.expires_at = expires_at
        _reword(row, words, language)
        return None
    about |= {(Followed.FILTER.value, digest) for digest in filters()}
    AnnouncementTopic.objects.bulk_create(
        AnnouncementTopic(announcement=row, kind=topic, target=target) for topic, target in sorted(about)
    )
    return row


def topics(
    themes: Iterable[Theme], organisations: Iterable[Organisation], practice: str | None
) -> set[tuple[str, str]]:
    """What an announcement is about, as follows name it."""
    about: set[tuple[str, str]] = {(Followed.THEME.value, theme.slug) for theme in themes}
    about |= {(Followed.ORGANISATION.value, organisation.slug) for organisation in organisations}
    return about | ({(Followed.PRACTICE.value, practice)} if practice else set())


def _reword(row: Announcement, words: dict[str, str], language: str) -> None:
    """What is announced has new words, or words in one more language; if it was withdrawn, it is back."""
    if language == row.language:
        row.title, row.url = words["title"], words["url"]
    else:
        row.translations[language] = words
    row.withdrawn_at = None
    row.save(update_fields=["title", "url", "translations", "withdrawn_at", "expires_at"])


def withdraw(key: str, language: str = "") -> None:
    """What was announced is off line: whoever was not told yet will not be.

    With a language, only its words go, unless it is the one the announcement was made in.
    """
    row = Announcement.objects.filter(key=key, withdrawn_at=None).first()
    if row is None:
        return
    if language and language != row.language:
        row.translations.pop(language, None)
    else:
        row.withdrawn_at = timezone.now()
    row.save(update_fields=["translations", "withdrawn_at"])


def still_news(now: dt.datetime) -> Q:
    """The condition that an announcement is on line, and not over."""
    return Q(withdrawn_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now))


# ---------------------------------------------------------------- pages
def connect(model: type[BasePage], describe: Callable[[Any], Publication]) -> None:
    """Announce the pages of a type when they are published, until they are taken off line."""

    def on_published(instance: Any, **_kwargs: Any) -> None:
        # Wagtail sends the same signal for a page whose day of publication is only planned.
        if not instance.live or is_quiet():
            return
        publication = describe(instance)
        if publication.off:
            withdraw(publication.key)
        else:
            announce_page(instance, publication)

    def on_unpublished(instance: Any, **_kwargs: Any) -> None:
        withdraw(describe(instance).key, language_of(instance))

    def on_deleted(instance: Any, **_kwargs: Any) -> None:
        # Nobody was told, and nothing is left to announce anew.
        gone = Announcement.objects.filter(key=describe(instance).key, told_at=None)
        gone.exclude(withdrawn_at=None).delete()

    name = model._meta.label
    post_delete.connect(on_deleted, sender=model, weak=False, dispatch_uid=f"forget.{name}")
    page_published.connect(on_published, sender=model, weak=False, dispatch_uid=f"announce.{name}")
    page_unpublished.connect(on_unpublished, sender=model, weak=False, dispatch_uid=f"withdraw.{name}")


def announce_page(page: Any, publication: Publication) -> Announcement | None:
    """Announce a page that is on line."""
    return announce(
        publication.kind,
        publication.key,
        page.title,
        path_of(page),
        publication.themes,
        practice=publication.practice,
        language=language_of(page),
        summary=page.summary,
        author=page.owner,
        organisations=publication.organisations,
        published_at=page.first_published_at,
        expires_at=publication.expires_at,
        filters=publication.filters,
    )


def themes_of(page: Any) -> list[Theme]:
    """The main theme of a page and the others, each once."""
    return list({theme.pk: theme for theme in (page.lead_theme, *page.themes.all())}.values())
