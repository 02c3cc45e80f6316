"""What every room shares: vocabulary tables, funding operations, media, the outbox."""

from .media import Document, Image, Rendition
from .memory import GoneAddress
from .operations import Operation
from .outbox import OutboxMessage
from .places import Commune
from .themes import Theme

__all__ = ["Commune", "Document", "GoneAddress", "Image", "Operation", "OutboxMessage", "Rendition", "Theme"]
