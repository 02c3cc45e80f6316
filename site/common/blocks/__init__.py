"""The family of blocks that pages share: small on purpose, each with a preview in the editor."""

from .figures import FiguresBlock
from .layout import AccordionBlock, CallToActionBlock, CardsBlock, TimelineBlock
from .media import DocumentsBlock, GalleryBlock, PictureBlock, VideoBlock
from .streams import BodyBlock
from .text import HeadingBlock, QuoteBlock, TableBlock, TextBlock

__all__ = [
    "AccordionBlock",
    "BodyBlock",
    "CallToActionBlock",
    "CardsBlock",
    "DocumentsBlock",
    "FiguresBlock",
    "GalleryBlock",
    "HeadingBlock",
    "PictureBlock",
    "QuoteBlock",
    "TableBlock",
    "TextBlock",
    "TimelineBlock",
    "VideoBlock",
]
