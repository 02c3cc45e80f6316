"""Why a file, or a cell of it, is not taken; the texts are shown."""

from __future__ import annotations


class UnreadableFile(Exception):  # noqa: N818 (it is an answer, not a fault)
    """The file as a whole cannot be read."""


class WrongCell(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A cell says something that its column does not take."""
