"""Header, banner and footer: the same for many pages, so rendered once a generation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common.addresses import path_of, roots
from common.generation import per_generation
from common.pages import menu_pages
from home.models import AccessibilityPage, Banner, SiteSettings
from home.sections import themes_by_family
from members.space.unread import unread_for

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


def language_of_menus() -> str:
    """The active language, or French while it has no pages."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in roots() else settings.LANGUAGE_CODE


def home_path(language: str) -> str:
    """The home page of a language, the French one where there is none."""
    root = roots().get(language)
    return root.prefix if root else "/"


def _header(language: str, section: str, signed_in: bool, unread: int) -> SafeString:
    menu = menu_pages(language_of_menus()).get("header", [])
    context = {"menu": menu, "section": section, "home": home_path(language)}
    return render_to_string("chrome/header.html", {**context, "signed_in": signed_in, "unread": unread})


_visitors_header = per_generation(_header)


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    """The header, with the section of this page marked; the same for every visitor."""
    language = get_language() or ""
    request = context["request"]
    sections = [address for _title, address in menu_pages(language_of_menus()).get("header", [])]
    section = next((address for address in sections if request.path.startswith(address)), "")
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return _header(language, section, signed_in=True, unread=unread_for(request).total)
    return _visitors_header(language, section, signed_in=False, unread=0)


@per_generation
def site_settings() -> SiteSettings:
    """The settings of the site, with the funding shown in the footer."""
    found = SiteSettings.objects.select_related("footer_operation").first()
    return found or SiteSettings()


@per_generation
def conformity(_language: str) -> dict[str, Any]:
    """The mention that the law wants on every page: state and address of the statement."""
    pages = AccessibilityPage.objects.filter(live=True, locale__language_code=language_of_menus())
    page = pages.first()
    return {"label": str(page.conformity.label), "path": path_of(page)} if page else {"label": "", "path": ""}


@per_generation
def _footer(language: str) -> SafeString:
    menus, themes = menu_pages(language_of_menus()), themes_by_family()
    context = {
        "menus": {
            "header": menus.get("header", []),
            "association": menus.get("footer-association", []),
            "legal": menus.get("footer-legal", []),
        },
        "settings": site_settings(),
        "conformity": conformity(language),
        "families": themes["families"],
        "practices": themes["path"],
    }
    return render_to_string("chrome/footer.html", context)


@register.simple_tag
def site_footer() -> SafeString:
    """The columns of the footer."""
    return _footer(get_language() or "")


@per_generation
def _banners(language: str) -> list[Banner]:
    return list(Banner.objects.filter(language=language, ends_at__gt=timezone.now()))


@register.simple_tag
def site_banner() -> SafeString:
    """The banner of the moment, if any."""
    now = timezone.now()
    for banner in _banners(language_of_menus()):
        if banner.starts_at <= now < banner.ends_at:
            return render_to_string("chrome/banner.html", {"banner": banner})
    return mark_safe("")
