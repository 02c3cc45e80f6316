"""How much one network address may ask for in a while (decision 0023).

Each process counts for itself and adds what it counted to the shared cache now and then: a request
costs no write, and a limit is kept within a few requests a process.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

# Requests of an address that a process counts before it tells the others.
APART = 20


@dataclass(slots=True)
class Tally:
    """What was counted of one address: all that is known, and how much of it the others know not."""

    counted: int = 0
    apart: int = 0


class Limit:
    """So many requests in so many seconds, by windows of the clock. Addresses are kept hashed."""

    def __init__(self, name: str, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds
        self.window = 0
        self.tallies: dict[str, Tally] = {}
        self.lock = threading.Lock()

    def wait(self, request: HttpRequest) -> int:
        """Count a request; the seconds to wait when it is one too many, 0 otherwise."""
        now = time.time()
        window = int(now // self.seconds)
        key = f"limit:{self.name}:{window}:{hashed(client_address(request))}"
        with self.lock:
            if window != self.window:
                self.window, self.tallies = window, {}
            tally = self.tallies.setdefault(key, Tally())
            tally.counted += 1
            tally.apart += 1
            share = tally.apart >= APART
        if share:
            self.tell(key, tally)
        return int((window + 1) * self.seconds - now) + 1 if tally.counted > self.most else 0

    def tell(self, key: str, tally: Tally) -> None:
        """Add what was counted here to what all counted, and learn of that."""
        with self.lock:
            mine, tally.apart = tally.apart, 0
        everywhere = int(cache.get(key, 0)) + mine
        cache.set(key, everywhere, self.seconds)
        with self.lock:
            tally.counted = max(tally.counted, everywhere + tally.apart)

    def forget(self) -> None:
        """Begin again at nothing."""
        with self.lock:
            self.tallies = {}


def client_address(request: HttpRequest) -> str:
    """The network address of the visitor, behind the proxies that are trusted."""
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return str(request.META.get("REMOTE_ADDR", ""))


def hashed(address: str) -> str:
    """An address that nobody reads back."""
    return salted_hmac("common.open_data.limits", address, algorithm="sha256").hexdigest()[:24]
