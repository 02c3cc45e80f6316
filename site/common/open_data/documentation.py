"""The page that describes the API to people, in the look of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from common.addresses import roots

from .datasets import datasets

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Filters with more choices than this are not spelt out.
MANY_CHOICES = 20


@require_safe
def serve_documentation(request: HttpRequest) -> HttpResponse:
    """`/api/v1/`, in the language that `language` names: French otherwise."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        root = roots().get(language)
        context = {
            "datasets": list(datasets.values()),
            "many": MANY_CHOICES,
            "title": _("Open data and API"),
            "description": _(
                "Practices, tools, events and signatories as JSON, CSV and XLSX: free to reuse, without a key."
            ),
            "trail": [(_("Home"), root.prefix if root else "/")],
            "address": f"{settings.PUBLIC_URL}/api/v1/",
        }
        return render(request, "open_data/documentation.html", context)
