"""`make run`: from a fresh copy of the repository to a site with its demonstration content.

Runs on a bare Python 3.11: makes `.venv`, then the database, files and content under `var/` (or
`VAR_DIR`), then hands over to `serve.py`. What has been done already is not done again.
`python bin/run.py prepare` stops before serving: the browser tests and the bench start there.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import environment
from steps import ROOT, Step, StepError, command, french_seconds, run_steps, say

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
PORT = os.environ.get("PORT") or "8000"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.demo",
    "VAR_DIR": str(VAR),
    "PUBLIC_URL": os.environ.get("PUBLIC_URL") or f"http://localhost:{PORT}",
    "PYTHONUNBUFFERED": "1",
}
DATABASE_URL = os.environ.get("DATABASE_URL", "")
LOGINS = VAR / "run" / "logins.txt"

ROOMS = ("charters", "events", "home", "members", "search", "toolbox", "site/common")
LOCKS = "requirements/base.txt"
LOADERS = tuple(f"home/{part}/**/*.py" for part in ("content", "demo", "installation", "management"))

BAD_PORT = """\
PORT={port} n’est pas un numéro de port (1 à 65535).
PORT={port} is not a port number."""
TAKEN = """\
Le port {port} est déjà pris par un autre programme. Choisissez-en un autre : make run PORT={other}
Port {port} is already in use; choose another one: make run PORT={other}"""


def check_port() -> None:
    """Refuse a port that is not one, or that somebody already listens on."""
    if not (PORT.isdecimal() and 0 < int(PORT) < 65536):  # noqa: PLR2004 (16 bits)
        raise SystemExit(BAD_PORT.format(port=PORT))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError:
            raise SystemExit(TAKEN.format(port=PORT, other=int(PORT) + 1)) from None


def manage(*arguments: str) -> str:
    """Run a management command with the settings of the demonstration."""
    return command(environment.PYTHON, VAR / "run" / "logs" / f"{arguments[0]}.log", SETTINGS, *arguments)


def make_secret_key() -> None:
    """Write the key that signs sessions, once, readable by its owner only."""
    path = VAR / "run" / "secret-key"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(50))


def make_schema() -> None:
    """Bring the tables up to date."""
    manage("migrate", "--noinput")
    manage("createcachetable")


def write_logins() -> None:
    """Keep what `demo_logins` prints: it takes seconds to make and milliseconds to read."""
    LOGINS.touch(mode=0o600)
    LOGINS.write_text(manage("demo_logins"))


def steps() -> list[Step]:
    """Everything between an installed `.venv` and a served site, in order."""
    migrations = tuple(f"{room}/migrations/*.py" for room in ROOMS)
    static = tuple(f"{room}/static/**/*" for room in (*ROOMS, "site/config"))
    demo = ("demo/**/*", "search/**/*.py", *LOADERS, *migrations)
    # Coming events are dated from the day they are loaded: once a week they move forward.
    week = f"{date.today():%G-%V}"  # noqa: DTZ011 (the week of this machine is near enough)
    return [
        Step("schema", "Base de données", make_schema, (LOCKS, *migrations), (DATABASE_URL,)),
        Step(
            "site",
            "Données de référence",
            partial(manage, "setup_site"),
            ("demo/*.yaml", *LOADERS, *migrations),
            (DATABASE_URL, SETTINGS["PUBLIC_URL"]),
        ),
        Step("demo", "Contenus de démonstration", partial(manage, "load_demo"), demo, (DATABASE_URL, week)),
        Step(
            "static",
            "Feuilles de style et scripts",
            partial(manage, "collectstatic", "--noinput", "--clear"),
            (LOCKS, "site/common/staticfiles.py", *static),
        ),
        Step(
            "logins", "Comptes de démonstration", write_logins, demo, (DATABASE_URL, SETTINGS["PUBLIC_URL"])
        ),
    ]


def forget_lost_database(stamps: Path) -> None:
    """A database that was deleted is made anew, whatever the stamps say."""
    if DATABASE_URL or (VAR / "db.sqlite3").exists():
        return
    for stamp in stamps.glob("*"):
        stamp.unlink()


def prepare() -> None:
    """Do what has not been done yet. Raises SystemExit with a message when something fails."""
    begun = time.monotonic()
    print("Atout’âge : préparation", flush=True)
    if not environment.is_installed("base"):
        say("Dépendances", "installation… (une à deux minutes)")
        installing = time.monotonic()
        environment.install("base")
        say("Dépendances", french_seconds(time.monotonic() - installing))
    make_secret_key()
    stamps = VAR / "run" / "steps"
    forget_lost_database(stamps)
    try:
        run_steps(steps(), stamps)
    except StepError as error:
        raise SystemExit(str(error)) from None
    say("Prêt", french_seconds(time.monotonic() - begun))


def interrupt(*_signal: object) -> None:
    """Signal handler: stop as Ctrl-C does, the command at hand with us."""
    raise KeyboardInterrupt


def main() -> None:
    """Prepare, then become the process that serves."""
    signal.signal(signal.SIGTERM, interrupt)
    if sys.argv[1:] == ["prepare"]:
        prepare()
        return
    check_port()
    prepare()
    os.environ.update(SETTINGS, PORT=PORT, LOGINS=str(LOGINS))
    serve = str(ROOT / "bin" / "serve.py")
    os.execv(environment.PYTHON, [str(environment.PYTHON), serve])  # noqa: S606 (no shell wanted)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nArrêté. Relancez « make run » pour reprendre là où il s’était arrêté.")
