"""What a tool's page says of its file: whether it can be taken, by whom, and what came before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from common.generation import per_generation
from common.models import FileCheck
from common.uploads.findings import explain
from common.uploads.serving import check_of
from toolbox.models import Tool

from .audience import Audience, may_take
from .counting import total
from .kits import kits_of
from .licences import licence_of
from .versions import former

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

    from common.models import Document, DocumentPreview
    from toolbox.models import KitPage, ToolPage

    from .licences import LicenceInWords
    from .versions import FormerVersion

# Below this number a count says nothing, and seems to.
SHOWN_FROM = 10


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A tool's file for everybody who may take it. `waits` while it is checked; `gone` when it was refused."""

    waits: bool
    gone: bool
    warnings: Sequence[str | _StrPromise]
    taken: int
    former: Sequence[FormerVersion]
    kits: Sequence[KitPage]
    preview: DocumentPreview | None
    licence: LicenceInWords
    address: str


def shown_file(page: ToolPage, facts: Tool) -> ShownFile:
    """What the page shows, read once a generation."""
    if page.previewed or not facts.pk:
        return _read(facts, page.locale_id)
    return _remembered(facts.pk, page.locale_id)


@per_generation
def _remembered(pk: int, locale_id: int) -> ShownFile:
    return _read(Tool.objects.select_related("document__check_result").get(pk=pk), locale_id)


def _read(facts: Tool, locale_id: int) -> ShownFile:
    check = check_of(facts.document) if facts.document else None
    verdict = check.verdict if check else FileCheck.Verdict.CLEAN
    count = total(facts)
    return ShownFile(
        waits=verdict == FileCheck.Verdict.PENDING,
        gone=verdict == FileCheck.Verdict.REFUSED,
        warnings=explain(check.findings) if check and verdict == FileCheck.Verdict.WARNED else [],
        taken=count if count >= SHOWN_FROM else 0,
        former=former(facts) if facts.pk else [],
        kits=kits_of(facts, locale_id),
        preview=preview_of(facts.document) if facts.audience == Audience.PUBLIC else None,
        licence=licence_of(facts.licence),
        address=reverse("take_tool", args=[facts.translation_key]),
    )


def preview_of(document: Document | None) -> DocumentPreview | None:
    """The first page of a document, when it could be drawn."""
    try:
        preview = document.preview if document else None
    except ObjectDoesNotExist:
        return None
    return preview if preview and preview.file else None


def lock_of(facts: Tool, user: Any) -> str:
    """The audience that a reader is missing; empty when she may take the tool."""
    return "" if may_take(user, facts) else facts.audience
