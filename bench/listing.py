"""`make bench ARGS=listing`: the lists of practices and tools under every kind of filters.

    python -m bench.listing --practices 1000 10000

Each list is asked for through the whole of Django, with the page cache off: the time of the server and
the SQL of one request, cold (nothing remembered since the last publication) and then as it is served.
Works in a database of its own: SQLite in a folder, or the one that `DATABASE_URL` names.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from bench.server import ROOT

ROUNDS = 7
THEMES = ("transmission", "recrutement", "sante-usure")
PRACTICES = {
    "no filter": "",
    "one theme": "theme=transmission",
    "three themes": "&".join(f"theme={theme}" for theme in THEMES),
    "sector": "sector=industrie",
    "sector, size": "sector=industrie&size=10to49&size=50to249",
    "adopted by anybody": "adopted=any",
    "adopted by sizes": "adopted=lt10&adopted=10to49&adopted=50to249&adopted=gte250",
    "themes, adopted": "theme=transmission&theme=recrutement&adopted=any",
    "all but effort": "theme=transmission&theme=recrutement&sector=industrie&sector=services&size=10to49"
    "&cost=none&cost=lt1k&adopted=any",
    "everything ticked": "&".join(
        [f"theme={theme}" for theme in THEMES]
        + [f"size={size}" for size in ("lt10", "10to49", "50to249", "gte250")]
        + [f"effort={effort}" for effort in ("light", "medium", "heavy")]
        + [f"cost={cost}" for cost in ("none", "lt1k", "1to5k", "5to20k", "gt20k")]
        + ["adopted=any", "adopted=10to49"]
    ),
    "most taken up": "sort=adopted",
    "all, most taken up": "theme=transmission&size=10to49&adopted=any&sort=adopted",
    "last page": "effort=light&page=9999",
}
TOOLS = {
    "tools": "",
    "tools by use": "sector=industrie&size=10to49&sort=used",
    "tools, all": "theme=transmission&sector=industrie&size=10to49&audience=public&accessible=yes&sort=used",
}
ROW = "{:<22} {:>6} {:>8} {:>9} {:>9} {:>9}"


def options() -> argparse.Namespace:
    """The command line; `--measure` is what the process that measures is given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="listing")
    parser.add_argument("--practices", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--measure", action="store_true")
    return parser.parse_args()


# ---------------------------------------------------------------- inside the process that measures
def measure_all() -> None:
    """A row for each combination of filters."""
    from toolbox.models import PracticeIndexPage, ToolIndexPage  # noqa: PLC0415

    print(ROW.format("filters", "found", "queries", "cold ms", "then ms", "worst ms"))
    for model, queries in ((PracticeIndexPage, PRACTICES), (ToolIndexPage, TOOLS)):
        index = model.objects.get(locale__language_code="fr")
        for name, query in queries.items():
            print(ROW.format(name, *measure(f"{index.path_on_site}?{query}")), flush=True)


def measure(address: str) -> tuple[Any, ...]:
    """Rows found, queries of a cold request, and milliseconds: cold, then the median and the worst."""
    from django.db import connection, reset_queries  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from common import generation  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.get(address)
    generation.bump()
    client.get("/contact/")
    connection.force_debug_cursor = True
    reset_queries()
    response = client.get(address)
    queries = len(connection.queries)
    connection.force_debug_cursor = False
    generation.bump()
    client.get("/contact/")
    cold = timed(client, address)
    times = [timed(client, address) for _round in range(ROUNDS)]
    found = re.search(r'id="results-count">\D*([\d\s]+)', response.content.decode())
    return (
        re.sub(r"\D", "", found[1]) if found else "?",
        queries,
        *(f"{one:.0f}" for one in (cold, statistics.median(times), max(times))),
    )


def timed(client: Any, address: str) -> float:
    """How long the server works at an answer, in milliseconds; SQLite works in the same process."""
    clock = time.perf_counter if os.environ.get("DATABASE_URL") else time.process_time
    begun = clock()
    client.get(address)
    return (clock() - begun) * 1000


# ---------------------------------------------------------------- the bench
def run(env: dict[str, str], *arguments: str, quiet: bool = True) -> None:
    """Run a script of the repository."""
    out = subprocess.DEVNULL if quiet else None
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, check=True, stdout=out)


def main() -> None:
    """Prepare the demonstration, then grow it and measure, number by number."""
    asked = options()
    if asked.measure:
        import django  # noqa: PLC0415

        django.setup()
        measure_all()
        return
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "VAR_DIR": folder,
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "LOG_LEVEL": "ERROR",
            "PAGE_CACHE": "0",
        }
        run(env, "bin/run.py", "prepare")
        for number in asked.practices:
            run(env, "-m", "bench.generate", str(number), "--unindexed")
            print(f"\n{number} practices", flush=True)
            run(env, "-m", "bench.listing", "--measure", quiet=False)


if __name__ == "__main__":
    main()
