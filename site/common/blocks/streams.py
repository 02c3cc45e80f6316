"""The stream that a page's body is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .figures import FiguresBlock
from .layout import AccordionBlock, CallToActionBlock, CardsBlock, TimelineBlock
from .media import DocumentsBlock, GalleryBlock, PictureBlock, VideoBlock
from .text import HeadingBlock, QuoteBlock, TableBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """Every block a page may use, words first."""

    heading = HeadingBlock(group=_("Words"))
    text = TextBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    table = TableBlock(group=_("Words"))
    accordion = AccordionBlock(group=_("Words"))
    timeline = TimelineBlock(group=_("Words"))
    picture = PictureBlock(group=_("Pictures and files"))
    gallery = GalleryBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    documents = DocumentsBlock(group=_("Pictures and files"))
    figures = FiguresBlock(group=_("To go on"))
    cards = CardsBlock(group=_("To go on"))
    call_to_action = CallToActionBlock(group=_("To go on"))
