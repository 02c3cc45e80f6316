"""The poster of a video that has none: a card with its family's pip, drawn once a family."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.core.files.images import ImageFile
from django.utils.translation import gettext as _
from PIL import Image as Canvas
from PIL import ImageDraw

from common.models import Image
from common.models.themes import Family
from common.web.drawing import BLUE, FAMILY_COLOURS, MIMOSA, WHITE
from common.web.pips import draw_pip

if TYPE_CHECKING:
    from common.models import Theme

WIDTH, HEIGHT = 1280, 720
SCALE = 2
# The card's left, top, right and bottom, before scaling.
CARD = (400, 72, 880, 648)
RADIUS = 36 * SCALE
SHIFT = 28 * SCALE
TAG = "poster"


def default_poster(theme: Theme) -> Image:
    """The poster of the theme's family; drawn and stored the first time."""
    family = Family(theme.family)
    title = _("Poster: %(family)s") % {"family": family.label}
    known = Image.objects.filter(title=title, tags__name=TAG).first()
    if known is not None:
        return known
    file = ImageFile(io.BytesIO(draw_poster(family.value)), name=f"{TAG}-{family.value}.png")
    image = Image.objects.create(title=title, file=file, width=WIDTH, height=HEIGHT)
    image.tags.add(TAG)
    return image


def draw_poster(family: str) -> bytes:
    """A card lying on a coloured table, as a PNG file of 1280 × 720."""
    colour = FAMILY_COLOURS.get(family, BLUE)
    canvas = Canvas.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), colour)
    draw = ImageDraw.Draw(canvas)
    left, top, right, bottom = (SCALE * side for side in CARD)
    draw.rounded_rectangle((left + SHIFT, top + SHIFT, right + SHIFT, bottom + SHIFT), RADIUS, fill=MIMOSA)
    draw.rounded_rectangle((left, top, right, bottom), RADIUS, fill=WHITE)
    small, large, edge = 72 * SCALE, 240 * SCALE, 36 * SCALE
    _stamp(canvas, family, small, (left + edge, top + edge))
    _stamp(canvas, family, large, ((left + right - large) // 2, (top + bottom - large) // 2))
    _stamp(canvas, family, small, (right - edge - small, bottom - edge - small), upside_down=True)
    output = io.BytesIO()
    canvas.resize((WIDTH, HEIGHT), Canvas.Resampling.LANCZOS).quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def _stamp(
    canvas: Canvas.Image, family: str, size: int, corner: tuple[int, int], *, upside_down: bool = False
) -> None:
    mask = Canvas.new("L", (size, size))
    draw_pip(ImageDraw.Draw(mask), family, size, upside_down=upside_down)
    canvas.paste(FAMILY_COLOURS.get(family, BLUE), corner, mask)
