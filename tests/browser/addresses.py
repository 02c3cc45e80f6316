"""One address of each kind of page, by the name that test reports show."""

from __future__ import annotations

import re

from tests.browser.live import LiveSite

PATHS = {
    "home": "/",
    "practices": "/bonnes-pratiques/",
    "practices narrowed": "/bonnes-pratiques/?theme=transmission",
    "practice": "a page of /bonnes-pratiques/",
    "tools": "/boite-a-outils/",
    "tool": "a page of /boite-a-outils/",
    "coming events": "/evenements/",
    "past events": "/evenements/?when=past",
    "month of events": "/evenements/?view=month",
    "event": "a page of /evenements/",
    "past event": "a page of /evenements/?when=past",
    "charter": "/charte/",
    "signatories": "/charte/signataires/",
    "videos": "/videos/",
    "video": "a page of /videos/",
    "news": "/actualites/",
    "article": "a page of /actualites/",
    "contact": "/contact/",
    "search": "/recherche/",
    "search with results": "/recherche/?q=tutorat",
    "search without result": "/recherche/?q=xylophone",
    "standard page": "/association/",
    "accessibility": "/accessibilite/",
    "legal notice": "/mentions-legales/",
    "privacy": "/donnees-personnelles/",
    "site map": "/plan-du-site/",
    "page not found": "/nulle-part/",
    "style guide": "/styleguide/",
    "sign in": "/compte/login/",
    "sign up": "/compte/signup/",
    "sign up with a passkey": "/compte/signup/passkey/",
    "forgotten password": "/compte/password/reset/",
    "mail of the demonstration": "/demo/courriels/",
}
NOT_FOUND = {"page not found"}
A_PAGE_OF = "a page of "


def first_page(site: LiveSite, listing: str) -> str:
    """The first page that a list links to, right below it."""
    section = re.escape(listing.partition("?")[0])
    content = site.read(listing).partition("<main")[2]
    found = re.search(rf'href="({section}[\w-]+/)"', content)
    assert found is not None, f"{listing} links to no page of its own"
    return found[1]


def path_of(site: LiveSite, name: str) -> str:
    """The address of a kind of page."""
    path = PATHS[name]
    return first_page(site, path.removeprefix(A_PAGE_OF)) if path.startswith(A_PAGE_OF) else path
