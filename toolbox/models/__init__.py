"""Good practices and tools."""

from .practices import Practice, PracticeIndexPage, PracticePage
from .tools import Tool, ToolFields, ToolIndexPage, ToolPage

__all__ = [
    "Practice",
    "PracticeIndexPage",
    "PracticePage",
    "Tool",
    "ToolFields",
    "ToolIndexPage",
    "ToolPage",
]
