"""Files that content comes with: pictures, documents, films."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import transaction

from common.models import Document, Image
from home.content.reading import Source, digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models.fields.files import FieldFile

PICTURES = {".webp", ".png", ".jpg", ".jpeg", ".avif"}


def file_source(path: Path, root: Path, **meta: str) -> Source:
    """A source that is nothing but a file and what is said of it."""
    source = Source(path, str(path.relative_to(root.parent)), meta, digest=digest_of(repr(meta)))
    return source.depending_on(path)


def _sha1(file: Any) -> str:
    """The hash that Wagtail keeps of images and documents."""
    return hashlib.file_digest(file, "sha1").hexdigest()


def replace_file(field: FieldFile, path: Path) -> str:
    """Store a file unless the one stored has the same content; return its hash.

    The former file goes when the transaction commits.
    """
    with path.open("rb") as wanted:
        wanted_hash = _sha1(wanted)
        if field.name:
            if field.storage.exists(field.name):
                with field.storage.open(field.name) as stored:
                    if _sha1(stored) == wanted_hash:
                        return wanted_hash
            transaction.on_commit(partial(field.storage.delete, field.name))
        wanted.seek(0)
        field.save(path.name, File(wanted), save=False)
    return wanted_hash


def put_image(source: Source, image: Image | None) -> Image:
    """Write an image. Its renditions are made anew when the file changed."""
    image = image or Image()
    image.title = source.text("title")
    image.description = source.text("alt", "")
    image.credit = source.text("credit", "")
    former = image.file_hash
    image.file_hash = replace_file(image.file, source.path)
    image.file_size = source.path.stat().st_size
    image.full_clean()
    image.save()
    if former and former != image.file_hash:
        image.renditions.all().delete()
    return image


def put_document(source: Source, document: Document | None) -> Document:
    """Write a document, with its size and hash."""
    document = document or Document()
    document.title = source.text("title")
    document.file_hash = replace_file(document.file, source.path)
    document.file_size = source.path.stat().st_size
    document.full_clean()
    document.save()
    return document
