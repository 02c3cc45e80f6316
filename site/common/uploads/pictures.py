"""Pictures: measured before they are decoded; those of members are written anew, without metadata."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .refusals import RefusedFile

if TYPE_CHECKING:
    from .kinds import Kind

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# What `Image.open` calls a photograph with a second picture in it, as telephones make them.
_SAME = {"MPO": "JPEG"}
_TURNED = {5, 6, 7, 8}
_ORIENTATION = 0x0112
LARGEST = 4000
SMALLEST = 16
QUALITY = 88


def look(file: Any, _kind: Kind) -> tuple[int, int]:
    """Width and height, once upright. Nothing is decoded. Raises RefusedFile."""
    picture = opened(file)
    frames = getattr(picture, "n_frames", 1) if picture.format in {"GIF", "WEBP", "AVIF"} else 1
    if picture.width * picture.height * frames > settings.UPLOAD_PICTURE_PIXELS:
        raise RefusedFile(too_many_pixels(), "pixels")
    if min(picture.size) < SMALLEST:
        raise RefusedFile(
            _("This picture is too small (%(width)d × %(height)d): nobody would see anything on it.")
            % {"width": picture.width, "height": picture.height},
            "small",
        )
    turned = picture.format in {"JPEG", "MPO"} and picture.getexif().get(_ORIENTATION) in _TURNED
    width, height = picture.size
    return (height, width) if turned else (width, height)


def opened(file: Any) -> Image.Image:
    """The picture, its head read and its size known to be bearable."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=(*FORMATS, *_SAME))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedFile(too_many_pixels(), "pixels") from error
    except Exception as error:  # whatever a hostile file makes a decoder raise
        raise RefusedFile(
            _("This is not a picture that we can read: send a JPEG, PNG or WebP."), "unreadable"
        ) from error
    if picture.width * picture.height > settings.UPLOAD_PICTURE_PIXELS:
        raise RefusedFile(too_many_pixels(), "pixels")
    return picture


def too_many_pixels() -> str:
    """What is told of a picture that would fill the memory."""
    return _("This picture has more than %(count)d million pixels: send a smaller one.") % {
        "count": settings.UPLOAD_PICTURE_PIXELS // 1_000_000
    }


def rewritten(file: Any) -> ContentFile[bytes]:
    """The same picture, upright, without metadata (place, camera, date), 4 000 pixels wide at most.

    A JPEG stays a JPEG, a PNG a PNG, a WebP a WebP; the first image only. Raises RefusedFile.
    """
    picture = opened(file)
    kind = _SAME.get(picture.format or "", picture.format or "PNG")
    try:
        if kind == "JPEG":
            picture.draft("RGB", (LARGEST, LARGEST))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        pixels = upright.convert("RGBA" if clear and kind != "JPEG" else "RGB")
    except Exception as error:
        raise RefusedFile(_("This picture is damaged or incomplete: send it again."), "unreadable") from error
    pixels.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    # On a fresh canvas: neither metadata nor colour profile follows.
    canvas = Image.new(pixels.mode, pixels.size)
    canvas.paste(pixels)
    content = io.BytesIO()
    canvas.save(content, kind, **({} if kind == "PNG" else {"quality": QUALITY}))
    return ContentFile(content.getvalue(), name=getattr(file, "name", None))
