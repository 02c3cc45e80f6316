"""Files sent with a form that was refused: they are kept for a day, so that nobody sends them twice."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone

from common.models.media import private_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.safestring import SafeString

# Behind no guard: nobody is served a file of this folder (`common.files`).
FOLDER = "waiting"
KEPT_FOR = dt.timedelta(days=1)
SALT = "home.publish.uploads"


class KeptUpload(File):  # type: ignore[type-arg]  # it takes none when it runs
    """A file that an earlier try sent. `name` is the one its sender knows."""

    def __init__(self, stored: str, name: str) -> None:
        super().__init__(default_storage.open(stored), name)
        self.stored = stored


def keep(upload: UploadedFile[Any] | KeptUpload) -> str:
    """Store a file; return the token that brings it back."""
    if isinstance(upload, KeptUpload):
        stored = upload.stored
    else:
        sweep()
        upload.seek(0)
        stored = default_storage.save(private_name(FOLDER, upload.name or ""), upload)
    return signing.dumps([stored, PurePosixPath(upload.name or "").name], salt=SALT)


def recall(token: str) -> KeptUpload | None:
    """The file of a token; None when it is forged, too old or gone."""
    try:
        stored, name = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
        return KeptUpload(stored, name)
    except (signing.BadSignature, OSError, ValueError):
        return None


def release(answers: Iterable[Any]) -> None:
    """Delete the kept files among these answers: the page has its own copies."""
    for answer in answers:
        if isinstance(answer, KeptUpload):
            answer.close()
            default_storage.delete(answer.stored)


def sweep() -> None:
    """Delete what nobody came back for."""
    folder = f"private/{FOLDER}"
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        if default_storage.get_modified_time(f"{folder}/{name}") < timezone.now() - KEPT_FOR:
            default_storage.delete(f"{folder}/{name}")


class KeptFileInput(forms.FileInput):
    """A file box that remembers what a first try sent."""

    token = ""
    kept_name = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return files.get(name) or recall(data.get(f"{name}-kept", ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in files and f"{name}-kept" not in data

    def remember(self, upload: UploadedFile[Any] | KeptUpload) -> None:
        """Keep a file until the form comes back."""
        self.token = keep(upload)
        self.kept_name = PurePosixPath(upload.name or "").name

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        box = super().render(name, None, attrs, renderer)
        context = {"box": box, "name": name, "token": self.token, "kept_name": self.kept_name}
        return render_to_string("home/admin/kept_file.html", context)
