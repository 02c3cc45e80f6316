"""Kits of tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home.content.publishing import body_of, put_page
from home.content.reading import ContentError
from toolbox.models import KitPage, KitTool, ToolIndexPage, ToolPage

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source


def tools_of(source: Source, loading: Loading) -> list[KitTool]:
    """The tools of a kit, in the order of the file. Raises ContentError for one that is not known."""
    found = []
    for place, said in enumerate(source.meta.get("tools") or []):
        if not isinstance(said, dict) or "tool" not in said:
            raise source.error("a tool of a kit has a “tool” and a “note”", "tools")
        page = loading.lookups.find(ToolPage, "slug", said["tool"], source, "tools")
        found.append(KitTool(tool=page.facts, note=said.get("note", ""), sort_order=place))
    return found


def write_kit(source: Source, page: KitPage | None, loading: Loading) -> KitPage:
    """The page of a kit; its archives are made in the background when it is published."""
    block = KitPage._meta.get_field("body").stream_block
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "operation": loading.lookups.operation(source),
        "kit_tools": tools_of(source, loading),
        "body": body_of(source, block, loading),
    }
    return put_page(page or KitPage(), loading.parent(ToolIndexPage), values, source.published())


def load_kits(loading: Loading) -> None:
    """Load `kits/*.md`, after the tools."""
    for source in loading.pages("kits"):
        try:
            loading.ledger.write(
                f"kits/{source.slug}", source, KitPage, write_kit, {"slug": source.slug}, loading
            )
        except ContentError as error:
            loading.ledger.errors.append(error)
