"""What every room shares: vocabulary tables, funding operations, media, the outbox, periodic jobs."""

from .bounces import Bounce
from .documents import DocumentPreview, FileCheck
from .media import Document, Image, Rendition
from .memory import GoneAddress
from .operations import Operation
from .outbox import OutboxMessage
from .periodic import PeriodicJob
from .places import Commune
from .sharing import ShareImage
from .themes import Theme

__all__ = [
    "Bounce",
    "Commune",
    "Document",
    "DocumentPreview",
    "FileCheck",
    "GoneAddress",
    "Image",
    "Operation",
    "OutboxMessage",
    "PeriodicJob",
    "Rendition",
    "ShareImage",
    "Theme",
]
