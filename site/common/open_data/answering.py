"""What every answer of the API has in common: methods, limit, cross-origin headers, validators."""

from __future__ import annotations

import functools
import hashlib
import logging
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from common import generation, registries
from common.generation import per_generation

from .datasets import datasets
from .limits import Limit
from .problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]

METHODS = "GET, HEAD, OPTIONS"
OK = 200
FRESH_SECONDS = 60
# Changes when the same rows begin to be written otherwise.
FORM = "1"

logger = logging.getLogger("atoutage.api")
limit = Limit("api", 300, 300)


def answered(view: View, *, by_generation: bool = False) -> View:
    """A view of the API. With `by_generation`, its answer changes only when the public site does."""

    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        head = request.method == "HEAD"
        if head:
            # It is answered as a GET would be, without the body.
            request.method = "GET"
        response = respond(request, lambda: view(request, *args, **kwargs), by_generation=by_generation)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["X-Robots-Tag"] = "noindex"
        if head:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return answer


def respond(request: HttpRequest, view: Callable[[], HttpResponse], *, by_generation: bool) -> HttpResponse:
    """The answer, without what stands above all of them."""
    if request.method == "OPTIONS":
        return permitted()
    if request.method != "GET":
        return problem(405, f"This API is read with GET: {request.method} is not for it.", Allow=METHODS)
    seconds = limit.wait(request)
    if seconds:
        return problem(429, f"Too many requests: ask again in {seconds} seconds.", Retry_After=str(seconds))
    known = stamp(request) if by_generation else ""
    if known and holds(request, known):
        return unchanged(known)
    response = safely(view)
    if response.status_code != OK:
        return response
    response["ETag"] = known or weak(response.content)
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return unchanged(response["ETag"]) if holds(request, response["ETag"], any_will_do=True) else response


def safely(view: Callable[[], HttpResponse]) -> HttpResponse:
    """The view's answer; whatever breaks in it is logged, and told as a problem."""
    try:
        return view()
    except Exception:
        logger.exception("the API broke")
        return problem(500, "Something broke on our side; it was recorded.")


def permitted() -> HttpResponse:
    """What may be asked from another site (a preflight), or at all."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def unchanged(tag: str) -> HttpResponse:
    """304: what you hold is what there is."""
    response = HttpResponseNotModified()
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def holds(request: HttpRequest, tag: str, *, any_will_do: bool = False) -> bool:
    """Whether the client says that it holds this version. Validators are compared weakly (RFC 9110)."""
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    opaque = tag.removeprefix("W/")
    return any(one.removeprefix("W/") == opaque or (any_will_do and one == "*") for one in sent)


def weak(body: bytes) -> str:
    """A validator of these bytes, weak: they may be sent compressed."""
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


@per_generation
def validity() -> str:
    """The state of the public site, the same in every process: the stamp, and until when time changes nothing."""
    moment = registries.next_boundary(timezone.now())
    return f"{generation.stamp().read()} {moment.isoformat()}"


@functools.cache
def shape() -> str:
    """Which fields are given: a new release may give more."""
    return " ".join(
        f"{name}.{one.name}" for name, each in datasets.items() for one in (*each.fields, *each.details)
    )


def stamp(request: HttpRequest) -> str:
    """The validator of an answer before it is made."""
    parts = (FORM, shape(), validity(), request.get_host(), request.get_full_path())
    return weak("\n".join(parts).encode())
