"""What robots are asked to leave alone (RFC 9309)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from common.addresses import absolute

if TYPE_CHECKING:
    from django.http import HttpRequest

# In every language.
PERSONAL = ("compte/", "espace/", "recherche/suggestions/", "boite-a-outils/telecharger/")
EVERYWHERE = ("admin/", "apparence/", "styleguide/", "*/export.csv", "*/export-excel.csv", "*/export.xlsx")


def rules() -> list[str]:
    """The paths that are of no use to a search engine."""
    prefixes = ["/" if code == settings.LANGUAGE_CODE else f"/{code}/" for code, _name in settings.LANGUAGES]
    return [f"/{path}" for path in EVERYWHERE] + [prefix + path for prefix in prefixes for path in PERSONAL]


@require_safe
def serve_robots(_request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in rules()), ""]
    lines += [f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
