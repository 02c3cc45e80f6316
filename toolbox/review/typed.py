"""What is typed in a plain box, as HTML, and back.

A blank line makes a paragraph; lines that begin with a dash make a list, with “1.” a numbered one; `**bold**`,
`*italic*`, `[words](address)`; `### ` a heading where the page has some. An address alone becomes a link.
Nothing typed is HTML: a pasted tag is shown as it was pasted.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3

TAGS = {"p", "ul", "ol", "li", "b", "i", "a", "br", "h3"}
# Those of Wagtail's editor: pages and documents are linked by their number.
ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = {"http", "https", "mailto"}

DASH = re.compile(r"^\s*[-–—•*]\s+(?=\S)")
NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+(?=\S)")
HEADING = re.compile(r"^###\s+(?=\S)")
ADDRESS = r"(?:https?://|mailto:|page:|document:)[^\s()]+"
LINK = re.compile(rf"\[([^\[\]]+)\]\(({ADDRESS})\)")
LINKED = re.compile(rf"{ADDRESS}$")
BARE = re.compile(r"(?<![\w\"=>/(])https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?…»]")
BOLD = re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
KEPT_AS_TYPED = re.compile(r"\\([*\[\]#\-\\])")
# Private characters between which a link waits while the rest of its line is read.
OPEN, CLOSE = "\ue000", "\ue001"
KEPT = re.compile(f"{OPEN}(\\d+){CLOSE}")


def html_of(text: str, *, headings: bool = False) -> str:
    """The HTML of what was typed: words, lists, links, and no dangerous address."""
    html = "".join(_block(block, headings) for block in _blocks(text, headings))
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def _blocks(text: str, headings: bool) -> list[list[str]]:
    """Lines that belong together: a paragraph, a list, a heading."""
    blocks: list[list[str]] = []
    kind = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        now = _kind(line, headings)
        # A line under a list's item, without a dash, goes on with the item.
        goes_on = bool(blocks) and bool(now) and (now == kind or (now == "p" and kind in {"ul", "ol"}))
        if goes_on and kind != "h3":
            blocks[-1].append(line.strip())
            continue
        if now:
            blocks.append([line.strip()])
        kind = now
    return blocks


def _kind(line: str, headings: bool) -> str:
    if not line.strip():
        return ""
    if headings and HEADING.match(line):
        return "h3"
    if DASH.match(line):
        return "ul"
    return "ol" if NUMBER.match(line) else "p"


def _block(lines: list[str], headings: bool) -> str:
    kind = _kind(lines[0], headings)
    if kind == "h3":
        return f"<h3>{_inline(HEADING.sub('', lines[0]))}</h3>"
    if kind == "p":
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    items: list[str] = []
    for line in lines:
        mark = DASH if kind == "ul" else NUMBER
        if mark.match(line):
            items.append(_inline(mark.sub("", line)))
        else:
            items[-1] += f"<br>{_inline(line)}"
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


def _inline(text: str) -> str:
    """One line, escaped, with its emphasis and links."""
    kept: list[str] = []

    def aside(html: str) -> str:
        kept.append(html)
        return f"{OPEN}{len(kept) - 1}{CLOSE}"

    text = text.replace(OPEN, "").replace(CLOSE, "")
    text = KEPT_AS_TYPED.sub(lambda found: aside(escape(found[1])), text)
    text = LINK.sub(lambda found: aside(f"<a {_target(found[2])}>{escape(found[1])}</a>"), text)
    text = BARE.sub(lambda found: aside(f'<a href="{escape(found[0])}">{escape(found[0])}</a>'), text)
    html = ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", escape(text, quote=False)))
    for _depth in range(2):  # a mark that was kept may stand in the words of a link
        html = KEPT.sub(lambda found: kept[int(found[1])], html)
    return html


def _target(address: str) -> str:
    kind, _colon, key = address.partition(":")
    if kind in {"page", "document"}:
        return f'linktype="{kind}" id="{escape(key)}"'
    return f'href="{escape(address)}"'


class Reader(HTMLParser):
    """Reads the rich text of a page as somebody would have typed it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "h2", "h3", "h4"} and not self.lists:
            self.out.append("\n\n" + ("### " if tag != "p" else ""))
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
            self.out.append("\n" if len(self.lists) == 1 else "")
        elif tag == "li" and self.lists:
            self.out.append("\n" + self._mark())
        elif tag == "br":
            self.out.append("\n")
        elif tag in {"b", "strong", "i", "em"}:
            self.out.append("**" if tag in {"b", "strong"} else "*")
        elif tag == "a":
            given = dict(attrs)
            kind, key = given.get("linktype"), given.get("id")
            address = f"{kind}:{key}" if kind in {"page", "document"} else given.get("href") or ""
            self.links.append(address if LINKED.match(address) else "")
            self.out.append("[" if self.links[-1] else "")

    def _mark(self) -> str:
        number = self.lists[-1]
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.out.append("" if self.lists else "\n\n")
        elif tag in {"b", "strong", "i", "em"}:
            self.out.append("**" if tag in {"b", "strong"} else "*")
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.out.append(f"]({address})" if address else "")

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[\n\t ]+", " ", data)
        self.out.append(re.sub(r"([*\\])", r"\\\1", text))


def text_of(html: str) -> str:
    """What one would type to get this rich text."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    text = "".join(reader.out)
    # A link whose words are its address is typed as the address alone.
    text = re.sub(r"\[(https?://[^\s\[\]()]+)\]\(\1\)", r"\1", text)
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
