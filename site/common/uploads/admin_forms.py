"""What staff bring through the admin is looked at in the form, and what was found is kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .inspection import inspect
from .kinds import DOCUMENT, PICTURE
from .refusals import RefusedFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from .inspection import Inspection


def looked_at(field: Any, role: str) -> Any:
    """Make a file field look at what it is given before it reads it; the refusal is its error.

    The inspection is left on the upload (`inspection`).
    """
    read: Callable[[Any], Any] = field.to_python

    def to_python(data: Any) -> Any:
        if isinstance(data, UploadedFile):
            try:
                data.inspection = inspect(data, role=role, from_staff=True)  # type: ignore[attr-defined]
            except RefusedFile as refusal:
                raise forms.ValidationError(refusal.message, code=refusal.code) from refusal
        return read(data)

    field.to_python = to_python
    return field


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of documents, which looks at the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            looked_at(self.fields["file"], DOCUMENT)

    def _post_clean(self) -> None:
        super()._post_clean()
        inspection: Inspection | None = getattr(self.cleaned_data.get("file"), "inspection", None)
        if inspection is not None:
            # Kept with the row by `common.uploads.checking`, when it is saved.
            self.instance.inspection = inspection


class ImageForm(BaseImageForm):
    """Wagtail's form of images, which looks at the file before anything opens it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            looked_at(self.fields["file"], PICTURE)
