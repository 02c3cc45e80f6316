"""What must be there before any page: languages, a root, a site; and a small tree to hang pages on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import Collection, Locale, Page, Site

from home.installation.groups import Groups
from members.models import ConsentWording
from members.roles import Role

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
    if not ConsentWording.objects.exists():
        import_module("members.migrations.0004_first_rows").write(apps, None)
    if not Group.objects.filter(name=Role.ADMINISTRATOR.group).exists():
        Groups().make()


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
