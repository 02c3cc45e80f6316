"""What followers hear of practices and tools, and how a followed practice is named."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.addresses import locale_ids, path_for
from members.models import Followed
from members.space.announcing import Publication, connect, themes_of
from members.space.following import Followable, Subject, register_followable

from . import discussed
from .finding.matching import filters_for_practice, filters_for_tool
from .models import PracticePage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Collection


def announce_practice(page: PracticePage) -> Publication:
    """A practice: followers of its themes, of its company, and of the filters that it passes."""
    organisation = page.organisation
    return Publication(
        "practice",
        f"toolbox.practice:{page.translation_key}",
        themes_of(page),
        [organisation] if organisation else [],
        practice=str(page.translation_key),
        filters=lambda: filters_for_practice(page),
    )


def announce_tool(page: ToolPage) -> Publication:
    """A tool: followers of its themes, and of the filters that it passes."""
    return Publication(
        "tool",
        f"toolbox.tool:{page.translation_key}",
        themes_of(page),
        filters=lambda: filters_for_tool(page),
    )


def describe_practices(targets: Collection[str]) -> dict[str, Subject]:
    """Followed practices on line, in the active language or else in French, by title."""
    keys = [key for key in (as_key(target) for target in targets) if key]
    pages = PracticePage.objects.filter(translation_key__in=keys, live=True).order_by("title", "pk")
    rows = pages.values_list(
        "translation_key", "title", "url_path", "locale_id", "lead_theme__family", named=True
    )
    mine = locale_ids().get(get_language() or "")
    found: dict[str, Subject] = {}
    for row in sorted(rows, key=lambda row: row.locale_id == mine):
        address = path_for(row.url_path, row.locale_id)
        found[str(row.translation_key)] = Subject(row.title, address, row.lead_theme__family)
    return found


def as_key(target: str) -> UUID | None:
    """The key that a target writes; None when it is not one."""
    try:
        return UUID(target)
    except ValueError:
        return None


def register() -> None:
    """Announce what is published, and let practices be followed."""
    connect(PracticePage, announce_practice)
    connect(ToolPage, announce_tool)
    discussed.register()
    register_followable(Followable(Followed.PRACTICE, _("Practices"), describe_practices))
