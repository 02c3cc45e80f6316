"""Versions: each file that was published stays, and the former ones can still be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from common.uploads.serving import is_withheld
from toolbox.models import Tool, ToolPage, ToolVersion

if TYPE_CHECKING:
    import datetime as dt

    from common.models import Document


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A version as a page shows it. `place` counts from the first one published, 1."""

    place: int
    version: ToolVersion


def keep(tool: Tool, number: str, note: str, when: dt.datetime | None = None) -> ToolVersion | None:
    """Remember the tool's file as its latest version. A file that comes back is the latest again."""
    if tool.document_id is None:
        return None
    with transaction.atomic():
        Tool.objects.select_for_update(of=("self",)).get(pk=tool.pk)
        latest = tool.versions.order_by("-published_at", "-pk").first()
        values: dict[str, Any] = {"number": number, "note": note}
        if latest is None or latest.document_id != tool.document_id:
            values["published_at"] = when or timezone.now()
        version, _new = ToolVersion.objects.update_or_create(
            tool=tool, document_id=tool.document_id, defaults=values
        )
    return version


def on_published(instance: ToolPage, **_kwargs: Any) -> None:
    """Signal receiver: the French page of a tool went live. Its facts are read once they are written."""
    if instance.live and instance.is_source:
        transaction.on_commit(lambda: keep_published(instance))


def keep_published(page: ToolPage) -> None:
    """Remember the file that a page published."""
    tool = Tool.objects.filter(translation_key=page.translation_key, document=page.document_id).first()
    if tool is not None:
        keep(tool, page.version, page.version_note)


def keep_missing() -> int:
    """Periodic job: tools that were published before versions were kept; return how many."""
    tools = Tool.objects.live().exclude(document=None).filter(versions=None)
    return len([keep(tool, tool.version, "", tool.published_at) for tool in tools])


def in_order(tool: Tool) -> list[ToolVersion]:
    """All the versions, the first published first: their places never change but by a file that comes back."""
    return list(tool.versions.select_related("document__check_result").order_by("published_at", "pk"))


def former(tool: Tool) -> list[FormerVersion]:
    """The versions that the tool's file replaced, the latest first; not those that are not served."""
    found = [FormerVersion(place, one) for place, one in enumerate(in_order(tool), start=1)]
    return [
        one
        for one in reversed(found)
        if one.version.document_id != tool.document_id and not is_withheld(one.version.document)
    ]


def document_at(tool: Tool, place: int) -> Document | None:
    """The file of a version by its place; None when there is none."""
    versions = in_order(tool)
    return versions[place - 1].document if 1 <= place <= len(versions) else None
