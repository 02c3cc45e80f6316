"""What is announced when a page is published, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from members.models import Announcement
from tests.factories.pages import (
    EventPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    ToolPageFactory,
    VideoPageFactory,
)
from tests.factories.shared import OrganisationFactory, ThemeFactory, UserFactory
from tests.factories.site import Tree

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {"live": False, "first_published_at": None, "last_published_at": None}


def published(page: Any) -> Any:
    """The page, put on line as an editor does."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def topics(announcement: Announcement) -> list[str]:
    return sorted(str(topic) for topic in announcement.topics.all())


def test_each_kind_of_page_is_announced_on_its_themes_and_companies(tree: Tree) -> None:
    theme, firm = ThemeFactory(slug="tutorat"), OrganisationFactory(slug="le-tarmac")
    pages = {
        "practice": PracticePageFactory(parent=tree.practices, lead_theme=theme, organisation=firm, **NEW),
        "tool": ToolPageFactory(parent=tree.tools, lead_theme=theme, **NEW),
        "event": EventPageFactory(parent=tree.events, lead_theme=theme, organisers=[firm], **NEW),
        "news": NewsPageFactory(parent=tree.news, themes=[theme], **NEW),
        "video": VideoPageFactory(parent=tree.videos, lead_theme=theme, **NEW),
    }
    for page in pages.values():
        published(page)
    found = {row.kind: topics(row) for row in Announcement.objects.all()}
    key = pages["practice"].translation_key
    assert found == {
        "practice": ["organisation:le-tarmac", f"practice:{key}", "theme:tutorat"],
        "tool": ["theme:tutorat"],
        "event": ["organisation:le-tarmac", "theme:tutorat"],
        "news": ["theme:tutorat"],
        "video": ["theme:tutorat"],
    }


def test_an_article_about_no_theme_is_announced_to_nobody(tree: Tree) -> None:
    published(NewsPageFactory(parent=tree.news, **NEW))
    assert Announcement.objects.count() == 0


def test_the_words_follow_the_page(tree: Tree) -> None:
    page = published(PracticePageFactory(parent=tree.practices, **NEW))
    page.title = "Un meilleur titre"
    published(page)
    assert Announcement.objects.get().title == "Un meilleur titre"


def test_who_wrote_it_is_remembered(tree: Tree) -> None:
    author = UserFactory()
    published(PracticePageFactory(parent=tree.practices, owner=author, **NEW))
    assert Announcement.objects.get().author == author


def test_off_line_it_is_withdrawn_and_never_told_starts_afresh(tree: Tree) -> None:
    page = published(PracticePageFactory(parent=tree.practices, **NEW))
    first = Announcement.objects.get()
    page.unpublish()
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    published(page)
    again = Announcement.objects.get()
    assert (again.withdrawn_at, again.pk > first.pk) == (None, True)


def test_what_was_told_comes_back_as_it_was(tree: Tree) -> None:
    page = published(PracticePageFactory(parent=tree.practices, **NEW))
    Announcement.objects.update(told_at=timezone.now())
    first = Announcement.objects.get().pk
    page.unpublish()
    published(page)
    assert (Announcement.objects.get().pk, Announcement.objects.get().withdrawn_at) == (first, None)


def test_a_page_deleted_before_anybody_was_told_leaves_no_announcement(tree: Tree) -> None:
    published(NewsPageFactory(parent=tree.news, themes=[ThemeFactory(slug="tutorat")], **NEW)).delete()
    assert list(Announcement.objects.all()) == []


def test_a_page_deleted_after_somebody_was_told_is_withdrawn(tree: Tree) -> None:
    page = published(NewsPageFactory(parent=tree.news, themes=[ThemeFactory(slug="tutorat")], **NEW))
    Announcement.objects.update(told_at=timezone.now())
    page.delete()
    assert Announcement.objects.get().withdrawn_at is not None


def test_a_cancelled_event_is_withdrawn(tree: Tree) -> None:
    page = published(EventPageFactory(parent=tree.events, **NEW))
    page.cancelled_at = timezone.now()
    published(page)
    assert Announcement.objects.get().withdrawn_at is not None


def test_a_past_event_is_not_announced(tree: Tree) -> None:
    published(EventPageFactory(parent=tree.events, past=True, **NEW))
    assert Announcement.objects.count() == 0


def test_what_was_first_published_long_ago_is_listed_at_its_date_and_mailed_to_nobody(tree: Tree) -> None:
    page = PracticePageFactory(parent=tree.practices)
    published(page)
    row = Announcement.objects.get()
    assert (row.quiet, row.created_at) == (True, page.first_published_at)
