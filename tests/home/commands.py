"""Running the commands, and counting what they did."""

from __future__ import annotations

from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path

    from django.test.utils import CaptureQueriesContext

WRITES = ("INSERT", "UPDATE", "DELETE")
# Around the content: search, permissions, background work and what it draws.
AROUND = {"wagtailsearch", "contenttypes", "django_tasks_database", "sessions", "auth", "search"}


def set_up() -> None:
    call_command("setup_site", stdout=StringIO())


def load(folder: Path) -> str:
    said = StringIO()
    call_command("load_demo", folder=folder, stdout=said)
    return said.getvalue()


def remove(*, edited_too: bool = False) -> str:
    said = StringIO()
    call_command("remove_demo", edited_too=edited_too, stdout=said)
    return said.getvalue()


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def rows() -> Counter[str]:
    """How many rows each table of ours and of Wagtail holds."""
    models = [model for model in apps.get_models() if model._meta.app_label not in AROUND]
    return Counter({model._meta.label: model._default_manager.count() for model in models})


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
