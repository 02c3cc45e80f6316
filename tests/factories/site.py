"""What must be there before any page: languages, a root, a site; and a small tree to hang pages on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Collection, Locale, Page, Site

from . import pages


@dataclass(frozen=True)
class Tree:
    """The home page and the index pages of a small French site."""

    home: Any
    practices: Any
    tools: Any
    events: Any
    news: Any
    videos: Any
    charter: Any
    signatories: Any


def ensure_reference() -> None:
    """The rows that migrations write, should an interrupted run have lost them."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")


def build_tree() -> Tree:
    """Make the default site's home page and its index pages, all live."""
    ensure_reference()
    root = Page.objects.get(depth=1)
    home = pages.HomePageFactory(parent=root)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Atout’âge"},
    )
    charter = pages.CharterPageFactory(parent=home)
    return Tree(
        home=home,
        practices=pages.PracticeIndexPageFactory(parent=home),
        tools=pages.ToolIndexPageFactory(parent=home),
        events=pages.EventIndexPageFactory(parent=home),
        news=pages.NewsIndexPageFactory(parent=home),
        videos=pages.VideoIndexPageFactory(parent=home),
        charter=charter,
        signatories=pages.SignatoryIndexPageFactory(parent=charter),
    )
