"""The first middleware: answers anonymous visitors from memory."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware

from common import generation

from .store import KeptPage, PageStore

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# Every GET parameter that changes a public page. Others (campaign tags…) are dropped from the key,
# and the page is rendered without them.
ALLOWED_PARAMETERS = frozenset(
    {
        "accessible",
        "adopted",
        "audience",
        "cohort",
        "commune",
        "cost",
        "echanges",
        "effort",
        "family",
        "format",
        "kind",
        "language",
        "month",
        "page",
        "sector",
        "size",
        "sort",
        "state",
        "theme",
        "view",
        "when",
        "year",
    }
)
# A visitor's own words (a search, what the contact form begins with and ends on): never kept.
FREE_PARAMETERS = frozenset({"envoye", "q", "subject"})
NEVER_KEPT = (
    *("/admin/", "/static/", "/fichiers/", "/media/", "/healthz", "/readyz", "/demo/", "/api/"),
    *(
        f"{language}/{room}/"
        for language in ("", "/en", "/nl")
        for room in ("compte", "espace", "membres", "integrer", "ma-main", "mains")
    ),
)
ALIVE = "/healthz"
APPEARANCE_COOKIE = "appearance"
MIN_COMPRESSED = 500


def encoding_for(accepted: str) -> str:
    """The best encoding we make for an Accept-Encoding header."""
    if "br" in accepted:
        return "br"
    return "gzip" if "gzip" in accepted else ""


def compress(body: bytes, encoding: str) -> bytes:
    """Compress a page once, for everybody who will read it."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    return gzip.compress(body, 6, mtime=0)


class PageCacheMiddleware:
    """Answers from memory when the visitor has no session and nothing has changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.enabled: bool = settings.PAGE_CACHE
        self.store = PageStore(settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
        self.gzip = GZipMiddleware(get_response)
        self.session_cookie = f"{settings.SESSION_COOKIE_NAME}="

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == ALIVE:
            return self.get_response(request)
        current = generation.pin()
        try:
            key = self.key(request) if self.enabled else None
            if key is None:
                return self.get_response(request)
            page = self.store.get(current, key)
            if page is not None:
                return self.answer(request, page)
            return self.render(request, current, key)
        finally:
            generation.unpin()

    def render(self, request: HttpRequest, current: str, key: Hashable) -> HttpResponseBase:
        """Ask the view, uncompressed, and keep what may be kept."""
        accepted = request.META.pop("HTTP_ACCEPT_ENCODING", "")
        response = self.get_response(request)
        request.META["HTTP_ACCEPT_ENCODING"] = accepted
        if isinstance(response, HttpResponse) and self.is_keepable(request, response):
            return self.answer(request, self.keep(current, key, response, encoding_for(accepted)))
        return self.gzip.process_response(request, response)

    def key(self, request: HttpRequest) -> Hashable | None:
        """What tells one page from another; None when this request is not for the cache."""
        meta = request.META
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(NEVER_KEPT):
            return None
        cookies = meta.get("HTTP_COOKIE", "")
        if self.session_cookie in cookies:
            return None
        appearance = request.COOKIES.get(APPEARANCE_COOKIE, "") if cookies else ""
        query = meta.get("QUERY_STRING", "")
        if query:
            pairs = parse_qsl(query, keep_blank_values=True)
            if any(name in FREE_PARAMETERS for name, _value in pairs):
                return None
            query = urlencode([pair for pair in pairs if pair[0] in ALLOWED_PARAMETERS])
            meta["QUERY_STRING"] = query
        encoding = encoding_for(meta.get("HTTP_ACCEPT_ENCODING", ""))
        return meta.get("HTTP_HOST"), request.path_info, query, appearance, encoding, request.scheme

    def is_keepable(self, request: HttpRequest, response: HttpResponse) -> bool:
        """Only whole, successful pages which are the same for everybody."""
        return (
            response.status_code == 200  # noqa: PLR2004
            and not response.cookies
            and "no-store" not in response.get("Cache-Control", "")
            and "private" not in response.get("Cache-Control", "")
            and "csrf_cookie_needs_update" not in request.META
        )

    def keep(self, current: str, key: Hashable, response: HttpResponse, encoding: str) -> KeptPage:
        """Compress the page once and keep it."""
        body = response.content
        if encoding and len(body) > MIN_COMPRESSED:
            body = compress(body, encoding)
            response["Content-Encoding"] = encoding
        response["Vary"] = "Accept-Encoding, Cookie"
        response["ETag"] = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        response["Cache-Control"] = "no-cache"
        response["Content-Length"] = str(len(body))
        page = KeptPage(body, dict(response.headers._store))  # noqa: SLF001 (a copy, without parsing each header)
        self.store.put(current, key, page)
        return page

    def answer(self, request: HttpRequest, page: KeptPage) -> HttpResponse:
        """The kept page, or 304 when the browser already holds these very bytes."""
        etag = request.META.get("HTTP_IF_NONE_MATCH")
        if etag and etag == page.headers["etag"][1]:
            unchanged = HttpResponseNotModified()
            unchanged["ETag"] = etag
            return unchanged
        response = HttpResponse(page.body)
        response.headers._store = page.headers.copy()  # noqa: SLF001 (one dict instead of ten headers)
        return response
