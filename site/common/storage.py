"""Files: public renditions under `MEDIA_ROOT`, everything else outside it.

The name says which: names under `private/` belong to the private root and have the address of
the view that checks permission (`common.files`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
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

    def _save(self, name: str, content: Any) -> str:
        """The name that was free. Django gives it relative to the public root; ours keeps its prefix."""
        Path(self.location).mkdir(parents=True, exist_ok=True)  # Django looks at its group
        saved: str = super()._save(name, content)  # type: ignore[misc]
        if not name.startswith(PRIVATE_PREFIX):
            return saved
        path = os.path.normpath(Path(self.location) / saved)
        return PRIVATE_PREFIX + Path(path).relative_to(Path(settings.PRIVATE_MEDIA_ROOT).resolve()).as_posix()

    def url(self, name: str | None) -> str:
        if name and name.startswith(PRIVATE_PREFIX):
            return settings.PRIVATE_MEDIA_URL + quote(name.removeprefix(PRIVATE_PREFIX))
        return super().url(name)
