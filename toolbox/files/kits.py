"""Kits: which of their tools a reader may take, and where the archive that holds them stands."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from common.addresses import absolute, path_of
from common.uploads.serving import is_withheld
from toolbox.models import KitArchive, KitPage, Tool, ToolPage

from .audience import ORDER, belongs
from .reading import readme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from common.models import Document
    from toolbox.models import KitTool

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """A tool in an archive: the name of its file there, empty for a link."""

    tool: Tool
    title: str
    note: str
    address: str
    name: str

    @property
    def document(self) -> Document | None:
        """The file, when it is one."""
        return self.tool.document if self.name else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an archive is made of, for those of an audience."""

    kit: KitPage
    audience: str
    entries: Sequence[Entry]
    left_out: int
    readme: str

    @property
    def fingerprint(self) -> str:
        """Changes with whatever the archive holds: a stored file never changes under its name."""
        parts = [self.readme, *([one.name, one.document.file.name] for one in self.entries if one.document)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def weight(self) -> int:
        """Bytes of the files, before they are packed."""
        return sum(one.document.file_size or 0 for one in self.entries if one.document)


# ---------------------------------------------------------------- what a kit holds
def places(page: KitPage) -> list[KitTool]:
    """The published tools of a kit, in order, with their files."""
    rows = page.kit_tools.select_related("tool__document__check_result", "tool__organisation")
    return [row for row in rows.order_by("sort_order", "pk") if row.tool.live]


def main_page(key: UUID) -> KitPage | None:
    """The published page that archives are made from: the French one, or else another."""
    pages = KitPage.objects.filter(translation_key=key, live=True).select_related("locale").order_by("pk")
    return min(pages, key=lambda page: page.locale.language_code != settings.LANGUAGE_CODE, default=None)


def levels(rows: Iterable[KitTool]) -> list[str]:
    """The audiences for which there is an archive: those of the tools, the widest first."""
    return sorted({row.tool.audience for row in rows}, key=ORDER.index)


def level_for(user: Any, rows: Sequence[KitTool]) -> str | None:
    """The fullest archive that a visitor may take; None when there is none for her."""
    open_to_her = [level for level in levels(rows) if belongs(user, level)]
    return open_to_her[-1] if open_to_her else None


def plan(page: KitPage, audience: str, rows: Sequence[KitTool]) -> Plan:
    """What the archive of a kit holds for an audience, in the order of the kit."""
    within = [row for row in rows if ORDER.index(row.tool.audience) <= ORDER.index(audience)]
    pages = _pages([row.tool for row in within], page.locale_id)
    entries = []
    for number, row in enumerate(within, start=1):
        tool, shown = row.tool, pages.get(row.tool_id)
        title = shown.title if shown else str(tool)
        served = tool.document is not None and not is_withheld(tool.document)
        name = file_name(number, title, tool.document.file_extension) if served and tool.document else ""
        address = absolute(path_of(shown)) if shown else tool.address
        entries.append(Entry(tool, title, row.note, address, name))
    text = readme(page, entries, len(rows) - len(within))
    return Plan(page, audience, entries, len(rows) - len(within), text)


def _pages(tools: Sequence[Tool], locale_id: int) -> dict[int, ToolPage]:
    """The page of each tool: in the language of the kit, or else in another."""
    pages = ToolPage.objects.filter(facts__in=[tool.pk for tool in tools], live=True)
    pages = pages.select_related("facts__document", "facts__lead_theme")
    found: dict[int, ToolPage] = {}
    for page in pages.order_by("pk").defer("body"):
        if page.facts_id and (page.facts_id not in found or page.locale_id == locale_id):
            found[page.facts_id] = page
    return found


def file_name(number: int, title: str, extension: str) -> str:
    """`01-Carnet-du-tuteur.docx`: letters and figures only, so that it leads nowhere on any system."""
    words = "-".join(re.findall(r"[^\W_]+", title))[:LONGEST_NAME].strip("-") or "outil"
    ending = "".join(letter for letter in extension.lower() if letter.isascii() and letter.isalnum())
    return f"{number:02}-{words}.{ending or 'bin'}"


# ---------------------------------------------------------------- what a page shows
@dataclass(frozen=True, slots=True)
class ShownTool:
    """A tool of a kit on its page: its own page, when it serves, and whether the reader may take it."""

    page: ToolPage
    note: str
    locked: str


@dataclass(frozen=True, slots=True)
class ShownKit:
    """A kit for one reader. `archive` is there when it can be taken now; `failed` when it never will."""

    tools: Sequence[ShownTool]
    plan: Plan | None
    archive: KitArchive | None
    failed: bool
    narrowest: str

    @property
    def files(self) -> int:
        """How many files the archive holds."""
        return sum(1 for one in self.plan.entries if one.name) if self.plan else 0

    @property
    def links(self) -> int:
        """How many tools stand elsewhere."""
        return len(self.plan.entries) - self.files if self.plan else 0


def shown_kit(page: KitPage, user: Any) -> ShownKit:
    """A kit as somebody sees it: its tools in order, and the archive that is hers to take."""
    rows = places(page)
    level = level_for(user, rows)
    pages = _pages([row.tool for row in rows], page.locale_id)
    mine = ORDER.index(level) if level else -1
    shown = [
        ShownTool(
            pages[row.tool_id],
            row.note,
            "" if ORDER.index(row.tool.audience) <= mine else row.tool.get_audience_display(),
        )
        for row in rows
        if row.tool_id in pages
    ]
    source = main_page(page.translation_key) or page
    wanted = plan(source, level, places(source)) if level else None
    row = KitArchive.objects.filter(kit=page.translation_key, audience=level or "").first()
    ready = row is not None and wanted is not None and is_right(row, wanted)
    failed = row is not None and row.state == KitArchive.State.FAILED
    hardest = levels(rows)[-1] if rows else ""
    label = str(Tool.Audience(hardest).label) if hardest else ""
    return ShownKit(shown, wanted, row if ready else None, failed, label)


def is_right(archive: KitArchive, wanted: Plan) -> bool:
    """Whether an archive holds what it should today: no other is served."""
    return archive.state == KitArchive.State.READY and archive.fingerprint == wanted.fingerprint


def kits_of(tool: Tool, locale_id: int) -> list[KitPage]:
    """The published kits that hold a tool, in a language."""
    pages = KitPage.objects.filter(kit_tools__tool=tool, live=True, locale_id=locale_id)
    return list(pages.distinct().order_by("title", "pk").defer("body"))


def all_kits(locale_id: int) -> list[KitPage]:
    """The published kits in a language, by title."""
    pages = KitPage.objects.filter(live=True, locale_id=locale_id).prefetch_related("kit_tools")
    return list(pages.order_by("title", "pk").defer("body"))
