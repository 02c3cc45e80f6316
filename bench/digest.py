"""`make bench ARGS=digest`: the Monday letters of many members, in a database of their own.

    python -m bench.digest --members 10000 --news 50 --workers 2

Says how long one round takes, how much memory it needs, and that everybody got one letter: with one
worker, with one that is killed on its way and begun anew, and with several at once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

from bench.server import ROOT

BATCH = 1000
LONG_AGO = dt.timedelta(days=60)


def options() -> argparse.Namespace:
    """The command line; `--worker` is what the processes of the bench itself are given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="digest")
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--news", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--worker", choices=["prepare", "send", "reset", "count"])
    return parser.parse_args()


# ---------------------------------------------------------------- inside a worker
def prepare(members: int, news: int) -> None:
    """Members who follow one to six themes, some a company; news of the last week."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from common.models import Theme  # noqa: PLC0415
    from members.models import Follow, Profile, User  # noqa: PLC0415
    from members.space.announcing import announce  # noqa: PLC0415

    chance = random.Random(7)  # noqa: S311 (the same members each time)
    themes = list(Theme.objects.order_by("position"))
    for first in range(0, members, BATCH):
        people = User.objects.bulk_create(
            User(email=f"membre-{number}@example.org", first_name="Camille")
            for number in range(first, min(first + BATCH, members))
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people
        )
        Profile.objects.bulk_create(Profile(user=user) for user in people)
        Follow.objects.bulk_create(
            Follow(user=user, kind="theme", target=theme.slug, since=timezone.now() - LONG_AGO)
            for user in people
            for theme in chance.sample(themes, chance.randint(1, 6))
        )
    for number in range(news):
        announce(
            "practice",
            f"bench:{number}",
            f"Ce que la pratique {number} a changé dans une entreprise du territoire",
            f"/bonnes-pratiques/pratique-{number}/",
            chance.sample(themes, 2),
        )


def send() -> None:
    """Next Monday's round, and what it took."""
    from django.utils import timezone  # noqa: PLC0415

    from members.space import digest, runs  # noqa: PLC0415

    now = timezone.localtime() + dt.timedelta(days=7)
    run = runs.of_the_morning(now.replace(hour=9))
    if run is None:
        raise SystemExit("there is no mail at this hour")
    begun, cpu = time.monotonic(), time.process_time()
    sent = digest.send(run)
    spent = time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  {sent} letters in {time.monotonic() - begun:.1f} s ({spent:.1f} s of CPU), {memory} MiB at most"
    )


def reset() -> None:
    """As if nothing had been sent."""
    from common.models import OutboxMessage  # noqa: PLC0415
    from members.models import DigestState  # noqa: PLC0415

    OutboxMessage.objects.all().delete()
    DigestState.objects.all().delete()


def count() -> None:
    """Letters, and people who got one."""
    from common.models import OutboxMessage  # noqa: PLC0415

    recipients = [tuple(row) for row in OutboxMessage.objects.values_list("recipients", flat=True)]
    print(f"  {len(recipients)} letters in all, to {len(set(recipients))} people")


# ---------------------------------------------------------------- the bench
def worker(env: dict[str, str], what: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one of the above in a process of its own."""
    command = [sys.executable, "-m", "bench.digest", "--worker", what, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env)


def manage(env: dict[str, str], *arguments: str) -> None:
    """Run a management command quietly."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
    )


def together(env: dict[str, str], number: int) -> None:
    """Send with so many workers at once, and count."""
    for process in [worker(env, "send") for _number in range(number)]:
        process.wait()
    worker(env, "count").wait()


def main() -> None:
    """Prepare, send, kill, send again, send together."""
    asked = options()
    if asked.worker:
        inside(asked)
        return
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "LOG_LEVEL": "WARNING",
            "SECRET_KEY": secrets.token_hex(32),
        }
        for command in (["migrate"], ["createcachetable"], ["setup_site"]):
            manage(env, *command)
        sizes = ("--members", str(asked.members), "--news", str(asked.news))
        worker(env, "prepare", *sizes).wait()
        print(f"{asked.members} members, {asked.news} news\nOne worker", flush=True)
        together(env, 1)
        worker(env, "reset").wait()
        print("One worker, killed on its way, and another after it", flush=True)
        killed = worker(env, "send")
        time.sleep(8)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        together(env, 1)
        worker(env, "reset").wait()
        print(f"{asked.workers} workers at once", flush=True)
        together(env, asked.workers)


def inside(asked: Any) -> None:
    """What a worker does."""
    import django  # noqa: PLC0415

    django.setup()
    actions: dict[str, Any] = {"send": send, "reset": reset, "count": count}
    if asked.worker == "prepare":
        prepare(asked.members, asked.news)
    else:
        actions[asked.worker]()


if __name__ == "__main__":
    main()
