"""From Markdown to what editors would have made: rich text, and the blocks of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    from home.content.reading import ContentError, Source

# What the rich text editor of the site can make itself, and nothing more.
TAGS = {"p", "b", "i", "ul", "ol", "li", "a", "br", "h3"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
ATTRIBUTION = "— "
QUOTATION_MARKS = "«»“” \u00a0\u202f\n"
HEADINGS = {"h2": "2", "h3": "3"}


class EditorRenderer(RendererHTML):
    """HTML with the tags that Wagtail's editor writes: `b` and `i`."""

    def renderToken(  # noqa: N802 (markdown-it's name)
        self, tokens: Sequence[Token], idx: int, options: Any, env: Any
    ) -> str:
        token = tokens[idx]
        token.tag = {"strong": "b", "em": "i"}.get(token.tag, token.tag)
        return super().renderToken(tokens, idx, options, env)


class Block(NamedTuple):
    """A block of a stream, as it is stored, and the line it comes from."""

    name: str
    value: Any
    line: int


@dataclass(frozen=True)
class Section:
    """What follows a heading of the second level."""

    title: str
    text: str
    line: int


_markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=EditorRenderer).enable("table")


def _clean(html: str) -> str:
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()


def _render(tokens: Sequence[Token]) -> str:
    """Rich text of block tokens. Paragraphs inside list items lose their `p`, as the editor has it."""
    depth = 0
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if depth and token.tag == "p":
            token.hidden = True
    return _clean(_markdown.renderer.render(tokens, _markdown.options, {}))


def rich_text(text: str) -> str:
    """Rich text of a piece of Markdown: paragraphs, lists, bold, italic, links."""
    return _render(_markdown.parse(text))


def _plain(token: Token) -> str:
    """The words of an inline token."""
    words = (child.content if child.type != "softbreak" else " " for child in token.children or [])
    return "".join(words).strip()


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens of each top-level element."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def sections(source: Source) -> list[Section]:
    """The body cut at its headings of the second level. Raises ContentError for words before the first."""
    lines = source.body.splitlines(keepends=True)
    starts = [
        (token.map[0], _plain(tokens[index + 1]))
        for tokens in [_markdown.parse(source.body)]
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.map
    ]
    if "".join(lines[: starts[0][0]] if starts else lines).strip():
        raise source.error("this text stands before the first “## heading”", source.body_line)
    ends = [line for line, _title in starts[1:]] + [len(lines)]
    return [
        Section(title, "".join(lines[line + 1 : end]), source.body_line + line)
        for (line, title), end in zip(starts, ends, strict=True)
    ]


def _heading(group: list[Token]) -> tuple[str, Any]:
    level = HEADINGS.get(group[0].tag)
    if level is None:
        raise ValueError("headings of a page are ## or ###: its title is the first level")
    return "heading", {"text": _plain(group[1]), "level": level}


def _quote(group: list[Token]) -> tuple[str, Any]:
    text = "\n".join(token.content for token in group if token.type == "inline")
    words, mark, attribution = text.rpartition(f"\n{ATTRIBUTION}")
    if not mark:
        words, attribution = text, ""
    quoted = words.strip(QUOTATION_MARKS)
    return "quote", {"text": quoted, "attribution": attribution.strip()}


def _table(group: list[Token], caption: str) -> tuple[str, Any]:
    rows: list[list[str]] = []
    for token in group:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_plain(token))
    column = not rows[0][0]
    return "table", {
        "table_caption": caption,
        "first_row_is_table_header": True,
        "first_col_is_header": column,
        "table_header_choice": "both" if column else "row",
        "data": rows,
        "cell": [],
        "mergeCells": [],
    }


def blocks(source: Source, fence: Callable[[str, str, int], tuple[str, Any]]) -> list[Block]:
    """The body as blocks. `fence(info, text, line)` makes a block of a fenced piece of YAML.

    Raises ContentError, with the line, for what no block can hold.
    """
    found: list[Block] = []
    words: list[Token] = []
    title, since = source.text("title"), source.body_line

    def flush() -> None:
        if words:
            found.append(Block("text", _render(words), since))
            words.clear()

    for group in _groups(_markdown.parse(source.body)):
        first = group[0]
        line = source.body_line + (first.map[0] if first.map else 0)
        if first.type in {"paragraph_open", "bullet_list_open", "ordered_list_open"}:
            since = since if words else line
            words.extend(group)
            continue
        flush()
        name, value = _block(group, title, line, source, fence)
        title = value["text"] if name == "heading" else title
        found.append(Block(name, value, line))
    flush()
    return found


def _block(
    group: list[Token], title: str, line: int, source: Source, fence: Callable[..., tuple[str, Any]]
) -> tuple[str, Any]:
    """The block that one element makes."""
    kind = group[0].type
    if kind == "fence":
        return fence(group[0].info.strip(), group[0].content, line + 1)
    if kind == "blockquote_open":
        return _quote(group)
    if kind == "table_open":
        return _table(group, title)
    try:
        if kind == "heading_open":
            return _heading(group)
    except ValueError as error:
        raise source.error(str(error), line) from error
    raise _unknown(source, kind, line)


def _unknown(source: Source, kind: str, line: int) -> ContentError:
    return source.error(f"a page has no block for this ({kind.removesuffix('_open')})", line)
