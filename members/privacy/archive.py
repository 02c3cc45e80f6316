"""The zip of everything about one person: data.json for programs, index.html for people, and files.

It is written row by row to a file on disk: its size is that of one row in memory, whatever there is.
The shape of data.json is documented in docs/decisions/0015-personal-data.md.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import override

from common.mail import known_language
from common.registries import personal_data

from . import reading

if TYPE_CHECKING:
    from common.registries import PersonalData
    from members.models import User

FORMAT = {"name": "atoutage-personal-data", "version": 1}
# Beyond this, the files that a person sent are named, not copied: a zip must remain downloadable.
FILES_LIMIT = 500 * 1024 * 1024
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_DOTS = re.compile(r"^[.-]+|\.(?=\.)")


def plain(value: Any) -> Any:
    """A value as JSON has it: moments in ISO 8601 with their zone, everything else unknown as text."""
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain(inner) for inner in value]
    return str(value)


def dump(value: Any) -> str:
    """JSON as UTF-8 text, readable."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1)


def _clean(part: str) -> str:
    """A part of a path without what has a meaning in paths."""
    return _DOTS.sub("", _NOT_IN_NAMES.sub("_", part.strip()))


@dataclass
class Files:
    """The files of the archive: each under a safe name of its own, up to `FILES_LIMIT` bytes in all."""

    taken: set[str] = field(default_factory=set)
    size: int = 0

    def name(self, wanted: str) -> str:
        """A path below `files/` that no archive program writes elsewhere, and that is not taken."""
        parts = [clean for part in wanted.split("/") if (clean := _clean(part))]
        path = PurePosixPath("files", *(parts or ["file"]))
        number = 1
        while str(path) in self.taken:
            number += 1
            path = path.with_stem(f"{path.stem.removesuffix(f'-{number - 1}')}-{number}")
        self.taken.add(str(path))
        return str(path)

    def copy(self, archive: zipfile.ZipFile, wanted: str, stored: str) -> dict[str, Any]:
        """Copy one stored file; say its name, or why it is not there."""
        try:
            size = default_storage.size(stored)
            if self.size + size > FILES_LIMIT:
                return {"name": wanted, "missing": "too large"}
            with default_storage.open(stored) as source:
                name = self.name(wanted)
                with archive.open(name, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target)
        except (OSError, ValueError):
            return {"name": wanted, "missing": "not found"}
        self.size += size
        return {"name": name, "size": size}


@dataclass
class Writer:
    """Writes the two documents together, so that each row is read once."""

    json: TextIO
    page: TextIO

    def section(self, data: PersonalData, user: User, first: bool) -> None:
        """One section: its rows as JSON, and as a person reads them."""
        heading = {"key": data.key, "label": str(data.label)}
        self.json.write(("" if first else ",") + "\n" + dump(heading)[:-2] + ',\n "rows": [')
        opening, closing = reading.around_section(data)
        self.page.write(opening)
        count = 0
        for row in data.export(user):
            self.json.write(("," if count else "") + "\n" + dump(row))
            self.page.write(reading.row(row, reading.labels_of(data)))
            count += 1
        self.json.write("]}")
        self.page.write(reading.nothing() if not count else "")
        self.page.write(closing)


def write(user: User, target: BinaryIO, made_at: dt.datetime) -> None:
    """Write the archive of `user` into `target`, in her language."""
    with (
        override(known_language(user.language)),
        tempfile.NamedTemporaryFile("w+", encoding="utf-8", suffix=".html") as page,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        with tempfile.NamedTemporaryFile("w+", encoding="utf-8", suffix=".json") as data:
            writer = Writer(data, page)  # type: ignore[arg-type]
            opening, closing = reading.around_page(user, made_at, personal_data)
            page.write(opening)
            data.write(_head(user, made_at))
            for number, section in enumerate(personal_data):
                writer.section(section, user, first=not number)
            files = list(_files(user, archive))
            data.write("\n],\n" + f'"files": {dump(files)}\n}}\n')
            data.flush()
            archive.write(data.name, "data.json")
        page.write(reading.files(files) + closing)
        page.flush()
        archive.write(page.name, "index.html")


def _head(user: User, made_at: dt.datetime) -> str:
    head = {
        "format": FORMAT,
        "site": settings.PUBLIC_URL,
        "made_at": made_at,
        "language": user.language,
        "time_zone": settings.TIME_ZONE,
    }
    return dump(head)[:-2] + ',\n"sections": ['


def _files(user: User, archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    files = Files()
    for section in personal_data:
        for wanted, stored in section.files(user):
            yield {"section": section.key, **files.copy(archive, wanted, stored)}
