"""The virtual environment in `.venv`, holding exactly what `requirements/*.txt` lock.

`python bin/environment.py dev` makes it, or brings it up to date; it does nothing when the locked
files have not changed. Runs on a bare Python.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
STAMP = VENV / "installed.json"
# Each set holds the one before it.
SETS = ("base", "production", "dev")

NO_VENV = f"""\
Python {sys.version_info.major}.{sys.version_info.minor} est là, mais pas son module « venv ».
  Debian, Ubuntu : sudo apt install python{sys.version_info.major}.{sys.version_info.minor}-venv
This Python has no “venv” module: install the package above, then run the command again."""

NO_INSTALL = """\
Les dépendances n’ont pas pu être installées (le détail est ci-dessus). Vérifiez l’accès au réseau.
The dependencies could not be installed; see above, and check the network."""


def locked(name: str) -> str:
    """What identifies an installed set: the locked file, this folder and this Python."""
    digest = blake2b((ROOT / "requirements" / f"{name}.txt").read_bytes(), digest_size=16)
    digest.update(f"{VENV}\n{sys.version}".encode())
    return digest.hexdigest()


def is_installed(name: str) -> bool:
    """Whether `.venv` already holds the set, or a larger one."""
    try:
        installed = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    wider = SETS[SETS.index(name) :]
    return (
        PYTHON.exists() and installed.get("set") in wider and installed["locked"] == locked(installed["set"])
    )


def has_venv() -> bool:
    """Debian ships Python without the parts that make virtual environments."""
    return all(importlib.util.find_spec(module) is not None for module in ("venv", "ensurepip"))


def create() -> None:
    """Make `.venv` anew unless it is whole and belongs to this folder and this Python."""
    try:
        same = json.loads(STAMP.read_text())["python"] == f"{VENV}\n{sys.version}"
    except (OSError, ValueError, KeyError):
        same = False
    if same and PYTHON.exists():
        return
    if not has_venv():
        raise SystemExit(NO_VENV)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def install(name: str) -> bool:
    """Install a set with its hashes checked; return whether there was anything to do."""
    if is_installed(name):
        return False
    create()
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    locks = ROOT / "requirements" / f"{name}.txt"
    try:
        subprocess.run([*pip, "install", "--require-hashes", "-r", str(locks)], check=True)
    except subprocess.CalledProcessError:
        raise SystemExit(NO_INSTALL) from None
    stamp = {"set": name, "locked": locked(name), "python": f"{VENV}\n{sys.version}"}
    STAMP.write_text(json.dumps(stamp))
    return True


def main() -> None:
    """Install the set named on the command line (`dev` when none is)."""
    name = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if name not in SETS:
        raise SystemExit(f"usage: environment.py [{' | '.join(SETS)}]")
    if is_installed(name):
        return
    print(f"Dépendances ({name}) : installation dans .venv…", flush=True)
    begun = time.monotonic()
    install(name)
    print(f"Dépendances ({name}) : {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
