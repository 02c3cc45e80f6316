"""The picture of a shared link: a card in our colours, drawn without a browser.

Shapes are drawn larger and reduced, so that their edges are smooth; few colours are kept, so that
the file stays small.
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

from .pips import draw_pip

if TYPE_CHECKING:
    from collections.abc import Callable

# Part of the file's name: raise it when the drawing changes, and every picture is made again.
DESIGN = "1"

WIDTH, HEIGHT = 1200, 630
SCALE = 4
COLOURS = 128

BLUE = "#2340b8"
MIMOSA = "#ffd23f"
WHITE = "#ffffff"
INK = "#15172b"
MUTED = "#565a72"
SKY = "#d3dbfb"
SHADE = "#1c3499"

# The colour of each family of themes on white (contrast of 5.4 or more).
FAMILY_COLOURS = {
    "recruter": BLUE,
    "transmettre": "#8a6400",
    "prendre-soin": "#0d6e62",
    "faire-carriere": "#b83f27",
}
DEFAULT_FAMILY = "recruter"

FONTS = Path(__file__).resolve().parents[1] / "data" / "fonts"
TITLE_FONT = "atout-titre-700.ttf"
TEXT_FONT = "atout-texte-600.ttf"

LEFT, TOP, RIGHT, BOTTOM = 60, 56, 1020, 500
RADIUS = 30
PADDING = 54
PIP = 40
MARK_TOP = 542
TITLE_SIZES = (76, 70, 64, 58, 52, 47, 43)
TITLE_TOP, TITLE_BOTTOM = 154, 414
TITLE_LINES = 4
TRACKING = -0.02
LEADING = 1.08


@dataclass(frozen=True, slots=True)
class CardText:
    """What is written on the card, already typeset in its language."""

    title: str
    label: str
    kind: str
    family: str
    site: str
    promise: str


@functools.cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font, `size` pixels high."""
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=1024)
def can_draw(name: str, character: str) -> bool:
    """Whether the font has that character."""
    face = font(name, 20)
    return character.isspace() or bytes(face.getmask(character)) != bytes(face.getmask("\uffff"))


def legible(name: str, text: str) -> str:
    """`text` without what the font cannot draw: bare letters for accented ones, nothing for pictograms."""

    def keep(character: str) -> str:
        if can_draw(name, character):
            return character
        bare = unicodedata.normalize("NFKD", character)[0]
        return bare if can_draw(name, bare) else ""

    return "".join(map(keep, text)).strip()


def length(text: str, face: ImageFont.FreeTypeFont, tracking: float = 0) -> float:
    """Width of a line; `tracking` is in ems between two characters."""
    return face.getlength(text) + tracking * face.size * max(len(text) - 1, 0)


