"""Files: public renditions under `MEDIA_ROOT`, everything else outside it.

The name says which: names under `private/` belong to the private root and have the address of
the view that checks permission (`common.files`).
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

PRIVATE_PREFIX = "private/"


@deconstructible(path="common.storage.MediaStorage")
class MediaStorage(FileSystemStorage):
    """One storage over two roots."""

    def path(self, name: str) -> str:
        if name.startswith(PRIVATE_PREFIX):
            root = Path(settings.PRIVATE_MEDIA_ROOT).resolve()
            path = (root / name.removeprefix(PRIVATE_PREFIX)).resolve()
            if not path.is_relative_to(root):
                raise ValueError(f"{name} is outside the private root")
            return str(path)
        return super().path(name)

    def url(self, name: str | None) -> str:
        if name and name.startswith(PRIVATE_PREFIX):
            return settings.PRIVATE_MEDIA_URL + quote(name.removeprefix(PRIVATE_PREFIX))
        return super().url(name)
