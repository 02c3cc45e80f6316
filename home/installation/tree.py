"""The pages that every installation has, from `pages/*.md`, and the site that they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from charters.models import CharterPage, SignatoryIndexPage
from events.models import EventIndexPage
from home.content.front import hero, home_sections
from home.content.loading import Loading
from home.content.publishing import body_of, put_page
from home.installation.accessibility import accessibility_values
from home.installation.groups import give_event_pages
from home.models import (
    AccessibilityPage,
    ContactPage,
    HomePage,
    LoadedRow,
    NewsIndexPage,
    SiteMapPage,
    SiteSettings,
    StandardPage,
    VideoIndexPage,
)
from toolbox.models import PracticeIndexPage, ToolIndexPage

if TYPE_CHECKING:
    from common.pages import BasePage
    from home.content.reading import Source

FOLDER = Path(__file__).parent
HOME_SLUG = "accueil"
# Address and type of each page; the order is that of the menus.
PAGES: dict[str, type[BasePage]] = {
    "bonnes-pratiques": PracticeIndexPage,
    "boite-a-outils": ToolIndexPage,
    "evenements": EventIndexPage,
    "charte": CharterPage,
    "charte/signataires": SignatoryIndexPage,
    "videos": VideoIndexPage,
    "actualites": NewsIndexPage,
    "contact": ContactPage,
    "accessibilite": AccessibilityPage,
    "mentions-legales": StandardPage,
    "donnees-personnelles": StandardPage,
    "plan-du-site": SiteMapPage,
}
# What the legal notice says of the host while the settings of the site name none.
OWN_HOST = "l’association elle-même"
ADDRESS = "Résidence Flandre, entrée 18\navenue de Flandre\n59170 Croix"


def build() -> Loading:
    """Make the site, its settings and its pages; return what happened. Idempotent.

    A page that somebody edited is never written again.
    """
    loading = Loading(FOLDER, LoadedRow.Origin.SITE)
    for source in loading.page("pages/home.md"):
        natural = {"depth": 2, "locale__language_code": settings.LANGUAGE_CODE}
        loading.ledger.write("pages/home", source, HomePage, write_home, natural, loading)
    make_site(loading.home)
    make_settings()
    for path, model in PAGES.items():
        for source in loading.page(f"pages/{path}.md"):
            dated = source.depending_on(host()) if "tokens" in source.meta else source
            natural = {"url_path": f"{loading.home.url_path}{path}/"}
            loading.ledger.write(f"pages/{path}", dated, model, write_page, natural, loading, path, model)
    give_event_pages(loading.parent(EventIndexPage))
    for error in loading.ledger.errors:
        raise error
    return loading


def write_home(source: Source, page: HomePage | None, loading: Loading) -> HomePage:
    """The home page, with sections that fill themselves."""
    values = {
        "title": source.text("title"),
        "slug": HOME_SLUG,
        "summary": source.text("summary"),
        **hero(source),
        "sections": home_sections(source, loading),
    }
    return put_page(page or HomePage(), Page.get_first_root_node(), values)


def write_page(source: Source, page: Any, loading: Loading, path: str, model: type[BasePage]) -> BasePage:
    """A page of the list above."""
    above, _mark, slug = path.rpartition("/")
    parent = Page.objects.get(url_path=f"{loading.home.url_path}{above}/") if above else loading.home
    values: dict[str, Any] = {
        "title": source.text("title"),
        "slug": slug,
        "summary": source.text("summary"),
        "menu": loading.menu(source),
        "menu_title": source.text("menu_title", ""),
    }
    if model is AccessibilityPage:
        values |= accessibility_values(source)
    elif source.body.strip():
        values["body"] = body_of(with_host(source), model._meta.get_field("body").stream_block, loading)
    return put_page(page or model(), parent, values)


def host() -> str:
    """Who the legal notice names as the host."""
    return SiteSettings.load().host_name or OWN_HOST


def with_host(source: Source) -> Source:
    """The source with `[[host]]` replaced."""
    return source.saying(source.body.replace("[[host]]", host()))


def make_site(home: HomePage) -> None:
    """The default site, at the public address of the installation, without Wagtail's welcome page."""
    address = urlsplit(settings.PUBLIC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": port,
        "root_page_id": home.pk,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.root_page = home
        site.save()
    for page in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        page.delete()


def make_settings() -> None:
    """The association's address, until somebody says otherwise."""
    if not SiteSettings.objects.exists():
        SiteSettings.objects.create(postal_address=ADDRESS, contact_email=settings.CONTACT_EMAIL)
