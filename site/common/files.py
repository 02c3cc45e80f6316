"""Files behind one view each: who may see them, and single byte ranges so that films can seek."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from common.models import Rendition
from common.storage import PRIVATE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
CHUNK = 256 * 1024
YEAR = "public, max-age=31536000, immutable"

# Which predicate guards which folder of the private storage: `(user, name) -> bool`. Rooms add theirs
# in `AppConfig.ready`; a folder nobody guards is closed.

guards: dict[str, Callable[..., bool]] = {}
# Folders whose files a browser must ask for each time: who may see one changes from a minute to the next.
rechecked: set[str] = set()


def may_see_original(user: AnonymousUser, _name: str) -> bool:
    """Originals are for those who work in the admin."""
    return user.has_perm("wagtailadmin.access_admin")


def may_see_rendition(user: AnonymousUser, name: str) -> bool:
    """Renditions of non-public images: staff, or whoever the collection lets in."""
    if user.has_perm("wagtailadmin.access_admin"):
        return True
    rendition = Rendition.objects.select_related("image__collection").filter(file=name).first()
    return rendition is not None and rendition.image.is_public


guards["originals"] = may_see_original
guards["renditions"] = may_see_rendition


def _slice(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0:
            chunk = file.read(min(CHUNK, length))
            if not chunk:
                return
            length -= len(chunk)
            yield chunk


def respond(request: HttpRequest, name: str, cache_control: str) -> HttpResponseBase:
    """The stored file, whole or the one range asked for (RFC 9110, section 14). Raises Http404."""
    try:
        size = default_storage.size(name)
        modified = default_storage.get_modified_time(name).timestamp()
        file: BinaryIO = default_storage.open(name)  # type: ignore[assignment]
    except (OSError, ValueError) as error:
        raise Http404 from error
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".vtt"):
        content_type = "text/vtt; charset=utf-8"
    asked = RANGE.match(request.headers.get("Range", ""))
    response: HttpResponseBase
    if asked and (asked[1] or asked[2]):
        first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first > last or first >= size:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = StreamingHttpResponse(
            _slice(file, first, last - first + 1), status=206, content_type=content_type
        )
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    else:
        response = FileResponse(file, content_type=content_type)
        response["Content-Length"] = str(size)
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def respond_unless_known(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file that never changes under its name, asked for each time: 304 when the browser has it."""
    tag = quote_etag(hashlib.sha256(name.encode()).hexdigest()[:16])
    response: HttpResponseBase = get_conditional_response(request, etag=tag) or respond(request, name, "")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def serve_public(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public rendition. In production the front server hands these out by itself."""
    if name.startswith(PRIVATE_PREFIX):
        raise Http404
    return respond(request, name, YEAR)


@require_safe
def serve_private(request: HttpRequest, name: str) -> HttpResponseBase:
    """A private file, when its folder's guard says yes; 404 otherwise, so that nothing is told."""
    stored = PRIVATE_PREFIX + name
    folder = Path(name).parts[0] if name else ""
    guard = guards.get(folder)
    if guard is None or not guard(request.user, stored):
        raise Http404
    if folder in rechecked:
        return respond_unless_known(request, stored)
    return respond(request, stored, "private, max-age=3600")
