"""Tools and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.models import Document
from home.content.media import file_source, put_document
from home.content.publishing import body_of, put_page
from home.content.reading import ContentError
from toolbox.models import ToolFields, ToolIndexPage, ToolPage

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source


def write_tool(
    source: Source, page: ToolPage | None, loading: Loading, document: Document | None
) -> ToolPage:
    """The page of a tool."""
    lead, *others = loading.lookups.themes(source)
    block = ToolPage._meta.get_field("body").stream_block
    updated = source.day("updated")
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "lead_theme": lead,
        "themes": others,
        "example": source.flag("example"),
        "kind": source.choice("kind", ToolFields.Kind),
        "audience": source.choice("audience", ToolFields.Audience, ToolFields.Audience.PUBLIC),
        "document": document,
        "address": source.text("url", ""),
        "licence": source.choice("licence", ToolFields.Licence, ToolFields.Licence.CC_BY),
        "version": source.text("version", ""),
        "language": source.text("language", "fr"),
        "page_count": source.number("pages"),
        "accessible": source.flag("accessible"),
        "updated_on": updated,
        "operation": loading.lookups.operation(source),
        "body": body_of(source, block, loading),
    }
    parent = loading.parent(ToolIndexPage)
    published = source.published() or source.published("updated")
    return put_page(page or ToolPage(), parent, values, published)


def load_tool(source: Source, loading: Loading) -> None:
    """Load a tool and its file. Raises ContentError when it has neither a file nor an address."""
    name = source.text("file", "")
    if bool(name) == bool(source.text("url", "")):
        raise source.error("a tool has a “file” or a “url”, one of the two", "file")
    document = None
    if name:
        path = source.file(name, loading.root / "tools" / "files", "file")
        document = loading.ledger.write(
            f"documents/{source.slug}",
            file_source(path, loading.root, title=source.text("title")),
            Document,
            put_document,
        )
    key = f"tools/{source.slug}"
    natural = {"slug": source.slug}
    loading.ledger.write(key, source, ToolPage, write_tool, natural, loading, document)


def load_tools(loading: Loading) -> None:
    """Load `tools/*.md`."""
    for source in loading.pages("tools"):
        try:
            load_tool(source, loading)
        except ContentError as error:
            loading.ledger.errors.append(error)
