"""The first page of a PDF as a picture, for tools that everybody may take."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task

from common.models import Document, DocumentPreview
from common.models.media import private_name
from common.uploads.serving import is_withheld
from toolbox.models import Tool, ToolPage

from .audience import Audience, audience_of, may_open, tools_of

logger = logging.getLogger("atoutage.previews")
FOLDER = "previews"
SCRIPT = Path(__file__).with_name("drawing.py")
SECONDS = 30
BATCH = 20
MOST_BYTES = 2 * 1024 * 1024


class CannotDraw(Exception):  # noqa: N818 (it is an answer, not a fault)
    """The first page cannot be drawn, within the limits."""


def is_drawn(document: Document) -> bool:
    """Whether a document has a first page to draw: a PDF that is served, and that is for everybody."""
    return (
        document.file_extension == "pdf"
        and not is_withheld(document)
        and audience_of(tools_of(document)) == Audience.PUBLIC
    )


def run(content: bytes) -> tuple[int, int, int, bytes]:
    """Pages, width, height and picture, drawn by another process. Raises CannotDraw."""
    command = [sys.executable, "-I", str(SCRIPT)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        head, _line, picture = done.stdout.partition(b"\n")
        pages, width, height = (int(number) for number in head.split())
    except (subprocess.SubprocessError, ValueError, OSError) as error:
        raise CannotDraw(type(error).__name__) from error
    if not picture or len(picture) > MOST_BYTES:
        raise CannotDraw("size")
    return pages, width, height, picture


@task()
def draw_preview(pk: int) -> None:
    """Background task: draw the first page of a document, or forget it when it is not for everybody."""
    document = Document.objects.select_related("check_result").filter(pk=pk).first()
    if document is None:
        return
    preview = DocumentPreview.objects.filter(document=document).first()
    if not is_drawn(document):
        if preview is not None:
            forget(preview)
        return
    if preview is None or (preview.file and not default_storage.exists(preview.file.name or "")):
        preview = _draw(document)
    fill_page_count(document, preview.page_count)


def _draw(document: Document) -> DocumentPreview:
    values: dict[str, Any] = {"file": "", "error": "", "width": 0, "height": 0, "page_count": 0}
    try:
        with document.file.open("rb") as stored:
            pages, width, height, picture = run(stored.read())
        name = default_storage.save(private_name(FOLDER, "page.webp"), ContentFile(picture))
        values |= {"file": name, "width": width, "height": height, "page_count": pages}
    except (CannotDraw, OSError) as error:
        logger.warning("no preview", extra={"document": document.pk, "error": str(error)})
        values["error"] = f"{type(error).__name__}: {error}"[:200]
    preview, _new = DocumentPreview.objects.update_or_create(document=document, defaults=values)
    return preview


def forget(preview: DocumentPreview) -> None:
    """Delete a preview and its picture."""
    name = preview.file.name
    preview.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def fill_page_count(document: Document, pages: int) -> None:
    """Say how many pages a file has where its editor did not."""
    if not 0 < pages <= 32_767:  # noqa: PLR2004 (what the column holds)
        return
    tools = Tool.objects.filter(document=document, page_count=None)
    keys = list(tools.values_list("translation_key", flat=True))
    if tools.update(page_count=pages):
        ToolPage.objects.filter(translation_key__in=keys, document=document, page_count=None).update(
            page_count=pages
        )


def draw_missing() -> int:
    """Periodic job: files published before previews were drawn, or changed since; return how many."""
    tools = Tool.objects.live().filter(audience=Audience.PUBLIC, document__preview=None)
    documents = tools.filter(document__file__endswith=".pdf").order_by("pk")
    keys = list(documents.values_list("document", flat=True)[:BATCH])
    for pk in keys:
        draw_preview.enqueue(pk)
    return len(keys)


def on_published(instance: ToolPage, **_kwargs: Any) -> None:
    """Signal receiver: draw what was published, in the background."""
    document = instance.document
    if instance.live and document is not None and document.file_extension == "pdf":
        transaction.on_commit(lambda: draw_preview.enqueue(document.pk))


def may_see(user: Any, name: str) -> bool:
    """The guard of the folder: whoever may take the document may see its first page."""
    preview = DocumentPreview.objects.select_related("document__check_result").filter(file=name).first()
    return preview is not None and not is_withheld(preview.document) and may_open(user, preview.document)
