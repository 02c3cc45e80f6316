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
from common.web.drawing import BLUE, FAMILY_COLOURS, MIMOSA
from common.web.pips import draw_pip

if TYPE_CHECKING:
    from common.models import Theme

WIDTH, HEIGHT = 1280, 720
SCALE = 2
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
    left, top, right, bottom = (SCALE * side for side in (400, 72, 880, 648))
    shift = 28 * SCALE
    draw.rounded_rectangle((left + shift, top + shift, right + shift, bottom + shift), 36 * SCALE, fill=MIMOSA)
    draw.rounded_rectangle((left, top, right, bottom), 36 * SCALE, fill="#ffffff")
    small, large, edge = 72 * SCALE, 240 * SCALE, 36 * SCALE
    draw_pip(draw, family, (left + edge, top + edge), small, colour)
    middle = ((left + right - large) / 2, (top + bottom - large) / 2)
    draw_pip(draw, family, middle, large, colour)
    corner = (right - edge - small, bottom - edge - small)
    draw_pip(draw, family, corner, small, colour, upside_down=True)
    output = io.BytesIO()
    canvas.resize((WIDTH, HEIGHT), Canvas.Resampling.LANCZOS).quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()
