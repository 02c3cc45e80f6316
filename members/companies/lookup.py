"""Asking the national register about a SIRET: API Recherche d'entreprises (open, no key), when switched on.

It pre-fills and never blocks: whatever goes wrong, the answer is None and the form is filled by hand.
Limits of the service: 7 requests a second for one address, 429 with `Retry-After` above; companies
that object to publication are absent.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from common.vocabulary import Headcount
from members.models import Organisation

from .limits import DAY, HOUR

if TYPE_CHECKING:
    import datetime as dt
    from email.message import Message

logger = logging.getLogger("atoutage.companies")

TIMEOUT = 3
LONGEST_ANSWER = 500_000
A_SECOND = 7
# After this many failures in a row nobody waits for the service for a minute.
FAILURES, PAUSE = 5, 60
LONGEST_PAUSE = HOUR
CACHE = "companies:register:"
PAUSED, FAILED = f"{CACHE}paused", f"{CACHE}failed"
USER_AGENT = "Atoutage/1.0 (+{url})"
OK, TOO_MANY_REQUESTS = 200, 429
PUBLISHED, OPEN = "O", "A"
# From this day the codes that the service gives are those of NAF 2025 (decree 2025-736).
NAF_2025 = (2027, 1, 1)
# Missing from the cache and “looked for, not found” are two things.
NOTHING = "nothing"


@dataclass(frozen=True)
class RegisterEntry:
    """What the register says of one site. Empty where it says nothing."""

    siret: str
    name: str
    naf_code: str = ""
    naf_version: str = ""
    headcount: str = ""
    commune: str = ""
    active: bool = True


# What an opener answers: status, headers, body.
Answer = tuple[int, dict[str, str], bytes]
Open = Callable[[Request], Answer]


class NoRedirect(HTTPRedirectHandler):
    """The service answers by itself; anything that sends elsewhere is a failure."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def open_url(request: Request) -> Answer:
    """Status, headers and body of an answer, whatever the status. Raises OSError when there is none."""
    try:
        with build_opener(NoRedirect).open(request, timeout=TIMEOUT) as answer:
            return answer.status, dict(answer.headers), answer.read(LONGEST_ANSWER + 1)
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), b""


def is_on() -> bool:
    """Whether this installation asks the register; the address must be one of the web's, encrypted."""
    address = urlsplit(settings.COMPANY_LOOKUP_URL)
    return settings.COMPANY_LOOKUP and address.scheme == "https" and bool(address.hostname)


def look_up(siret: str, opener: Open = open_url) -> RegisterEntry | None:
    """What the register says of a valid SIRET, remembered for a day; None when it is silent or away."""
    if not is_on():
        return None
    known = cache.get(CACHE + siret)
    if known is None:
        known = ask(siret, opener)
        if known is None:
            return None
        cache.set(CACHE + siret, known, DAY)
    return None if known == NOTHING else RegisterEntry(**known)


def ask(siret: str, opener: Open) -> Any:
    """The entry as a dictionary, NOTHING when the register has none, None when it could not be asked."""
    if cache.get(PAUSED) or not take_turn():
        return None
    query = urlencode(
        {"q": siret, "minimal": "true", "include": "siege,matching_etablissements", "per_page": 1}
    )
    request = Request(  # noqa: S310 (the scheme is checked by `is_on`)
        f"{settings.COMPANY_LOOKUP_URL}?{query}",
        headers={"User-Agent": USER_AGENT.format(url=settings.PUBLIC_URL), "Accept": "application/json"},
    )
    try:
        status, headers, body = opener(request)
        if status == OK and len(body) <= LONGEST_ANSWER:
            entry = read(json.loads(body), siret)
            cache.delete(FAILED)
            return asdict(entry) if entry else NOTHING
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        logger.warning("the register does not answer", extra={"reason": f"{type(error).__name__}: {error}"})
        status, headers = 0, {}
    note_failure(status, headers)
    return None


def take_turn() -> bool:
    """One of the seven places of this second, or of the next one; each goes to one process only."""
    for _attempt in range(2):
        now = time.time()
        if any(cache.add(f"{CACHE}turn:{int(now)}:{place}", 1, 5) for place in range(A_SECOND)):
            return True
        time.sleep(1 - now % 1)
    return False


def note_failure(status: int, headers: dict[str, str]) -> None:
    """Stop asking for as long as the service says, or for a minute after five failures in a row."""
    if status == TOO_MANY_REQUESTS:
        told = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
        seconds = int(told) if told.isdigit() else PAUSE
        cache.set(PAUSED, 1, max(1, min(seconds, LONGEST_PAUSE)))
        return
    cache.add(FAILED, 0, HOUR)
    try:
        failures = cache.incr(FAILED)
    except ValueError:
        failures = 1
    if failures >= FAILURES:
        cache.set(PAUSED, 1, PAUSE)


def read(answer: dict[str, Any], siret: str) -> RegisterEntry | None:
    """The site with this SIRET in the service's answer; None when it is not there or not published."""
    for unit in answer["results"]:
        sites = [*(unit.get("matching_etablissements") or ()), unit.get("siege") or {}]
        site = next((each for each in sites if each.get("siret") == siret), None)
        if site is not None and unit.get("statut_diffusion", PUBLISHED) == PUBLISHED:
            return entry_of(unit, site, siret)
    return None


def entry_of(unit: dict[str, Any], site: dict[str, Any], siret: str) -> RegisterEntry:
    """What is kept of a legal unit and one of its sites; never the names of those who direct it."""
    naf = text(site.get("activite_principale") or unit.get("activite_principale"), 6)
    headcount = text(site.get("tranche_effectif_salarie") or unit.get("tranche_effectif_salarie"), 2)
    states = {site.get("etat_administratif", OPEN), unit.get("etat_administratif", OPEN)}
    return RegisterEntry(
        siret=siret,
        name=text(unit.get("nom_raison_sociale") or unit.get("nom_complet"), 150),
        naf_code=naf,
        naf_version=version_of(unit, site, timezone.localdate()) if naf else "",
        headcount=headcount if headcount in Headcount.values else "",
        commune=text(site.get("commune"), 5),
        active=states == {OPEN},
    )


def text(value: Any, most: int) -> str:
    """A value of the answer, if it is a text of a plausible length."""
    return value.strip() if isinstance(value, str) and len(value) <= most else ""


def version_of(unit: dict[str, Any], site: dict[str, Any], today: dt.date) -> str:
    """The nomenclature of the plain code: the new one stands beside it until it takes its place."""
    beside = "activite_principale_naf25" in unit or "activite_principale_naf25" in site
    if not beside and (today.year, today.month, today.day) >= NAF_2025:
        return Organisation.NafVersion.NAF2025
    return Organisation.NafVersion.REV2
