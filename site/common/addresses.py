"""Addresses of pages, without a query a page (decision 0007).

French stands at the root, other languages under their prefix; all home pages are roots of one site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from common.generation import per_generation

if TYPE_CHECKING:
    from wagtail.models import Page as PageType

# Home pages stand right below the root of the tree.
HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Root:
    """The home page of one language."""

    page_id: int
    url_path: str
    prefix: str
    language: str


@per_generation
def locale_codes() -> dict[int, str]:
    """Language code by locale id."""
    return dict(Locale.objects.values_list("pk", "language_code"))


@per_generation
def locale_ids() -> dict[str, int]:
    """Locale id by language code."""
    return {code: pk for pk, code in locale_codes().items()}


@per_generation
def roots() -> dict[str, Root]:
    """The live home pages of the default site, by language."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    codes = locale_codes()
    homes = Page.objects.filter(translation_key=site.root_page.translation_key, live=True)
    return {
        codes[home.locale_id]: Root(
            home.pk,
            home.url_path,
            "/" if codes[home.locale_id] == settings.LANGUAGE_CODE else f"/{codes[home.locale_id]}/",
            codes[home.locale_id],
        )
        for home in homes
    }


def language_of(page: PageType) -> str:
    """The language code of a page, without reading its locale."""
    return locale_codes().get(page.locale_id, settings.LANGUAGE_CODE)


def path_for(url_path: str, locale_id: int) -> str:
    """The public path of a tree path; empty when its language has no live home page."""
    root = roots().get(locale_codes().get(locale_id, ""))
    if root is None or not url_path.startswith(root.url_path):
        return ""
    return root.prefix + url_path.removeprefix(root.url_path)


def path_of(page: PageType) -> str:
    """The public path of a page: `/bonnes-pratiques/…/`, `/en/…`."""
    return path_for(page.url_path, page.locale_id)


def absolute(path: str) -> str:
    """A path as a full address of this installation."""
    return urljoin(settings.PUBLIC_URL + "/", path)


@per_generation
def _sections(language: str) -> frozenset[str]:
    """Slugs of the live pages right below the home page of a language."""
    root = roots().get(language)
    if root is None:
        return frozenset()
    below = Page.objects.filter(live=True, url_path__startswith=root.url_path, depth=HOME_DEPTH + 1)
    return frozenset(below.values_list("slug", flat=True))


def section(slug: str) -> str:
    """The path of a section in the active language, the French one where it is not translated."""
    root = roots().get(get_language() or "") or roots().get(settings.LANGUAGE_CODE)
    return f"{root.prefix}{slug}/" if root and slug in _sections(root.language) else f"/{slug}/"
