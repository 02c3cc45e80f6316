"""The picture of a shared link: a card in our colours, drawn without a browser.

Everything is drawn at twice its size and reduced, so that edges are smooth; few colours are kept,
so that the file stays small.
"""

from __future__ import annotations

import functools
import io
import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    Box = tuple[float, float, float, float]
    Point = tuple[float, float]

# Part of the file's name: raise it when the drawing changes, and every picture is made again.
DESIGN = "1"

SIZE = (1200, 630)
SCALE = 2
COLOURS = 96

BLUE = "#2340b8"
DEEP = "#1b3293"
MIMOSA = "#ffd23f"
WHITE = "#ffffff"
INK = "#15172b"
MUTED = "#565a72"
SKY = "#cdd6fa"

# Colour of each family of themes on white (contrast 5.4 or more).
FAMILY_COLOURS = {
    "recruter": "#2340b8",
    "transmettre": "#8a6400",
    "prendre-soin": "#0d6e62",
    "faire-carriere": "#b83f27",
}
DEFAULT_FAMILY = "recruter"

FONTS = Path(__file__).resolve().parents[1] / "data" / "fonts"
TITLE_FONT = "bricolage-grotesque-700.ttf"
TEXT_FONT = "atkinson-hyperlegible-next-600.ttf"

CARD: Box = (64, 60, 1000, 494)
PADDING = 52
TITLE_SIZES = (72, 66, 60, 54, 49, 44)
TITLE_LINES = 4
TITLE_TRACKING = -0.02
TITLE_LEADING = 1.08


@dataclass(frozen=True, slots=True)
class CardText:
    """What is written on the card, already typeset."""

    title: str
    label: str
    kind: str
    family: str
    site: str
    promise: str


@functools.cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in the picture's pixels."""
    return ImageFont.truetype(FONTS / name, size * SCALE)


@functools.cache
def drawable(name: str) -> frozenset[str]:
    """The characters that a font can draw."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (replaced below if absent)

    return frozenset(map(chr, TTFont(FONTS / name).getBestCmap()))
