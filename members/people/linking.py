"""Plain text as HTML: addresses of the web become links, and nothing else means anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

# No quote, bracket or blank: what follows an address on its line is not part of it.
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»“”\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_ENDS = ".,;:!?…)]}*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def cut(address: str) -> tuple[str, str]:
    """An address without the punctuation that ends its sentence, and that punctuation."""
    end = len(address)
    while end and address[end - 1] in _ENDS:
        sign = address[end - 1]
        if sign in _PAIRS and address.count(_PAIRS[sign], 0, end) >= address.count(sign, 0, end):
            break
        end -= 1
    return address[:end], address[end:]


def linked(text: str) -> SafeString:
    """Escaped text whose addresses can be followed. Search engines are told that we do not vouch for them."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        address, rest = cut(found[0])
        link = format_html('<a href="{}" rel="nofollow noopener ugc">{}</a>', address, address)
        parts.append((format_html("{}{}{}", text[at : found.start()], link, rest),))
        at = found.end()
    parts.append((format_html("{}", text[at:]),))
    return format_html_join("", "{}", parts)
