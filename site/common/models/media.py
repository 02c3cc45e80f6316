"""The site's own image, rendition and document models.

Originals and documents always live in the private storage; renditions of public images are the
only files a web server may hand out by itself.
"""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


def private_name(folder: str, filename: str) -> str:
    """A name that nobody can guess, under the private prefix of `common.storage`."""
    return f"private/{folder}/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def document_name(_document: models.Model, filename: str) -> str:
    """Where a document's file is kept."""
    return private_name("documents", filename)


class Image(AbstractImage):
    """A picture. `description` is its text alternative, unless it is decorative."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="site_images")

    admin_form_fields = (*(f for f in WagtailImage.admin_form_fields if f != "tags"), "credit", "tags")

    class Meta(AbstractImage.Meta):
        default_related_name = "site_images"
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        return private_name("originals", filename)

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002 (Wagtail's)
        """As Wagtail does, without leaving open the temporary file that it cuts in."""
        with super().generate_rendition_file(filter, source=source) as cut:
            cut.seek(0)
            return ContentFile(cut.read(), name=cut.name)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it: no view restriction on its collection or one above."""
        return not self.collection.get_view_restrictions().exists()


class Rendition(AbstractRendition):
    """A picture cut to size. It is made when content is published, never in a visitor's request."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="rendition_unique", fields=("image", "filter_spec", "focal_point_key")
            ),
        )

    def get_upload_to(self, filename: str) -> str:
        folder = "images" if self.image.is_public else "private/renditions"
        return f"{folder}/{uuid.uuid4().hex[:12]}{PurePosixPath(filename).suffix}"


class Document(AbstractDocument):
    """A downloadable file. Never served without the permission check of Wagtail's view."""

    file = models.FileField(_("file"), upload_to=document_name)
    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="site_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        default_related_name = "site_documents"
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file_hash:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
