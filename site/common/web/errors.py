"""Answers for requests that cannot be served: each says what happened and what to do now.

The pages for 403, 404 and a refused form are pages of the site. Those for 400 and 500 touch nothing
that could fail in its turn: no database, no session, no context processor.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger("atoutage.errors")

STYLE = "css/site.css"
# When even the template cannot be read.
LAST_RESORT = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Erreur – Atout’âge</title>'
    "<h1>Cette page n’a pas pu s’afficher</h1>"
    '<p>Réessayez dans quelques minutes, ou revenez à <a href="/">l’accueil</a>.</p></html>'
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django’s)
    """404: nothing is at that address; ways on."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django’s)
    """403: it exists and is not for this visitor."""
    response = render(request, "403.html", status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or stale (`CSRF_FAILURE_VIEW`): how not to lose its words."""
    logger.info("form refused", extra={"reason": reason, "path": request.path})
    response = render(request, "403_csrf.html", {"came_from": request.path}, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django’s)
    """400: the request itself makes no sense."""
    return plain_page("400.html", 400)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return plain_page("500.html", 500)


def plain_page(template: str, status: int) -> HttpResponse:
    """A page that needs nothing but its template; less than that if there is not even one."""
    try:
        language = get_language() or settings.LANGUAGE_CODE
        home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
        context = {"language": language, "home": home, "style": style(), "contact": settings.CONTACT_EMAIL}
        body: str = render_to_string(template, context)
    except Exception:
        logger.exception("the error page itself cannot be shown")
        body = LAST_RESORT
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def style() -> str:
    """The address of the style sheet, or nothing when static files were not collected."""
    try:
        return static(STYLE)
    except ValueError:
        return ""
