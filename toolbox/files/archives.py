"""Archives of kits: made by a task for each audience, and made anew when what they hold has changed."""

from __future__ import annotations

import logging
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from toolbox.models import KitArchive, KitPage, ToolPage

from .kits import is_right, levels, main_page, places, plan
from .reading import NAME

if TYPE_CHECKING:
    from typing import IO

    from .kits import Plan

logger = logging.getLogger("atoutage.kits")
State = KitArchive.State
CHUNK = 256 * 1024
# The same content makes the same archive, byte for byte.
DATED = (2021, 1, 1, 0, 0, 0)
PACKED_ALREADY = frozenset(["docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "odt", "ods", "odp", "zip"])


# ---------------------------------------------------------------- what must be made
def refresh(key: UUID) -> list[KitArchive]:
    """Say which archives of a kit are wanted, and have them made; those of no use any more go.

    Archives that already hold what they should are left alone.
    """
    page = main_page(key)
    rows = places(page) if page is not None else []
    wanted = {level: plan(page, level, rows) for level in levels(rows)} if page is not None else {}
    with transaction.atomic():
        known = {row.audience: row for row in KitArchive.objects.select_for_update().filter(kit=key)}
        for audience, row in known.items():
            if audience not in wanted:
                forget(row)
        stale = []
        for audience, content in wanted.items():
            row = known.get(audience, KitArchive(kit=key, audience=audience))
            if not is_right(row, content):
                row.state, row.error = State.WANTED, ""
                row.save()
                stale.append(row)
        for row in stale:
            transaction.on_commit(lambda row=row: make_archive.enqueue(str(key), row.audience))  # type: ignore[misc]
    return stale


def forget(archive: KitArchive) -> None:
    """Delete an archive and its file."""
    name = archive.file.name
    archive.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def refresh_all() -> int:
    """Periodic job: make anew what changed without being published; return how many archives.

    A file was cleared by the scanner, or refused; a task was lost, or failed.
    """
    keys = set(KitPage.objects.filter(live=True).values_list("translation_key", flat=True))
    keys |= set(KitArchive.objects.values_list("kit", flat=True))
    return sum(len(refresh(key)) for key in sorted(keys))


# ---------------------------------------------------------------- making one
@task()
def make_archive(kit: str, audience: str) -> None:
    """Background task: write the zip of a kit for an audience (idempotent).

    A failure is written on the row and raised again, so that the task is tried again.
    """
    key = UUID(kit)
    page = main_page(key)
    row = KitArchive.objects.filter(kit=key, audience=audience).first()
    if page is None or row is None:
        return
    content = plan(page, audience, places(page))
    if is_right(row, content):
        return
    try:
        with tempfile.TemporaryFile() as draft:
            write(content, draft)
            size = draft.tell()
            draft.seek(0)
            stored = default_storage.save(
                KitArchive._meta.get_field("file").generate_filename(row, "kit.zip"), File(draft)
            )
    except Exception as error:
        logger.exception("kit not made", extra={"kit": kit, "audience": audience})
        KitArchive.objects.filter(pk=row.pk).update(
            state=State.FAILED, error=f"{type(error).__name__}: {error}"[:300]
        )
        raise
    keep(row, content, stored, size)


def write(content: Plan, draft: IO[bytes]) -> None:
    """Write the archive piece by piece: never more than a piece of a file is in memory."""
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        text = zipfile.ZipInfo(NAME, DATED)
        text.compress_type = zipfile.ZIP_DEFLATED
        # The mark tells old editors that accents are in UTF-8.
        archive.writestr(text, content.readme.encode("utf-8-sig"))
        for entry in content.entries:
            if entry.document is None:
                continue
            info = zipfile.ZipInfo(entry.name, DATED)
            packed = Path(entry.name).suffix[1:] in PACKED_ALREADY
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with (
                entry.document.file.open("rb") as source,
                archive.open(info, "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(source, target, CHUNK)
    draft.seek(0, 2)


def keep(row: KitArchive, content: Plan, stored: str, size: int) -> None:
    """Put the new archive in the place of the former one, whose file goes."""
    with transaction.atomic():
        current = KitArchive.objects.select_for_update().filter(pk=row.pk).first()
        if current is None or is_right(current, content):
            transaction.on_commit(lambda: default_storage.delete(stored))
            return
        former = current.file.name
        current.file.name, current.size, current.fingerprint = stored, size, content.fingerprint
        current.state, current.error, current.made_at = State.READY, "", timezone.now()
        current.save()
        if former:
            transaction.on_commit(lambda: default_storage.delete(former))


# ---------------------------------------------------------------- signals
def on_kit_changed(instance: KitPage, **_kwargs: Any) -> None:
    """Signal receiver: a kit was published, taken off line or deleted."""
    key = instance.translation_key
    transaction.on_commit(lambda: refresh(key))


def on_tool_changed(instance: ToolPage, **_kwargs: Any) -> None:
    """Signal receiver: a tool was published or taken off line: the kits that hold it change."""
    key = instance.translation_key
    transaction.on_commit(lambda: refresh_with(key))


def refresh_with(tool: UUID) -> None:
    """Look again at the kits that hold a tool."""
    pages = KitPage.objects.filter(kit_tools__tool__translation_key=tool, live=True)
    for key in sorted(set(pages.values_list("translation_key", flat=True))):
        refresh(key)
