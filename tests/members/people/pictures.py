"""Files that people send as their photo."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, MAKER = 0x0112, 0x010F


def picture(
    size: tuple[int, int] = (600, 400), kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """A picture whose upper half is red and whose lower half is blue."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0], size[1] // 2))
    file = io.BytesIO()
    image.convert(mode).save(file, kind, **options)
    return file.getvalue()


def with_exif(orientation: int = 1) -> bytes:
    """A JPEG with a maker, a place and an orientation."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Secret camera"
    exif.get_ifd(0x8825)[2] = (50.0, 38.0, 0.0)
    return picture(exif=exif, comment=b"secret comment")
