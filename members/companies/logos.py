"""Logos: looked at before they are decoded, drawn again by us, kept with the site's other pictures."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pixels
from wagtail.models import Collection

from common.models import Image
from common.pictures import make_all_renditions
from members.models import Organisation
from members.people.photos import decoded, refuse_other_kinds

from . import rules
from .membership import lock
from .refusals import NotAllowed

if TYPE_CHECKING:
    from members.models import User

COLLECTION = "Logos"
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 16_000_000
SMALLEST, LARGEST = 64, 1200
MEGA = 1_000_000


def clean(upload: IO[bytes], size: int) -> bytes:
    """A logo as a PNG of ours: whatever else the file held is gone.

    `size` is the length of the upload in bytes. Raises ValidationError with the precise reason.
    """
    if size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 5 MB: send a smaller picture."))
    picture = decoded(opened(upload))
    picture.thumbnail((LARGEST, LARGEST), Pixels.Resampling.LANCZOS)
    # On a fresh canvas: neither metadata nor colour profile follows.
    canvas = Pixels.new("RGB", picture.size)
    canvas.paste(picture)
    file = io.BytesIO()
    canvas.save(file, "PNG", optimize=True)
    return file.getvalue()


def opened(upload: IO[bytes]) -> Pixels.Image:
    """The picture, its head read and nothing decoded."""
    upload.seek(0)
    refuse_other_kinds(upload.read(512))
    upload.seek(0)
    try:
        picture = Pixels.open(upload, formats=("JPEG", "PNG", "WEBP"))
    except (Pixels.DecompressionBombError, Pixels.DecompressionBombWarning) as error:
        raise ValidationError(too_large()) from error
    except Exception as error:  # whatever a hostile file makes a decoder raise
        raise ValidationError(
            _("This is not a picture that we can read: send a JPEG, PNG or WebP.")
        ) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(too_large())
    if max(picture.size) < SMALLEST:
        raise ValidationError(
            _("This logo is too small (%(width)d × %(height)d): 64 pixels at least on its longer side.")
            % {"width": picture.width, "height": picture.height}
        )
    return picture


def too_large() -> str:
    """What is told of a picture that would fill the memory."""
    return _("This picture has more than %(count)d million pixels: send a smaller one.") % {
        "count": MAX_PIXELS // MEGA
    }


def collection() -> Collection:
    """Where logos are kept: a public collection of their own."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(instance=Collection(name=COLLECTION))


def set_logo(organisation: Organisation, png: bytes | None, by: User) -> Organisation:
    """Give a company a logo that `clean` made, or none. Raises NotAllowed for anybody but a manager."""
    with transaction.atomic():
        row = lock(organisation)
        if not rules.is_manager(by, row):
            raise NotAllowed(_("Only a confirmed manager of the company can change its logo."))
        former = row.logo
        row.logo = store(row, png, by) if png else None
        row.save(update_fields=["logo"])
        if former is not None:
            forget(former)
    return row


def store(row: Organisation, png: bytes, by: User) -> Image:
    """Keep the picture; what pages show is cut from it in the background."""
    image: Image = Image.objects.create(
        title=f"Logo – {row.name}"[:255],
        file=ImageFile(io.BytesIO(png), name=f"{row.slug}.png"),
        collection=collection(),
        uploaded_by_user=by,
    )
    transaction.on_commit(lambda: make_all_renditions.enqueue([image.pk]))
    return image


def forget(image: Image) -> None:
    """Delete a former logo that was sent here and that nothing else shows."""
    if image.collection.name == COLLECTION and not Organisation.objects.filter(logo=image).exists():
        image.delete()
