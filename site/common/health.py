"""Whether it is alive, and whether it can serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


def alive(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing beside it."""
    return HttpResponse("ok", content_type="text/plain")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations are waiting")


def _cache() -> None:
    cache.set("readyz", "1", 5)
    if cache.get("readyz") != "1":
        raise RuntimeError("the cache forgets")


# What must answer before visitors are sent here; the others only slow the site down.
NEEDED: dict[str, Callable[[], None]] = {"database": _database, "migrations": _migrations}
HELPFUL: dict[str, Callable[[], None]] = {"cache": _cache}


def _say(check: Callable[[], None]) -> str:
    try:
        check()
    except (DatabaseError, RuntimeError, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return "ok"


def ready(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated; 503 otherwise. Names what is missing."""
    needed = {name: _say(check) for name, check in NEEDED.items()}
    helpful = {name: _say(check) for name, check in HELPFUL.items()}
    status = 200 if all(answer == "ok" for answer in needed.values()) else 503
    return JsonResponse({**needed, **helpful}, status=status)
