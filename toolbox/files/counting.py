"""Downloads are counted without watching anybody: a number a tool, a day and a way, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import logging
import re
import secrets
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import F, Sum
from django.utils import timezone

from toolbox.models import Download

if TYPE_CHECKING:
    from django.http import HttpRequest

    from toolbox.models import Tool

logger = logging.getLogger("atoutage.downloads")

# What robots, scripts and previews of links call themselves. Whoever says nothing is not counted either.
ROBOTS = re.compile(
    r"(?<!cu)bot\b|(?<!cu)bot[/;_-]|crawl|spider|slurp|scrap|fetch|archiver|preview|headless|phantomjs|lighthouse|monitor|"
    r"uptime|pingdom|validator|checker|scanner|facebookexternalhit|whatsapp|telegram|skypeuri|slack|discord|"
    r"embedly|curl|wget|httpie|python|aiohttp|httpx|urllib|java/|okhttp|go-http|libwww|perl|ruby|php|"
    r"node|axios|undici|feed|rss|reader",
    re.IGNORECASE,
)
AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
AHEAD_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
FIRST_BYTES = re.compile(r"^bytes=0-")


# ---------------------------------------------------------------- what is counted
def is_somebody(request: HttpRequest) -> bool:
    """Whether a request is somebody who takes a file.

    Not a look at its head, nor at its middle, nor ahead of time, nor a robot.
    """
    agent = request.headers.get("User-Agent", "")
    asked = request.headers.get("Range", "")
    return (
        request.method == "GET"
        and bool(agent)
        and not ROBOTS.search(agent)
        and (not asked or bool(FIRST_BYTES.match(asked)))
        and not any(AHEAD.search(request.headers.get(name, "")) for name in AHEAD_HEADERS)
    )


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, behind the proxies that are trusted."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""


def until_midnight(now: dt.datetime) -> int:
    """Seconds left of the local day, at least one."""
    local = timezone.localtime(now)
    tomorrow = timezone.make_aware(dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time.min))
    return max(int((tomorrow - local).total_seconds()), 1)


def is_first_today(tool: Tool, address: str, agent: str) -> bool:
    """Whether this visitor has not taken this tool today.

    What tells visitors apart is hashed with a key of the day that only the shared cache holds, and
    that it forgets at midnight: nobody can find the address again, nor link one day to the next.
    """
    now = timezone.now()
    left = until_midnight(now)
    name = f"downloads:key:{timezone.localdate(now)}"
    try:
        cache.add(name, secrets.token_hex(32), left)
        words = f"{address}\0{agent}\0{tool.pk}".encode()
        seal = hmac.new(str(cache.get(name)).encode(), words, hashlib.sha256).hexdigest()
        return bool(cache.add(f"downloads:{seal}", 1, left))
    except Exception:  # whatever the cache's own errors are: the file matters more than its number
        logger.warning("downloads are not counted: the cache does not answer", exc_info=True)
        return False


# ---------------------------------------------------------------- verbs
def count(tool: Tool, way: str) -> None:
    """One more, today. Safe when many count at once; pages kept in memory are not disturbed."""
    today = timezone.localdate()
    rows = Download.objects.filter(tool=tool, day=today, way=way)
    if not rows.update(count=F("count") + 1):
        Download.objects.bulk_create([Download(tool=tool, day=today, way=way)], ignore_conflicts=True)
        rows.update(count=F("count") + 1)


def count_visit(request: HttpRequest, tools: list[Tool], way: str) -> int:
    """Count what a request takes, once a day for each visitor and tool; return how many were counted."""
    if not is_somebody(request):
        return 0
    address, agent = address_of(request), request.headers.get("User-Agent", "")
    new = [tool for tool in tools if is_first_today(tool, address, agent)]
    for tool in new:
        count(tool, way)
    return len(new)


def total(tool: Tool) -> int:
    """How often a tool was taken, in whatever way."""
    return Download.objects.filter(tool=tool).aggregate(total=Sum("count"))["total"] or 0
