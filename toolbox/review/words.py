"""From what a member types to the rich text of a page, and back.

`toolbox.review.typed` reads what was typed and passes it through `nh3`; here it passes through
the whitelist of Wagtail's own editor for the field, so that nothing is published but what an editor
could have written.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from toolbox.contribution.questions import MOST_CHARACTERS

from .typed import html_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["plain", "rich"]

LINE_BREAK = re.compile(r"<br\s*/?>")


def rich(text: str, features: Sequence[str]) -> str:
    """Rich text of what was typed, as the editor of a field with these features would have made it."""
    typed = text[:MOST_CHARACTERS].replace("\x00", "").strip()
    if not typed:
        return ""
    html = LINE_BREAK.sub("<br/>", html_of(typed, headings="h3" in features))
    converter = _converter(tuple(features))
    return str(converter.to_database_format(converter.from_database_format(html)))


@cache
def _converter(features: tuple[str, ...]) -> Any:
    return ContentstateConverter(features)


def plain(html: str) -> str:
    """What somebody would have typed to get this rich text; the reverse of `rich`."""
    return text_of(html) if html else ""
