"""Cells that hold several paragraphs, as rich text: plain text with blank lines, or simple HTML."""

from __future__ import annotations

import re
from html import escape

import nh3
from django.utils.translation import gettext as _

from .refusals import WrongCell

MOST = 50_000
TAGS = {"p", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br", "h3"}
LOOKS_LIKE_HTML = re.compile(r"</?(?:p|ul|ol|li|b|strong|i|em|a|br|h[1-6]|div|span)\b[^>]*>", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
HEADINGS = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)


def rich(cell: str) -> str:
    """Rich text of what the cell says; whatever could do harm is left out."""
    if len(cell) > MOST:
        raise WrongCell(_("too long: %(n)s characters, %(most)s at most") % {"n": len(cell), "most": MOST})
    html = _kept(cell) if LOOKS_LIKE_HTML.search(cell) else "".join(_blocks(cell))
    return html.replace("\x00", "")


def _kept(html: str) -> str:
    lowered = HEADINGS.sub(r"<\1h3>", html)
    cleaned = nh3.clean(
        lowered, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    return cleaned if cleaned.lstrip().startswith("<") else f"<p>{cleaned}</p>"


def _blocks(text: str) -> list[str]:
    blocks = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip()):
        lines = [line for line in block.split("\n") if line.strip()]
        if lines and all(BULLET.match(line) for line in lines):
            items = "".join(f"<li>{escape(BULLET.sub('', line).strip(), quote=False)}</li>" for line in lines)
            blocks.append(f"<ul>{items}</ul>")
        elif lines:
            blocks.append(f"<p>{'<br/>'.join(escape(line.strip(), quote=False) for line in lines)}</p>")
    return blocks
