"""Where to go from a page that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from common.addresses import locale_ids, path_of, roots
from common.choices import theme_choices
from common.generation import per_generation
from common.models.themes import Family
from common.pages import Menu, menu_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.listing import Choice

# Path words stay French in every language.
PRACTICES, SITE_MAP, CONTACT = "bonnes-pratiques/", "plan-du-site/", "contact/"


@dataclass(frozen=True, slots=True)
class FamilyOfThemes:
    """One of the four families, with its themes."""

    slug: str
    label: str
    themes: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways on."""

    home: str
    practices: str
    contact: str
    families: Sequence[FamilyOfThemes]
    links: Sequence[tuple[str, str]]


@per_generation
def page_at(language: str, path: str) -> tuple[str, str] | None:
    """Title and public path of the live page at a path below a language's home page."""
    root = roots().get(language)
    if root is None:
        return None
    found = Page.objects.filter(
        url_path=root.url_path + path, locale_id=locale_ids()[language], live=True
    ).first()
    return (found.title, path_of(found)) if found else None


def families() -> list[FamilyOfThemes]:
    """The themes by family, in the active language."""
    choices = theme_choices()
    found = [
        FamilyOfThemes(
            str(family.value), str(family.label), [each for each in choices if each.family == family]
        )
        for family in Family
    ]
    return [family for family in found if family.themes]


def ways() -> Ways:
    """Home, the themes, the main sections, the site map and the contact page."""
    language = get_language() or settings.LANGUAGE_CODE
    root = roots().get(language)
    practices, site_map, contact = (page_at(language, path) for path in (PRACTICES, SITE_MAP, CONTACT))
    links = [*menu_pages(language).get(Menu.HEADER, []), site_map, contact]
    return Ways(
        home=root.prefix if root else "/",
        practices=practices[1] if practices else "",
        contact=contact[1] if contact else "",
        families=families() if practices else [],
        links=list(dict.fromkeys(link for link in links if link)),
    )
