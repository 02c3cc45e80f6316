"""Good practices and tools, and what people do with them."""

from .adoptions import Adoption, AdoptionQuerySet, Rereading
from .contributions import (
    Contribution,
    ContributionFile,
    ContributionMove,
    ContributionNote,
    ContributionQuerySet,
)
from .files import Download, KitArchive, KitPage, KitTool, ToolVersion
from .hands import Hand, HandItem, SavedFilter
from .imports import ImportedRow, ImportLine, ImportRun
from .practices import Practice, PracticeFields, PracticeIndexPage, PracticePage
from .tools import Tool, ToolFields, ToolIndexPage, ToolPage

__all__ = [
    "Adoption",
    "AdoptionQuerySet",
    "Contribution",
    "ContributionFile",
    "ContributionMove",
    "ContributionNote",
    "ContributionQuerySet",
    "Download",
    "Hand",
    "HandItem",
    "ImportLine",
    "ImportRun",
    "ImportedRow",
    "KitArchive",
    "KitPage",
    "KitTool",
    "Practice",
    "PracticeFields",
    "PracticeIndexPage",
    "PracticePage",
    "Rereading",
    "SavedFilter",
    "Tool",
    "ToolFields",
    "ToolIndexPage",
    "ToolPage",
    "ToolVersion",
]
