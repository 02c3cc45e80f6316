"""An unknown variable in one of our templates is an error; Wagtail's and allauth's may have theirs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.base import Node, Origin

if TYPE_CHECKING:
    from types import FrameType


class UndefinedVariableError(Exception):
    """A template asked for something its context does not have."""


def is_ours(name: str) -> bool:
    """Whether a template belongs to this repository."""
    path = Path(name)
    return path.is_relative_to(settings.ROOT) and not path.is_relative_to(settings.ROOT / ".venv")


def innermost_origin() -> str:
    """The file of the template node that is being rendered, found on the call stack."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None) if isinstance(node, Node) else None
        if isinstance(origin, Origin):
            return str(origin.name)
        frame = frame.f_back
    return ""


class Undefined(str):
    """Django's `string_if_invalid`: `%` is how it puts the variable's name in."""

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        origin = innermost_origin()
        if is_ours(origin):
            raise UndefinedVariableError(f"{variable} in {origin}")
        return ""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __bool__(self) -> bool:
        return True
