"""The editor's form of a video: what is sent is read before it is kept."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from common.admin_forms import FactsPageForm

from .captions import read_captions
from .films import inspect


class VideoPageForm(FactsPageForm):
    """Refuses films that browsers do not show; turns any captions into WebVTT; reads the duration."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            self.film = inspect(file)
        return file

    def clean_captions(self) -> Any:
        file = self.cleaned_data.get("captions")
        if isinstance(file, UploadedFile):
            return ContentFile(read_captions(file.read()).encode(), name="captions.vtt")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        film = getattr(self, "film", None)
        if film is not None and film.duration and not cleaned.get("duration"):
            cleaned["duration"] = film.duration
        return cleaned
