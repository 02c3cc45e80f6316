"""Pages about a person are kept by nobody: neither a proxy nor the Back button of a shared computer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
PERSONAL = re.compile(rf"/(?:(?:{_LANGUAGES})/)?(?:compte|espace|membres)/")
NO_STORE = "private, no-store"


class NoStoreMiddleware:
    """Marks the pages of accounts, of one's own space and of the directory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if PERSONAL.match(request.path_info):
            response["Cache-Control"] = NO_STORE
            response["Referrer-Policy"] = "same-origin"
        return response
