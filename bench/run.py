"""`make bench`: requests per second, CPU and SQL of the main pages, beside a Django that does nothing.

    make bench ARGS="--seconds 5 --practices 10000"
    make bench ARGS=digest          the weekly letters of ten thousand members (bench/digest.py)
    make bench ARGS=listing         lists of 10,000 practices under every filter (bench/listing.py)

Works in a folder of its own (`var/bench`, or `BENCH_DIR`), on the loopback interface, in bounded time.
CPU is what the workers spent for one request under load; “alone” is the best that one process managed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import digest, listing, load
from bench.server import ROOT, Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

VAR = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench")
ENV = {
    "VAR_DIR": str(VAR),
    "DJANGO_SETTINGS_MODULE": "config.settings.demo",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "LOG_LEVEL": "WARNING",
}
COLUMNS = "{:<20} {:>7} {:>7} {:>7} {:>7} {:>10} {:>11} {:>7}"
HEAD = ("page", "req/s", "p50 ms", "p99 ms", "CPU ms", "alone ms", "SQL (cold)", "bytes")


@dataclass(frozen=True)
class Figures:
    """What is said of one page."""

    rate: float
    p50: float
    p99: float
    cpu: float

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows them; times in milliseconds."""
        return (f"{self.rate:.0f}", f"{self.p50:.1f}", f"{self.p99:.1f}", f"{self.cpu:.2f}")


def python(*arguments: str, **env: str) -> str:
    """Run a script of the repository; return what it prints."""
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **ENV, **env},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return result.stdout


def measure(server: Server, path: str, seconds: float) -> Figures:
    """Warm a page, then load it."""
    for _ in range(10):
        server.get(path)
    begun = server.cpu()
    outcome = load.run(server.port, path, seconds)
    spent = server.cpu() - begun
    return Figures(
        outcome.requests / outcome.seconds,
        outcome.p50 * 1000,
        outcome.p99 * 1000,
        spent / outcome.requests * 1000,
    )


def report(
    title: str, server: Server, pages: dict[str, dict[str, Any]], seconds: float
) -> Iterator[tuple[str, Figures]]:
    """Measure the pages on one server, a printed row each."""
    print(f"\n{title}\n{COLUMNS.format(*HEAD)}", flush=True)
    for name, page in pages.items():
        figures = measure(server, page["path"], seconds)
        sql = f"{page['warm']} ({page['cold']})" if "warm" in page else "0"
        row = (*figures.cells, page.get("cpu", ""), sql, len(server.get(page["path"])))
        print(COLUMNS.format(name, *row), flush=True)
        yield name, figures


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5, help="of load for each page (5)")
    parser.add_argument("--practices", type=int, default=0, help="generate so many practices first")
    parser.add_argument("--only", nargs="*", default=[], help="names of pages")
    return parser.parse_args()


def main() -> None:
    """Prepare, measure the floor, the kept pages, then the same pages rendered anew each time."""
    if sys.argv[1:2] == ["digest"]:
        digest.main()
        return
    if sys.argv[1:2] == ["listing"]:
        listing.main()
        return
    asked = options()
    VAR.mkdir(parents=True, exist_ok=True)
    python("bin/run.py", "prepare")
    if asked.practices:
        print(python("-m", "bench.generate", str(asked.practices)).strip())
    pages = json.loads(python("-m", "bench.probe"))
    pages = {name: page for name, page in pages.items() if not asked.only or name in asked.only}
    kept = {name: {"path": page["path"]} for name, page in pages.items() if "q=" not in page["path"]}

    with serving("config.wsgi", ENV) as server, tempfile.NamedTemporaryFile() as body:
        Path(body.name).write_bytes(server.get("/"))
        with serving("bench.bare", {"BENCH_BODY": body.name}) as floor:
            bare = dict(report("A Django that does nothing", floor, {"home": {"path": "/"}}, asked.seconds))
        cached = dict(report("Pages kept in memory", server, kept, asked.seconds))
    with serving("config.wsgi", {**ENV, "PAGE_CACHE": "0"}) as server:
        list(report("Pages rendered at each request", server, pages, asked.seconds))
    if "home" in cached:
        share = cached["home"].rate / bare["home"].rate
        cost = bare["home"].cpu / cached["home"].cpu
        print(f"\nHome page from memory: {share:.0%} of the floor’s requests; {cost:.0%} by CPU.")


if __name__ == "__main__":
    main()
