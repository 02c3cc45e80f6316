"""How often something may be done, counted in the shared cache."""

from __future__ import annotations

import hashlib
import hmac
import logging

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger("atoutage.companies")

MINUTE, HOUR, DAY = 60, 3600, 86_400


def is_one_too_many(what: str, who: object, most: int, seconds: int) -> bool:
    """Count once more what somebody does; true above `most` in a window of `seconds`.

    Each attempt takes a numbered place, which the cache gives to one process only. Nobody is
    refused because the cache is away.
    """
    name = hmac.new(settings.SECRET_KEY.encode(), f"{what}\0{who}".encode(), hashlib.sha256).hexdigest()[:32]
    try:
        places = [f"companies:{what}:{name}:{place}" for place in range(most)]
        taken = cache.get_many(places)
        return not any(place not in taken and cache.add(place, 1, seconds) for place in places)
    except Exception:  # whatever the cache's own errors are, the person matters more
        logger.warning("attempts are not counted: the cache does not answer", exc_info=True)
        return False
