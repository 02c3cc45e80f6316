"""Load for one address of this machine, bounded in time.

`wrk` where there is one, else a few processes that keep their connection.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection

CONNECTIONS = 4
LONGEST = 60
HEADERS = {"Accept-Encoding": "br", "Accept": "text/html"}
WRK_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", re.MULTILINE)
WRK_REQUESTS = re.compile(r"(\d+) requests in ([\d.]+)(ms|s|m)")
WRK_ERRORS = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")
IN_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class Outcome:
    """What a load measured; times in seconds."""

    requests: int
    seconds: float
    p50: float
    p99: float


def run(port: int, path: str, seconds: float) -> Outcome:
    """Ask for one page again and again. Raises RuntimeError when an answer is not a success."""
    seconds = min(seconds, LONGEST)
    wrk = shutil.which("wrk")
    return with_wrk(wrk, port, path, seconds) if wrk else with_python(port, path, seconds)


def with_wrk(wrk: str, port: int, path: str, seconds: float) -> Outcome:
    """The load made by wrk: the figures it prints."""
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{max(round(seconds), 1)}s", "--latency", *headers]
    printed = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    done, wrong = WRK_REQUESTS.search(printed), WRK_ERRORS.search(printed)
    if done is None or wrong is not None:
        raise RuntimeError(f"{path}: {printed}")
    latency = {share: float(value) * IN_SECONDS[unit] for share, value, unit in WRK_LATENCY.findall(printed)}
    return Outcome(int(done[1]), float(done[2]) * IN_SECONDS[done[3]], latency["50"], latency["99"])


def one_connection(port: int, path: str, seconds: float) -> list[float]:
    """In a process of its own: how long each answer took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        connection.request("GET", path, headers=HEADERS)
        response = connection.getresponse()
        response.read()
        if response.status != 200:  # noqa: PLR2004
            raise RuntimeError(f"{path}: {response.status}")
        times.append(time.perf_counter() - begun)
    connection.close()
    return times


def with_python(port: int, path: str, seconds: float) -> Outcome:
    """The load made by Python, which takes a good part of a core for itself."""
    with ProcessPoolExecutor(CONNECTIONS) as pool:
        jobs = [pool.submit(one_connection, port, path, seconds) for _ in range(CONNECTIONS)]
        times = sorted(duration for job in jobs for duration in job.result())
    return Outcome(len(times), seconds, times[len(times) // 2], times[len(times) * 99 // 100])