def wrap(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Break a text at its ordinary spaces into lines no wider than `width` (a long word overflows)."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balance(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Like `wrap`, in as many lines but of even length."""
    count = len(wrap(text, measure, width))
    low, high = width / 2, width
    while high - low > 1:
        middle = (low + high) / 2
        fits = wrap(text, measure, middle)
        if len(fits) == count and max(map(measure, fits)) <= middle:
            high = middle
        else:
            low = middle
    return wrap(text, measure, high)


def fit_title(text: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The lines of the title and the largest font in which they hold; cut with an ellipsis if need be."""
    width = RIGHT - LEFT - 2 * PADDING
    room = TITLE_BOTTOM - TITLE_TOP
    for size in TITLE_SIZES:
        face = font(TITLE_FONT, size)
        measure = functools.partial(length, face=face, tracking=TRACKING)
        lines = balance(text, measure, width)
        if (
            len(lines) <= TITLE_LINES
            and len(lines) * face.size * LEADING <= room
            and max(map(measure, lines)) <= width
        ):
            return lines, face
    lines = wrap(text, measure, width)[:TITLE_LINES]
    return [*lines[:-1], lines[-1].rstrip(" ,;:\u202f") + "…"], face


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    face: ImageFont.FreeTypeFont,
    fill: str,
    tracking: float = 0,
) -> None:
    """Write a line from its baseline, letter by letter so that they can be drawn closer together."""
    for index, character in enumerate(text):
        ahead = face.getlength(text[: index + 1]) - face.getlength(character)
        draw.text(
            (at[0] + ahead + tracking * face.size * index, at[1]),
            character,
            font=face,
            fill=fill,
            anchor="ls",
        )


def lay_card(
    draw: ImageDraw.ImageDraw, colour: str, turn: float, shift: tuple[float, float] = (0, 0)
) -> None:
    """Lay an empty card, turned clockwise by `turn` degrees around its middle, then shifted."""
    middle = ((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2)
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    corners = (
        (RIGHT - RADIUS, BOTTOM - RADIUS, 0),
        (LEFT + RADIUS, BOTTOM - RADIUS, 90),
        (LEFT + RADIUS, TOP + RADIUS, 180),
        (RIGHT - RADIUS, TOP + RADIUS, 270),
    )
    outline = []
    for x, y, start in corners:
        for degrees in range(start, start + 91, 3):
            across = x + RADIUS * math.cos(math.radians(degrees)) - middle[0]
            down = y + RADIUS * math.sin(math.radians(degrees)) - middle[1]
            outline.append(
                (
                    (middle[0] + across * cosine - down * sine + shift[0]) * SCALE,
                    (middle[1] + across * sine + down * cosine + shift[1]) * SCALE,
                )
            )
    draw.polygon(outline, fill=colour)


def stamp_pip(
    picture: Image.Image,
    family: str,
    corner: tuple[int, int],
    size: int,
    colour: str,
    *,
    upside_down: bool = False,
) -> None:
    """Print a pip on the picture, smooth edges included."""
    mask = Image.new("L", (size * SCALE, size * SCALE))
    draw_pip(ImageDraw.Draw(mask), family, size * SCALE, upside_down=upside_down)
    picture.paste(colour, corner, mask.resize((size, size), Image.Resampling.BOX))


@functools.cache
def background() -> Image.Image:
    """The empty cards and the site's mark, the same for every picture."""
    large = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), BLUE)
    draw = ImageDraw.Draw(large)
    lay_card(draw, SHADE, 9.5, (96, 10))
    lay_card(draw, MIMOSA, 5, (54, -4))
    lay_card(draw, SHADE, 0, (0, 7))
    lay_card(draw, WHITE, 0)
    mark = (LEFT, MARK_TOP, LEFT + 38, MARK_TOP + 50)
    draw.rounded_rectangle([value * SCALE for value in mark], 8 * SCALE, fill=MIMOSA)
    picture = large.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    stamp_pip(picture, DEFAULT_FAMILY, (LEFT + 5, MARK_TOP + 11), 28, BLUE)
    return picture


def write_card(picture: Image.Image, text: CardText) -> None:
    """Write the front card: pip and theme, title, kind, and the pip again, turned round."""
    draw = ImageDraw.Draw(picture)
    family = text.family if text.family in FAMILY_COLOURS else DEFAULT_FAMILY
    colour = FAMILY_COLOURS[family]
    left, right = LEFT + PADDING, RIGHT - PADDING
    stamp_pip(picture, family, (left, TOP + 36), PIP, colour)
    label = legible(TEXT_FONT, text.label)
    write(draw, (left + PIP + 16, TOP + 67), label, font(TEXT_FONT, 30), colour)
    lines, face = fit_title(legible(TITLE_FONT, text.title))
    room = TITLE_BOTTOM - TITLE_TOP
    baseline = TITLE_TOP + (room - len(lines) * face.size * LEADING) / 2 + face.size * 0.82
    for line in lines:
        write(draw, (left, baseline), line, face, INK, TRACKING)
        baseline += face.size * LEADING
    write(draw, (left, BOTTOM - 40), legible(TITLE_FONT, text.kind), font(TITLE_FONT, 27), MUTED)
    stamp_pip(picture, family, (right - PIP, BOTTOM - 40 - PIP), PIP, colour, upside_down=True)


def write_signature(picture: Image.Image, text: CardText) -> None:
    """Write the name of the site and its promise under the card."""
    draw = ImageDraw.Draw(picture)
    face = font(TITLE_FONT, 42)
    name = legible(TITLE_FONT, text.site)
    left, baseline = LEFT + 54, MARK_TOP + 39
    write(draw, (left, baseline), name, face, WHITE, TRACKING)
    ahead = left + length(name, face, TRACKING) + 28
    write(draw, (ahead, baseline), legible(TEXT_FONT, text.promise), font(TEXT_FONT, 27), SKY)


def draw_card(text: CardText) -> bytes:
    """The picture, 1200 × 630, as a PNG file with a palette."""
    picture = background().copy()
    write_card(picture, text)
    write_signature(picture, text)
    palette = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    palette.save(file, "PNG", compress_level=9)
    return file.getvalue()
