"""How pages hang together: children, siblings, neighbours, the whole tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wagtail.models import Page

from common.addresses import path_of
from common.generation import per_generation

from .models import NewsPage, VideoPage

if TYPE_CHECKING:
    from collections.abc import Iterable

NEWS_SHOWN = 3
FIELDS = ("title", "path", "depth", "url_path", "locale_id", "numchild", "content_type_id")


@dataclass(frozen=True)
class Link:
    """A page as a link."""

    title: str
    path: str
    current: bool = False


@dataclass
class Branch:
    """A page and those below it."""

    title: str
    path: str
    children: list[Branch] = field(default_factory=list)


def _links(pages: Iterable[Page], current: int = 0) -> list[Link]:
    return [Link(page.title, path_of(page), page.pk == current) for page in pages]


@per_generation
def _children(page_id: int) -> list[Link]:
    page = Page.objects.get(pk=page_id)
    return _links(page.get_children().live().order_by("path").only(*FIELDS))


def children_of(page: Page) -> list[Link]:
    """The live pages right below."""
    return _children(page.pk) if page.pk and page.numchild else []


@per_generation
def _siblings(page_id: int) -> list[Link]:
    page = Page.objects.get(pk=page_id)
    pages = page.get_siblings().live().order_by("path").only(*FIELDS)
    return _links([sibling for sibling in pages if sibling.content_type_id == page.content_type_id], page_id)


def siblings_of(page: Page) -> list[Link]:
    """The live pages of the same kind under the same parent, this one marked; none for a section's head."""
    top_level = 3
    return _siblings(page.pk) if page.pk and page.depth > top_level else []


@per_generation
def _other_news(page_id: int, locale_id: int) -> list[NewsPage]:
    rows = NewsPage.objects.filter(live=True, locale_id=locale_id).exclude(pk=page_id)
    return list(rows.order_by("-published_on", "-pk").defer("body")[:NEWS_SHOWN])


def other_news(page: NewsPage) -> list[NewsPage]:
    """The three latest others."""
    return _other_news(page.pk or 0, page.locale_id)


@per_generation
def _other_videos(page_id: int, locale_id: int) -> list[VideoPage]:
    rows = VideoPage.objects.filter(live=True, locale_id=locale_id).exclude(pk=page_id)
    return list(
        rows.select_related("facts__lead_theme")
        .order_by("-published_on", "-pk")
        .defer("transcript")[:NEWS_SHOWN]
    )


def other_videos(page: VideoPage) -> list[VideoPage]:
    """The three latest others."""
    return _other_videos(page.pk or 0, page.locale_id)


@per_generation
def _tree(locale_id: int) -> list[Branch]:
    rows = Page.objects.filter(live=True, locale_id=locale_id, depth__gt=1).order_by("path").only(*FIELDS)
    by_path: dict[str, Branch] = {}
    roots: list[Branch] = []
    for page in rows:
        branch = Branch(page.title, path_of(page))
        parent = by_path.get(page.path[: -Page.steplen])
        (parent.children if parent else roots).append(branch)
        by_path[page.path] = branch
    return roots


def whole_tree(page: Page) -> list[Branch]:
    """Every live page of the language, as it hangs."""
    return _tree(page.locale_id)
