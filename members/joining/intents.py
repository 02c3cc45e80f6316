"""What a visitor tried before signing in: kept, and completed afterwards, in whatever browser.

A room registers what it can complete, and has its view remember what was asked::

    intents.register("follow", complete_follow)                      # in AppConfig.ready
    return intents.remember(request, "follow", {"practice": 3}, then=request.get_full_path())

`complete_follow(user, payload)` does it and returns the sentence that says so, or None. It runs in a
transaction, once. It raises `NoLongerPossible` when what was asked cannot be done any more.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from members.models import Intent, User

from .pending import pending_signups

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger("atoutage.intents")

Complete = Callable[[User, dict[str, Any]], str | None]
KEPT = dt.timedelta(days=7)
MOST = 20
SESSION_KEY = "intents"
# Where the visitor was: travels in the payload, and is not shown to whoever completes.
THEN = "_then"
_kinds: dict[str, Complete] = {}


class NoLongerPossible(Exception):  # noqa: N818 (it is an answer, not a fault)
    """What was asked cannot be done any more; its text is shown to the person."""


@dataclass(frozen=True)
class Outcome:
    """What became of one intent."""

    done: bool
    message: str
    then: str


def register(kind: str, complete: Complete) -> None:
    """Say how a kind of intent is completed."""
    _kinds[kind] = complete


def token_of(request: HttpRequest) -> str:
    """The token of this browser; empty while nothing was tried."""
    return str(request.session.get(SESSION_KEY, ""))


def remember(request: HttpRequest, kind: str, payload: dict[str, Any], then: str) -> HttpResponseRedirect:
    """Keep what a visitor asked for, and send her to the sign-in page, which leads back to `then`.

    Raises KeyError for a kind that nobody registered. The latest `MOST` of a browser are kept; a network
    that tries too much is led to sign in all the same.
    """
    _kinds[kind]
    then = then if url_has_allowed_host_and_scheme(then, allowed_hosts=None) else "/"
    if ratelimit.consume(request, app="allauth.account", action="remember_intent", limit_get=True):
        keep(request, kind, {**payload, THEN: then})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then})}")


def keep(request: HttpRequest, kind: str, payload: dict[str, Any]) -> None:
    """Store an intent under the token of this browser."""
    token = token_of(request) or get_random_string(32)
    request.session[SESSION_KEY] = token
    now = timezone.now()
    Intent.objects.create(token=token, kind=kind, payload=payload, created_at=now, expires_at=now + KEPT)
    kept = Intent.objects.filter(token=token).order_by("-created_at", "-pk").values_list("pk", flat=True)
    Intent.objects.filter(token=token).exclude(pk__in=list(kept[:MOST])).delete()


def has_any(request: HttpRequest) -> bool:
    """Whether this browser has something to complete."""
    token = token_of(request)
    return bool(token) and Intent.objects.filter(token=token, completed_at=None).exists()


def attach(token: str, user: User) -> int:
    """Hand what was tried in a browser to whoever signs up or in there; return how many there are.

    What a browser tried for a sign-up that it never finished follows; what belongs to an account in
    use stays its own.
    """
    if not token:
        return 0
    free = Intent.objects.filter(token=token, completed_at=None)
    return free.filter(user=None).update(user=user) + (
        free.filter(user__in=pending_signups()).exclude(user=user).update(user=user)
    )


def complete_all(user: User) -> list[Outcome]:
    """Complete what awaits an account, oldest first; what fails for a technical reason stays."""
    waiting = Intent.objects.filter(user=user, completed_at=None, expires_at__gt=timezone.now())
    outcomes = [_complete(pk) for pk in waiting.order_by("created_at", "pk").values_list("pk", flat=True)]
    return [outcome for outcome in outcomes if outcome is not None]


def _complete(pk: int) -> Outcome | None:
    try:
        with transaction.atomic():
            intent = Intent.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
            if intent.completed_at is not None or intent.user is None:
                return None
            intent.completed_at = timezone.now()
            intent.save(update_fields=["completed_at"])
            return _run(intent, intent.user)
    except Exception:
        logger.exception("an intent could not be completed", extra={"intent": pk})
        return None


def _run(intent: Intent, user: User) -> Outcome:
    payload = dict(intent.payload)
    then = str(payload.pop(THEN, ""))
    try:
        with transaction.atomic():
            message = _kinds[intent.kind](user, payload)
    except NoLongerPossible as answer:
        return Outcome(done=False, message=str(answer), then=then)
    return Outcome(done=True, message=message or "", then=then)


def drop_expired() -> int:
    """Forget what nobody completed in time, and what was completed as long ago; return how many."""
    return Intent.objects.filter(expires_at__lte=timezone.now()).delete()[0]
