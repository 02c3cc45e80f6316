"""What this part adds to the registries of the site."""

from __future__ import annotations

from members.cases.kinds import register_case_kind

from . import kind, signals, tasks


def register() -> None:
    """Called once, when the site starts."""
    register_case_kind(kind.KIND)
    signals.connect()
    tasks.register()
