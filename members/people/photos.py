"""Photos of members: what is sent is looked at before it is decoded, drawn again by us, and not kept.

Two square WebP files without any metadata, in a folder of the private storage whose name nobody
guesses. Each request asks the owner's choice again, so that a change of mind holds at once.
"""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from common.storage import PRIVATE_PREFIX
from members.models import MessageReport, Profile

from .visibility import LARGE, SMALL, audience_for, in_use, sees

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

FOLDER = "photos"
MAX_BYTES = 8 * 1024 * 1024
# Uncompressed, a pixel takes four bytes. A JPEG is read at a reduced size, the others are not.
MAX_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
SMALLEST = SMALL
QUALITY = 82
NAME_LENGTH = 24
PAPER = "#ffffff"

# How the files that people try begin, and what to tell them.
_GIF = (b"GIF87a", b"GIF89a")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif")


# ---------------------------------------------------------------- looking at what is sent
def squares(upload: IO[bytes], size: int) -> dict[int, bytes]:
    """The photo at its two sizes, as WebP files. Raises ValidationError with the precise reason.

    `size` is the length of the upload in bytes.
    """
    if size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 8 MB: send a smaller picture."))
    picture = square_of(decoded(opened(upload)))
    return {side: encoded(picture, side) for side in (LARGE, SMALL)}


def opened(upload: IO[bytes]) -> Image.Image:
    """The picture, its head read and nothing decoded."""
    upload.seek(0)
    refuse_other_kinds(upload.read(512))
    upload.seek(0)
    try:
        picture = Image.open(upload, formats=("JPEG", "PNG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(too_many_pixels("PNG")) from error
    except Exception as error:  # whatever a hostile file makes a decoder raise
        raise ValidationError(
            _("This is not a picture that we can read: send a JPEG, PNG or WebP.")
        ) from error
    kind = picture.format or ""
    if picture.width * picture.height > MAX_PIXELS[kind]:
        raise ValidationError(too_many_pixels(kind))
    if min(picture.size) < SMALLEST:
        raise ValidationError(
            _("This picture is too small (%(width)d × %(height)d): 128 pixels on each side at least.")
            % {"width": picture.width, "height": picture.height}
        )
    return picture


def refuse_other_kinds(head: bytes) -> None:
    """Say what to do with kinds of files that people do send and that we do not take."""
    if head.startswith(_GIF):
        raise ValidationError(_("GIF pictures are not taken: send a JPEG, PNG or WebP."))
    if head[4:12] in _HEIC:
        raise ValidationError(_("HEIC and AVIF pictures are not taken: export yours as JPEG first."))
    if b"<svg" in head.lower() or head.lstrip().startswith(b"<"):
        raise ValidationError(_("Drawings (SVG) are not taken: send a JPEG, PNG or WebP photo."))


def too_many_pixels(kind: str) -> str:
    """What is told of a picture that would fill the memory."""
    most = MAX_PIXELS[kind] // 1_000_000
    return _("This picture has too many pixels (%(most)d million at most): send a smaller one.") % {
        "most": most
    }


def decoded(picture: Image.Image) -> Image.Image:
    """The pixels of the first image, upright, without transparency. Raises ValidationError."""
    try:
        picture.draft("RGB", (2 * LARGE, 2 * LARGE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            sheet = Image.new("RGBA", layer.size, PAPER)
            return Image.alpha_composite(sheet, layer).convert("RGB")
        return upright.convert("RGB")
    except Exception as error:  # truncated, or made to break a decoder
        raise ValidationError(_("This file is damaged or incomplete: send the picture again.")) from error


def square_of(picture: Image.Image) -> Image.Image:
    """The middle of the picture, copied on a fresh canvas: no metadata follows."""
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    canvas = Image.new("RGB", (side, side))
    canvas.paste(picture.crop((left, top, left + side, top + side)))
    return canvas


def encoded(picture: Image.Image, side: int) -> bytes:
    """A WebP file, never larger than the picture."""
    side = min(side, picture.width)
    file = io.BytesIO()
    picture.resize((side, side), Image.Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY, method=4)
    return file.getvalue()


# ---------------------------------------------------------------- verbs
def keep(profile: Profile, files: dict[int, bytes]) -> None:
    """Store the files of a new photo, then forget the old one. All or nothing."""
    folder = f"{PRIVATE_PREFIX}{FOLDER}/{get_random_string(NAME_LENGTH)}"
    try:
        for side, content in files.items():
            default_storage.save(f"{folder}/{side}.webp", ContentFile(content))
        point_to(profile, folder)
    except BaseException:
        delete_files(folder)
        raise


def remove(profile: Profile) -> None:
    """Forget a photo, if there is one."""
    point_to(profile, "")


@transaction.atomic
def point_to(profile: Profile, folder: str) -> None:
    """Change which photo is shown; the files of the old one go when the transaction commits."""
    current = Profile.objects.select_for_update().get(pk=profile.pk)
    former = current.photo
    profile.photo, profile.photo_changed_at = folder, timezone.now() if folder else None
    Profile.objects.filter(pk=profile.pk).update(photo=folder, photo_changed_at=profile.photo_changed_at)
    if former and former != folder:
        transaction.on_commit(lambda: delete_files(former))


def delete_files(folder: str) -> None:
    """Delete the two files of a photo and their folder; it is no error when they are gone."""
    for side in (LARGE, SMALL):
        default_storage.delete(f"{folder}/{side}.webp")
    default_storage.delete(folder)


# ---------------------------------------------------------------- the guard of the folder
def may_see(user: User | AnonymousUser, name: str) -> bool:
    """Whether somebody may see a file of a photo, by its owner's choice as it is now."""
    folder = str(PurePosixPath(name).parent)
    profile = Profile.objects.filter(photo=folder, user__in=in_use()).first()
    if profile is None or not profile.photo:
        return False
    if user.is_authenticated and profile.user_id == user.pk:
        return True
    return sees(profile, "photo", audience_for(user)) or moderates(user, profile)


def moderates(user: Any, profile: Profile) -> bool:
    """Whether somebody has a reported message of this member to decide about."""
    return (
        user.is_authenticated
        and user.has_perm("members.change_messagereport")
        and MessageReport.objects.filter(decision="", message__author=profile.user_id).exists()
    )
