"""Words of a page for other people's pages: plain text with its paragraphs, and HTML that stands alone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, strip_tags

from common.addresses import absolute
from common.templatetags.pages import rich

if TYPE_CHECKING:
    from wagtail.blocks.stream_block import StreamValue

_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|blockquote|tr)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_LINK = re.compile(r'(?P<before>\s(?:href|src)=")(?P<path>/[^"]*)')
_BLANKS = re.compile(r"[ \t\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words twice."""

    text: str
    html: str


def standing_alone(markup: str) -> str:
    """HTML whose links lead here from anywhere."""
    return _LINK.sub(lambda link: link["before"] + absolute(html.unescape(link["path"])), markup)


def paragraphs(markup: str) -> str:
    """HTML as plain text, a line for each paragraph."""
    text = html.unescape(strip_tags(_END_OF_BLOCK.sub("\n", markup)))
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def passage(source: Any) -> Passage | None:
    """Rich text; None when there is none."""
    markup = standing_alone(str(rich(source)))
    return Passage(paragraphs(markup), markup) if markup.strip() else None


def body_passage(stream: StreamValue) -> Passage | None:
    """The blocks of a body that are made of words; pictures, films and buttons stay on the site."""
    markup = standing_alone(
        "\n".join(filter(None, (_markup(child.block_type, child.value) for child in stream)))
    )
    return Passage(paragraphs(markup), markup) if markup.strip() else None


def _markup(kind: str, value: Any) -> str:
    write = WRITTEN.get(kind)
    return write(value) if write else ""


def _heading(value: Any) -> str:
    level = "3" if value["level"] == "3" else "2"
    return f"<h{level}>{conditional_escape(value['text'])}</h{level}>"


def _quote(value: Any) -> str:
    who = f"<p>{conditional_escape(value['attribution'])}</p>" if value["attribution"] else ""
    return f"<blockquote><p>{conditional_escape(value['text'])}</p>{who}</blockquote>"


def _accordion(value: Any) -> str:
    return "\n".join(_part(item["title"], item["text"]) for item in value["items"])


def _timeline(value: Any) -> str:
    return "\n".join(_part(f"{item['when']} – {item['title']}", item["text"]) for item in value["items"])


def _part(title: str, text: Any) -> str:
    return f"<h3>{conditional_escape(title)}</h3>\n{rich(text)}"


def _table(value: Any) -> str:
    rows = (value or {}).get("data") or []
    cells = ("".join(f"<td>{conditional_escape(cell or '')}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>" if rows else ""


WRITTEN: dict[str, Callable[[Any], str]] = {
    "heading": _heading,
    "text": lambda value: str(rich(value)),
    "quote": _quote,
    "accordion": _accordion,
    "timeline": _timeline,
    "table": _table,
}
