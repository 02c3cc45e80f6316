"""Every template compiles, and somebody uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from common import templatecheck

TEMPLATES: Path = settings.ROOT / "templates"
CODE = ("charters", "events", "home", "members", "search", "toolbox", "site")
# Found by name by Django, Wagtail or allauth.
BY_CONVENTION = re.compile(
    r"^(400|403|404|403_csrf|410|500|429)\.html$|^robots\.txt$"
    r"|^(account|mfa|usersessions|allauth|socialaccount)/|^wagtailadmin/|^django/"
)


@pytest.fixture(scope="module")
def mentions() -> str:
    """Every template and every line of code, in one text."""
    python = [path for folder in CODE for path in (settings.ROOT / folder).rglob("*.py")]
    return "\n".join(
        path.read_text(encoding="utf-8") for path in [*python, *TEMPLATES.rglob("*.*")] if path.is_file()
    )


def is_used(name: str, mentions: str) -> bool:
    component = name.removeprefix("components/").removesuffix(".html")
    called = {name, component} if name.startswith("components/") else {name}
    return any(f"{quote}{word}{quote}" in mentions for word in called for quote in "\"'")


def test_every_template_compiles_and_calls_components_as_they_declare() -> None:
    assert list(templatecheck.problems()) == []


def test_no_template_is_unused(mentions: str) -> None:
    names = templatecheck.template_names()
    assert [name for name in names if not BY_CONVENTION.match(name) and not is_used(name, mentions)] == []
