"""What must stay true of the whole repository."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import quantiles

import pytest
import wagtail
from django.conf import settings

ROOT: Path = settings.ROOT
OURS = ("charters", "events", "home", "members", "search", "toolbox", "site", "bin", "bench")
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".yaml", ".yml", ".json", ".sh", ""}
# Of 95 in 100.
MAX_LINES = 250
MAX_FUNCTION = 30


def python_files() -> list[Path]:
    files = [path for folder in OURS for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_wagtail_is_the_version_this_was_written_for() -> None:
    assert wagtail.VERSION[:2] == (8, 0)


@pytest.mark.parametrize("name", ["base", "production", "dev"])
def test_locked_requirements_name_versions_and_hashes_and_no_address(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    assert [
        line for line in lines if "://" in line or line.startswith(("--index", "--extra", "--trusted"))
    ] == []
    packages = [line for line in lines if line and line[0].isalpha()]
    assert [line for line in packages if not re.match(r"[\w.-]+==\S+ \\$", line)] == []


def test_every_setting_read_from_the_environment_is_documented() -> None:
    sources = [*(ROOT / "site" / "config" / "settings").glob("*.py"), *(ROOT / "bin").glob("*.py")]
    read = {
        name
        for path in sources
        if path.stem != "test"
        for name in re.findall(
            r"""(?:env\.\w+|environ\.get|environ)[(\[]["']([A-Z_]+)["']""", path.read_text()
        )
    }
    manual = (ROOT / "docs" / "operations.md").read_text()
    assert sorted(name for name in read - INTERNAL if f"`{name}`" not in manual) == []


# Folders that programs fill.
MADE = frozenset({".venv", ".git", ".hypothesis", "var", "node_modules", "__pycache__"})
# Passed from one of our programs to another.
INTERNAL = {"LOGINS", "DJANGO_SETTINGS_MODULE"}


def test_no_file_names_a_path_of_somebody_s_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp/build)/\w+")
    found = [
        f"{relative(path)}: {match[0]}"
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix in TEXT and not is_made(path)
        for match in pattern.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert [line for line in found if not line.startswith("tests/consistency/test_repository.py")] == []


def is_made(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    caches = (part.startswith(".") and part.endswith("_cache") for part in parts)
    return bool(MADE & set(parts)) or any(caches)


def test_files_are_short_enough_to_be_read_in_one_sitting() -> None:
    lengths = [len(path.read_text().splitlines()) for path in python_files()]
    assert quantiles(lengths, n=20)[-1] <= MAX_LINES


def test_functions_are_short_enough_to_be_seen_at_once() -> None:
    lengths = [
        (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    assert quantiles(lengths, n=20)[-1] <= MAX_FUNCTION


def test_no_module_is_named_after_nothing() -> None:
    names = {"utils", "helpers", "services", "misc", "common_utils"}
    assert [relative(path) for path in python_files() if path.stem in names] == []


def test_site_is_a_source_root_and_not_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
