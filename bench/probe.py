"""Inside the site: which pages to ask for, their SQL queries, their CPU alone, where the time goes.

`python -m bench.probe` prints JSON; `python -m bench.probe profile home` prints a profile. The
environment says which database (`VAR_DIR`); the page cache is off.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
os.environ["PAGE_CACHE"] = "0"

import django  # noqa: E402 (the paths come first)

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from common import generation  # noqa: E402
from common.addresses import path_of  # noqa: E402
from events.models import EventPage  # noqa: E402
from home.models import NewsPage  # noqa: E402
from toolbox.models import PracticePage  # noqa: E402

LOCAL: dict[str, Any] = {"HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "br"}
PROFILED = 50
ROUNDS, REQUESTS = 8, 10


def a_page(model: Any, order: str) -> str:
    """The address of one live page in French."""
    page = model.objects.filter(live=True, locale__language_code="fr").order_by(order).first()
    if page is None:
        raise SystemExit(f"no {model._meta.verbose_name}: is the demonstration loaded?")
    return path_of(page)


def paths() -> dict[str, str]:
    """What is measured."""
    return {
        "home": "/",
        "practice": a_page(PracticePage, "pk"),
        "event": a_page(EventPage, "-facts__starts_at"),
        "article": a_page(NewsPage, "-published_on"),
        "practices": "/bonnes-pratiques/",
        "practices, filtered": "/bonnes-pratiques/?theme=transmission&sector=industrie",
        "agenda": "/evenements/",
        "agenda, past": "/evenements/?when=past",
        "directory": "/charte/signataires/",
        "search": "/recherche/?q=tutorat",
        "search, broad": "/recherche/?q=entreprise",
    }


def queries(client: Client, path: str) -> list[str]:
    """The SQL of one request."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, **LOCAL)
    if response.status_code != 200:  # noqa: PLR2004
        raise SystemExit(f"{path}: {response.status_code}")
    return [query["sql"] for query in captured.captured_queries]


def cpu(client: Client, path: str) -> float:
    """Milliseconds of computing for one request: the best of some rounds, whoever else is at work."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(REQUESTS):
            client.get(path, **LOCAL)
        best = min(best, (time.process_time() - begun) / REQUESTS)
    return round(best * 1000, 2)


def describe() -> dict[str, dict[str, Any]]:
    """Each page's address, its queries when everything was just forgotten and usually, its CPU."""
    client = Client()
    described = {}
    for name, path in paths().items():
        client.get(path, **LOCAL)
        generation.bump()
        cold = queries(client, path)
        warm = queries(client, path)
        described[name] = {"path": path, "cold": len(cold), "warm": len(warm), "cpu": cpu(client, path)}
    return described


def profile(name: str) -> None:
    """Where the time of one page goes, the costliest functions first."""
    client, path = Client(), paths()[name]
    for _ in range(3):
        client.get(path, **LOCAL)
    print("\n".join(f"  {sql[:200]}" for sql in queries(client, path)))
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(PROFILED):
        client.get(path, **LOCAL)
    profiler.disable()
    stats = pstats.Stats(profiler)
    stats.sort_stats("cumulative").print_stats(60)
    stats.sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    if sys.argv[1:2] == ["profile"]:
        for page in sys.argv[2:]:
            profile(page)
    else:
        print(json.dumps(describe()))
