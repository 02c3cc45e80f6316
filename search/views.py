"""The search page, and what is suggested while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.addresses import roots
from common.web.wayfinding import families
from search.forms import SearchForm
from search.results import answer
from search.suggestions import suggestions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The box, the filters, the results. htmx asks for the same page and takes its part of it."""
    form = SearchForm.read(request.GET)
    root = roots().get(form.language)
    context = {
        "form": form,
        "listing": answer(form),
        "families": families(),
        "hidden_fields": {"q": form.words},
        "trail": [(_("Home"), root.prefix if root else "/")],
        "title": _("Search"),
        "description": _(
            "Good practices, tools, events, companies, videos and news: everything in one search."
        ),
    }
    response = render(request, "search/search_page.html", context)
    if form.asks:
        # Entries are written some time after what they stand for: such a page is never kept.
        patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that go with what is being typed, as a piece of page; empty when there are none."""
    form = SearchForm.read(request.GET)
    found = suggestions(request.GET.get("q", ""), form.language or settings.LANGUAGE_CODE)
    response = render(request, "search/suggestions.html", {"suggestions": found})
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response
