"""Practices and tools are commented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.conversation.topics import Discussable, find_pages, register_discussable

from .models import PracticePage, ToolPage

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.conversation.topics import Topic


def find_practices(keys: Collection[str]) -> dict[str, Topic]:
    """Those on line."""
    return find_pages("practice", PracticePage.objects.all(), keys)


def find_tools(keys: Collection[str]) -> dict[str, Topic]:
    """Those on line."""
    return find_pages("tool", ToolPage.objects.all(), keys)


def register() -> None:
    """Let both be commented."""
    register_discussable(
        Discussable(
            "practice",
            _("Good practice"),
            _("Have you tried something like it? What would you ask those who did this?"),
            find_practices,
            _("The author of the practice"),
        )
    )
    register_discussable(
        Discussable(
            "tool",
            _("Tool"),
            _("Have you used this tool? Say for whom it worked, and what you changed in it."),
            find_tools,
            _("The author of the tool"),
        )
    )
